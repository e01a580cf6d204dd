# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies

from domain.kernel.time import Span, midnight
from domain.resources.opening import Opening, merged, on_grid, open_minutes, open_spans, within_opening
from domain.resources.values import OpeningWindow
from tests.domain.resources.examples import TERMS, WORKDAYS, span

WORKING_HOURS = Opening(1, date(2026, 1, 1), WORKDAYS, TERMS, 86400)
"""Monday to Friday, 9:00 to 17:00."""
ALWAYS = Opening(
    1,
    date(2026, 1, 1),
    tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8)),
    TERMS,
    525600,
)
MONDAY, WEEK_LATER = midnight(date(2026, 3, 2)), midnight(date(2026, 3, 9))
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
instants = strategies.integers(0, 60 * 24 * 60).map(lambda minutes: JANUARY + timedelta(minutes=minutes))
spans = strategies.tuples(instants, strategies.integers(1, 5000)).map(
    lambda pair: Span(start=pair[0], end=pair[0] + timedelta(minutes=pair[1]))
)


def test_a_week_has_forty_open_hours_in_five_spans() -> None:
    open_time = open_spans(WORKDAYS, MONDAY, WEEK_LATER)
    assert [part.minutes for part in open_time] == [480] * 5
    assert open_time[0] == span("09:00", "17:00")


def test_the_calendar_is_that_of_shanghai_and_cut_at_its_ends() -> None:
    late = open_spans(WORKDAYS, datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 3, 2, 2, tzinfo=UTC))
    assert late == [span("09:00", "10:00")]
    assert open_spans(WORKDAYS, MONDAY, MONDAY) == []


def test_a_day_that_never_closes_is_one_span_over_midnight() -> None:
    assert open_spans(ALWAYS.windows, MONDAY, WEEK_LATER) == [Span(start=MONDAY, end=WEEK_LATER)]
    assert within_opening(ALWAYS, Span(start=MONDAY - timedelta(hours=3), end=MONDAY + timedelta(hours=3)))


def test_a_span_is_within_opening_only_as_a_whole() -> None:
    assert within_opening(WORKING_HOURS, span("09:00", "17:00"))
    assert not within_opening(WORKING_HOURS, span("08:59", "10:00"))
    assert not within_opening(WORKING_HOURS, span("16:00", "17:01"))
    assert not within_opening(WORKING_HOURS, span("10:00", "11:00", day=7))


def test_a_lunch_break_interrupts() -> None:
    windows = (
        OpeningWindow(weekday=1, start_minute=540, end_minute=720),
        OpeningWindow(weekday=1, start_minute=780, end_minute=1020),
    )
    opening = Opening(1, date(2026, 1, 1), windows, TERMS, 1)
    assert within_opening(opening, span("09:00", "12:00"))
    assert not within_opening(opening, span("11:30", "13:30"))


def test_the_grid_starts_at_local_midnight() -> None:
    assert on_grid(WORKING_HOURS, span("09:00", "10:30"))
    assert not on_grid(WORKING_HOURS, span("09:15", "10:30"))
    assert not on_grid(WORKING_HOURS, span("09:00", "10:31"))
    odd = Span(start=MONDAY + timedelta(hours=9, seconds=1), end=MONDAY + timedelta(hours=10))
    assert not on_grid(WORKING_HOURS, odd)


def test_open_minutes_are_those_published_less_maintenance() -> None:
    assert open_minutes([WORKING_HOURS], [], MONDAY, WEEK_LATER) == 5 * 480
    shut = [span("08:00", "10:00"), span("09:30", "11:00"), span("09:00", "17:00", day=7)]
    assert open_minutes([WORKING_HOURS], shut, MONDAY, WEEK_LATER) == 5 * 480 - 120


def test_each_day_counts_by_the_version_in_force_on_it() -> None:
    longer = Opening(2, date(2026, 3, 4), ALWAYS.windows, TERMS, 1)
    assert open_minutes([WORKING_HOURS, longer], [], MONDAY, WEEK_LATER) == 2 * 480 + 5 * 1440
    assert open_minutes([longer], [], MONDAY, WEEK_LATER) == 5 * 1440
    assert open_minutes([], [], MONDAY, WEEK_LATER) == 0


@given(strategies.lists(spans, max_size=6))
def test_merging_keeps_the_time_and_leaves_gaps(many: list[Span]) -> None:
    whole = merged(many)
    assert all(one.end < other.start for one, other in pairwise(whole))
    assert all(any(big.start <= small.start and small.end <= big.end for big in whole) for small in many)
    assert merged(whole) == whole


@given(strategies.lists(spans, max_size=5), instants, instants, instants)
def test_open_minutes_add_up_over_neighbouring_periods(
    shut: list[Span], one: datetime, two: datetime, three: datetime
) -> None:
    start, middle, end = sorted((one, two, three))
    parts = [open_minutes([WORKING_HOURS], shut, *bounds) for bounds in ((start, middle), (middle, end))]
    assert sum(parts) == open_minutes([WORKING_HOURS], shut, start, end)
    assert all(part >= 0 for part in parts)
