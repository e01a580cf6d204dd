# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.resources import hours as decide
from domain.resources.events import CustomsConditionRecorded, OpeningLimitPublished
from domain.resources.resource import RESOURCE
from domain.resources.values import BookingTerms, OpeningWindow
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import OPENING, TERMS, TODAY, WORKDAYS, registered


def window(start: int, end: int, weekday: int = 1) -> OpeningWindow:
    return OpeningWindow(weekday=weekday, start_minute=start, end_minute=end)


def terms(**changes: Any) -> BookingTerms:  # noqa: ANN401 - any term
    return TERMS.model_copy(update=changes)


def publish(*windows: OpeningWindow, **changes: Any) -> Outcome:  # noqa: ANN401 - any fact of the decision
    past = changes.pop("past", (registered(),))
    stated: dict[str, Any] = {
        "windows": windows,
        "terms": TERMS,
        "rated_minutes_per_year": 86400,
        "effective_from": TODAY,
        "edition": JIANGSU,
        "today": TODAY,
    }
    return given(RESOURCE, *past).when(decide.publish_opening, **(stated | changes))


def test_an_opening_is_published_as_the_next_version() -> None:
    publish(*WORKDAYS).then(OPENING.model_copy(update={"effective_from": TODAY}))
    second = publish(*WORKDAYS, past=(registered(), OPENING))
    second.then(OPENING.model_copy(update={"effective_from": TODAY, "opening_version": 2}))


@pytest.mark.parametrize(
    ("windows", "codes"),
    [
        ((), ["windows_missing"]),
        ((window(600, 540),), ["window_ends_before_start"]),
        ((window(540, 540),), ["window_ends_before_start"]),
        ((window(545, 600),), ["window_off_grid"]),
        ((window(540, 610),), ["window_off_grid"]),
        ((window(540, 720), window(690, 780)), ["windows_overlap"]),
        ((window(780, 900), window(540, 720)), ["windows_overlap"]),
        ((window(540, 720, 2), window(540, 720, 1)), ["windows_overlap"]),
        ((window(540, 720), window(720, 780)), []),
        ((window(0, 1440),), []),
    ],
)
def test_windows_are_ordered_apart_and_on_the_grid(windows: tuple[OpeningWindow, ...], codes: list[str]) -> None:
    outcome = publish(*windows)
    if codes:
        outcome.then_refused(*(f"resources.{code}" for code in codes))
    else:
        assert outcome.refused is None


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"min_minutes": 45}, ["not_a_multiple_of_slot"]),
        ({"max_minutes": 250}, ["not_a_multiple_of_slot"]),
        ({"min_minutes": 300}, ["min_above_max"]),
        ({"min_minutes": 240}, []),
    ],
)
def test_terms_fit_the_slot(changes: dict[str, int], codes: list[str]) -> None:
    outcome = publish(*WORKDAYS, terms=terms(**changes))
    if codes:
        outcome.then_refused(*(f"resources.{code}" for code in codes))
    else:
        assert outcome.refused is None


def test_a_slot_divides_the_day() -> None:
    odd = terms(slot_minutes=50, min_minutes=50, max_minutes=100)
    publish(window(500, 600), terms=odd).then_refused("resources.slot_does_not_divide_day")


@pytest.mark.parametrize(("minutes", "fits"), [(0, False), (1, True), (366 * 1440, True), (366 * 1440 + 1, False)])
def test_rated_minutes_fit_into_a_year(minutes: int, *, fits: bool) -> None:
    outcome = publish(*WORKDAYS, rated_minutes_per_year=minutes)
    if fits:
        assert outcome.refused is None
    else:
        outcome.then_refused("resources.rated_minutes_impossible")


def test_an_opening_is_neither_backdated_nor_before_the_last_one() -> None:
    publish(*WORKDAYS, effective_from=date(2026, 3, 1)).then_refused("resources.opening_backdated")
    later = OPENING.model_copy(update={"effective_from": date(2026, 4, 1)})
    publish(*WORKDAYS, past=(registered(), later), effective_from=date(2026, 3, 31)).then_refused(
        "resources.opening_goes_backwards"
    )


def test_what_nobody_books_has_no_opening_hours() -> None:
    publish(*WORKDAYS, past=(registered(bookable=False),)).then_refused("resources.not_bookable")


@pytest.mark.parametrize(
    "wrong", [{"weekday": 0}, {"weekday": 8}, {"start_minute": -1}, {"end_minute": 1441}, {"start_minute": 1440}]
)
def test_a_window_lies_within_a_day_of_the_week(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        OpeningWindow.model_validate({"weekday": 1, "start_minute": 540, "end_minute": 600} | wrong)


def limit(**changes: Any) -> OpeningLimitPublished:  # noqa: ANN401 - any field of the event
    return OpeningLimitPublished.model_validate({"limit_version": 1, "text": "提前预约"} | changes)


def publish_limit(**changes: Any) -> Outcome:  # noqa: ANN401 - any field of the event
    return given(RESOURCE, registered()).when(decide.publish_limit, limit(limit_version=0, **changes), edition=JIANGSU)


def test_JS_14_1_a_limit_is_a_version_of_its_own() -> None:
    before = given(RESOURCE, registered()).state
    outcome = publish_limit(excluded_user_kinds=("individual",)).then(limit(excluded_user_kinds=("individual",)))
    assert before.limit is None
    assert outcome.state.limit.version == 1
    assert outcome.state.limit.excluded_user_kinds == ("individual",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"excluded_user_kinds": ("martian",)}, ["unknown_user_kind"]),
        ({"earliest_minutes_before": 120, "latest_minutes_before": 120}, ["limit_leaves_no_time"]),
        ({"cancel_minutes_before": -1}, ["limit_negative"]),
        ({"earliest_minutes_before": 121, "latest_minutes_before": 120}, []),
    ],
)
def test_a_limit_leaves_something_to_reserve(changes: dict[str, Any], codes: list[str]) -> None:
    outcome = publish_limit(**changes)
    if codes:
        outcome.then_refused(*(f"resources.{code}" for code in codes))
    else:
        assert outcome.refused is None


def test_CQ_18_1_a_customs_condition_is_for_duty_free_imports() -> None:
    stated: dict[str, Any] = {"notice_number": "DEMO-1", "edition": CHONGQING}
    first, last = date(2024, 1, 1), date(2024, 6, 30)
    imported = given(RESOURCE, registered(duty_free=True))
    imported.when(decide.record_customs_condition, valid_from=first, valid_until=last, **stated).then(
        CustomsConditionRecorded(notice_number="DEMO-1", valid_from=first, valid_until=last)
    )
    imported.when(decide.record_customs_condition, valid_from=last, valid_until=first, **stated).then_refused(
        "resources.ends_before_start"
    )
    given(RESOURCE, registered()).when(
        decide.record_customs_condition, valid_from=first, valid_until=last, **stated
    ).then_refused("resources.not_duty_free")
