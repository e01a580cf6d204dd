# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: `not weekends and sat or sun` always refuses Sunday, because `and` binds before `or`. Here each rule
that knows weekdays is asked on all seven days.
"""

from datetime import date

import pytest

from domain.kernel.errors import DomainError
from domain.resources.values import OpeningWindow
from tests.application.reservations.house import at, publish, quota
from tests.application.reservations.province import Province, opening, span

WEEK = {day: date(2026, 3, 8 + day) for day in range(1, 8)}
"""ISO weekday: its day in the week from Monday 9 to Sunday 15 March 2026."""
SATURDAY, SUNDAY = 6, 7


def codes(province: Province, weekday: int, hours: int = 2) -> tuple[str, ...]:
    """What refuses a booking on a day of that week; nothing where it is taken in."""
    try:
        province.ask(span=span(9, 9 + hours, WEEK[weekday].day))
    except DomainError as refused:
        return refused.codes
    return ()


def test_the_week_is_a_week() -> None:
    assert [day.isoweekday() for day in WEEK.values()] == list(WEEK)


def test_Sunday_is_always_refused_not_where_an_instrument_is_open_every_day(province: Province) -> None:
    assert {weekday: codes(province, weekday) for weekday in WEEK} == dict.fromkeys(WEEK, ())


@pytest.mark.parametrize("open_on", WEEK)
def test_Sunday_is_always_refused_not_by_opening_hours_of_one_day(province: Province, open_on: int) -> None:
    windows = (OpeningWindow(weekday=open_on, start_minute=480, end_minute=1080),)
    province.add(province.resource, opening(2).model_copy(update={"windows": windows}))
    assert [weekday for weekday in WEEK if not codes(province, weekday)] == [open_on]


@pytest.mark.parametrize("weekday", WEEK)
def test_Sunday_is_always_refused_not_by_a_quota_of_working_days(province: Province, weekday: int) -> None:
    """A quota used up on every working day lets both days of the weekend pass."""
    publish(province, quotas=[quota("工作日", recurrence="weekday", limit=60)])
    expected = () if weekday in {SATURDAY, SUNDAY} else ("reservations.quota_exceeded",)
    assert codes(province, weekday) == expected


@pytest.mark.parametrize("weekday", WEEK)
def test_Sunday_is_always_refused_not_by_a_quota_of_weekends_that_it_keeps(province: Province, weekday: int) -> None:
    publish(province, quotas=[quota("周末", recurrence="weekend", limit=120)])
    assert codes(province, weekday) == ()
    with province.home.database.reading() as cursor:
        drawn = cursor.execute("SELECT used FROM account_claims WHERE account LIKE 'quota:%'").fetchall()
    assert [used for (used,) in drawn] == ([120] if weekday in {SATURDAY, SUNDAY} else [])


def test_Saturday_and_Sunday_of_one_weekend_share_its_quota_and_the_next_one_begins_anew(province: Province) -> None:
    publish(province, quotas=[quota("周末", recurrence="weekend", limit=180)])
    assert codes(province, SATURDAY) == ()
    assert codes(province, SUNDAY) == ("reservations.quota_exceeded",)
    assert codes(province, SUNDAY, hours=1) == ()
    province.ask(span=span(9, 11, 21))


@pytest.mark.parametrize("strict_on", WEEK)
def test_Sunday_is_always_refused_not_by_a_band_of_one_day(province: Province, strict_on: int) -> None:
    """On the day of the band an hour is the most; on the six others two are."""
    publish(
        province,
        bands=[{"name": "short", "weekdays": [strict_on], "start_minute": 0, "end_minute": 1440}],
        lengths=[{"band": "short", "max_minutes": 60}, {"max_minutes": 480}],
    )
    refused = {weekday: codes(province, weekday) for weekday in WEEK}
    assert refused.pop(strict_on) == ("reservations.longer_than_house_rules",)
    assert refused == dict.fromkeys(refused, ())


@pytest.mark.parametrize("weekday", WEEK)
def test_Sunday_is_always_refused_not_by_lead_times(province: Province, weekday: int) -> None:
    """Two days ahead at the least, whichever days lie between."""
    publish(province, lead={"latest_minutes": 2 * 24 * 60})
    when = span(9, 11, WEEK[weekday].day)
    in_time, late = at(9, day=WEEK[weekday].day - 2), at(9, 1, day=WEEK[weekday].day - 2)
    with pytest.raises(DomainError) as refused:
        province.ask(span=when, now=late)
    assert refused.value.codes == ("reservations.too_short_notice_for_house_rules",)
    province.ask(span=when, now=in_time)
