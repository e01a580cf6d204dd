# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.kernel.time import Instant, Span, local, local_date, midnight, month_span

INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def span(first: int, last: int) -> Span:
    return Span(start=START + timedelta(minutes=first), end=START + timedelta(minutes=last))


def test_instants_are_kept_in_utc() -> None:
    assert INSTANT.validate_python("2026-03-02T09:00:00+08:00") == START
    assert INSTANT.validate_python("2026-03-02T09:00:00+08:00").tzinfo == UTC


@pytest.mark.parametrize(
    "bad",
    [
        "2026-03-02T09:00:00",
        1772413200,
        "1772413200",
        True,
        "yesterday",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_naive_times_and_numbers_are_refused(bad: object) -> None:
    with pytest.raises(ValidationError):
        INSTANT.validate_python(bad)


@pytest.mark.parametrize("last", [0, -1])
def test_a_span_ends_after_it_starts(last: int) -> None:
    with pytest.raises(ValidationError, match="end must be after start"):
        span(0, last)


def test_neighbouring_spans_touch_without_overlapping() -> None:
    assert not span(0, 60).overlaps(span(60, 120))
    assert span(0, 61).overlaps(span(60, 120))


def test_a_span_is_clipped_to_a_period() -> None:
    assert span(0, 60).clipped(START + timedelta(minutes=30), START + timedelta(hours=9)) == span(30, 60)
    assert span(0, 60).clipped(START + timedelta(minutes=60), START + timedelta(hours=9)) is None


def test_set_up_and_clean_down_widen_a_span() -> None:
    assert span(30, 60).widened(before_minutes=30, after_minutes=15) == span(0, 75)


def test_business_dates_are_those_of_shanghai() -> None:
    last_second = datetime(2021, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=8)))
    assert local_date(last_second) == date(2021, 12, 31)
    assert local_date(last_second + timedelta(seconds=1)) == date(2022, 1, 1)
    assert local(START).isoformat() == "2026-03-02T09:00:00+08:00"


def test_a_month_runs_from_midnight_to_midnight() -> None:
    december = month_span(2025, 12)
    assert (december.start, december.end) == (midnight(date(2025, 12, 1)), midnight(date(2026, 1, 1)))
    assert december.minutes == 31 * 24 * 60
