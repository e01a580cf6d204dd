# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import chinese_calendar
import pytest

from infrastructure.policy.calendars import load_calendar

CALENDAR = load_calendar()


def test_a_period_skips_holidays_and_counts_worked_weekends() -> None:
    # The National Day holiday of 2025 ran from 1 to 8 October; Saturday 11 October was worked.
    deadline = CALENDAR.after(date(2025, 9, 30), 3)
    assert deadline.day == date(2025, 10, 11)
    assert deadline.calendar == "mainland-2026-1"
    assert not deadline.provisional


def test_the_starting_day_is_not_counted() -> None:
    assert CALENDAR.after(date(2026, 3, 2), 1).day == date(2026, 3, 3)


def test_a_year_not_yet_announced_is_provisional() -> None:
    assert CALENDAR.after(date(2026, 12, 30), 1).provisional is False
    assert CALENDAR.after(date(2026, 12, 30), 5).provisional is True


def test_a_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        CALENDAR.after(date(2026, 3, 2), 0)


def test_the_calendar_agrees_with_the_library_it_came_from() -> None:
    day = date(2016, 1, 1)
    while day.year <= 2026:
        assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
