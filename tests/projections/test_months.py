# SPDX-License-Identifier: Apache-2.0
"""Uses are split at month ends of Asia/Shanghai."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from projections.months import months_between, split_by_month
from tests.projections.memory_rows import at

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def test_a_use_over_a_month_end_counts_in_both_months() -> None:
    parts = split_by_month(at("2026-01-31 23:00"), at("2026-02-01 01:30"), 150)
    assert parts == {JANUARY: 60, FEBRUARY: 90}


def test_a_use_that_ends_at_midnight_stays_in_its_month() -> None:
    assert split_by_month(at("2026-01-31 22:00"), at("2026-02-01 00:00"), 120) == {JANUARY: 120}


def test_minutes_recorded_below_the_time_passed_are_split_in_proportion() -> None:
    assert split_by_month(at("2026-01-31 23:00"), at("2026-02-01 02:00"), 100) == {JANUARY: 33, FEBRUARY: 67}


def test_a_use_without_duration_belongs_to_its_start() -> None:
    assert split_by_month(at("2026-02-01 00:00"), at("2026-02-01 00:00"), 0) == {FEBRUARY: 0}


@given(st.integers(0, 200_000), st.integers(1, 200_000), st.integers(0, 10_000))
def test_the_parts_always_sum_to_the_whole(offset: int, length: int, used: int) -> None:
    begin = at("2026-01-01 00:00") + timedelta(minutes=offset)
    parts = split_by_month(begin, begin + timedelta(minutes=length), used)
    assert sum(parts.values()) == used
    assert min(parts.values()) >= 0


def test_months_include_both_ends_and_cross_years() -> None:
    assert list(months_between(date(2025, 11, 30), date(2026, 1, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        JANUARY,
    ]
