# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, date, datetime, timedelta

from domain.resources.deadlines import (
    Submission,
    counting,
    length_of,
    listing_standing,
    overdue_from,
    submission_standing,
)

START = datetime(2024, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def test_A10_the_first_submission_not_rightly_returned_counts() -> None:
    assert counting([]) is None
    assert counting([Submission(day(1))]) == day(1)
    assert counting([Submission(day(1), returned=True)]) is None
    assert counting([Submission(day(1), returned=True), Submission(day(5))]) == day(5)
    assert counting([Submission(day(1), returned=True, conceded=True), Submission(day(5))]) == day(1)


def test_A79_without_a_project_nothing_is_due() -> None:
    assert submission_standing(None, None, day(9)) == "not_due"


def test_a_submission_yet_to_come_is_not_known_on_an_earlier_day() -> None:
    assert submission_standing(day(8), day(5), day(4)) == "open"
    assert submission_standing(day(8), day(5), day(6)) == "overdue"
    assert submission_standing(day(8), day(5), day(9)) == "late"


def test_a_period_ends_at_midnight_in_shanghai() -> None:
    assert overdue_from(date(2024, 1, 31)) == datetime(2024, 1, 31, 16, tzinfo=UTC)


def test_a_period_that_does_not_bind_is_never_overdue() -> None:
    stated = {"due_on": date(2024, 1, 31), "reported_at": None, "opened_at": None, "as_of": day(60)}
    assert listing_standing(**stated) == "overdue"  # type: ignore[arg-type]
    assert listing_standing(**stated, binding=False) == "not_due"  # type: ignore[arg-type]
    assert listing_standing(**stated | {"due_on": None}) == "not_due"  # type: ignore[arg-type]


def test_durations_are_read_as_the_regimes_write_them() -> None:
    lengths = {"PT24H": 1440, "PT90M": 90, "P2D": 2880, "P1W": 10080, "P1M": 43200, "P1Y": 525600}
    assert {text: length_of(text) for text in lengths} == {
        text: timedelta(minutes=minutes) for text, minutes in lengths.items()
    }
