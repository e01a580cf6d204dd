# SPDX-License-Identifier: Apache-2.0
"""Who is on duty at an instrument at a moment: weekly hours, days of exception, versions, and each of their borders."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.time import Span
from domain.resources.duty import Duty, DutyRoster, duties, on_duty, on_duty_at, people_during, roster_on
from domain.resources.duty_events import DutyEntry, DutyException

ANN, BOB, CAI = (UUID(int=number) for number in (91, 92, 93))
WORKDAYS, DAILY = (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7)
MONDAY = date(2026, 3, 2)


def entry(*persons: UUID, start: int = 540, end: int = 1020, weekdays: tuple[int, ...] = WORKDAYS) -> DutyEntry:
    return DutyEntry(persons=persons, weekdays=weekdays, start_minute=start, end_minute=end)


def roster(*entries: DutyEntry, **changes: Any) -> DutyRoster:  # noqa: ANN401 - any field
    return DutyRoster.model_validate({"roster_version": 1, "effective_from": MONDAY, "entries": entries} | changes)


def clock(text: str, day: int = 2) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02d}T{text}+08:00").astimezone(UTC)


def during(start: str, end: str, day: int = 2, end_day: int | None = None) -> Span:
    return Span(start=clock(start, day), end=clock(end, end_day or day))


@pytest.mark.parametrize(
    ("at", "day", "people"),
    [
        ("08:59:59", 2, ()),
        ("09:00", 2, (ANN,)),
        ("16:59:59", 2, (ANN,)),
        ("17:00", 2, ()),
        ("09:00", 6, (ANN,)),
        ("09:00", 7, ()),
    ],
)
def test_hours_begin_with_their_first_minute_and_end_before_their_last(
    at: str, day: int, people: tuple[UUID, ...]
) -> None:
    assert on_duty(roster(entry(ANN)), clock(at, day)) == people


def test_the_whole_day_is_from_0_to_1440_and_a_night_is_two_entries() -> None:
    always = roster(entry(ANN, start=0, end=1440, weekdays=DAILY))
    assert on_duty(always, clock("00:00")) == on_duty(always, clock("23:59:59")) == (ANN,)
    night = roster(entry(ANN, start=1320, end=1440, weekdays=(1,)), entry(ANN, start=0, end=360, weekdays=(2,)))
    assert duties([night], clock("12:00"), clock("12:00", 3)) == [Duty(during("22:00", "06:00", 2, 3), (ANN,))]


@pytest.mark.parametrize(
    ("stated", "hours"),
    [
        ({}, []),
        ({"persons": (CAI,)}, [(during("09:00", "17:00"), (CAI,))]),
        (
            {"persons": (CAI,), "start_minute": 720, "end_minute": 1080},
            [
                (during("09:00", "10:00"), (ANN,)),
                (during("10:00", "12:00"), (BOB,)),
                (during("12:00", "18:00"), (CAI,)),
            ],
        ),
        (
            {"start_minute": 600, "end_minute": 660},
            [(during("09:00", "10:00"), (ANN,)), (during("11:00", "17:00"), (BOB,))],
        ),
    ],
)
def test_an_exception_puts_others_or_nobody_into_the_hours_of_the_day_or_into_its_own(
    stated: dict[str, Any], hours: list[tuple[Span, tuple[UUID, ...]]]
) -> None:
    weekly = (entry(ANN, end=600), entry(BOB, start=600))
    changed = roster(*weekly, exceptions=(DutyException(day=MONDAY, **stated),))
    assert [(duty.span, duty.persons) for duty in duties([changed], clock("00:00"), clock("00:00", 3))] == hours
    assert on_duty(changed, clock("09:30", 3)) == (ANN,), "the next day is as ever"


def test_an_exception_with_minutes_makes_duty_where_there_is_none_and_one_without_does_not() -> None:
    sunday = date(2026, 3, 8)
    named = roster(entry(ANN), exceptions=(DutyException(day=sunday, persons=(BOB,), start_minute=0, end_minute=60),))
    assert on_duty(named, clock("00:59", 8)) == (BOB,)
    unnamed = roster(entry(ANN), exceptions=(DutyException(day=sunday, persons=(BOB,)),))
    assert duties([unnamed], clock("00:00", 8), clock("00:00", 9)) == []


def test_of_versions_in_force_on_a_day_the_latest_published_counts() -> None:
    first, later = roster(entry(ANN)), roster(entry(BOB), roster_version=2, effective_from=date(2026, 3, 4))
    ended = roster(roster_version=3, effective_from=date(2026, 3, 6))
    versions = (first, later, ended)
    assert roster_on(versions, date(2026, 3, 1)) is None
    seen = [on_duty_at(versions, clock("09:00", day)) for day in (1, 2, 3, 4, 5, 6)]
    assert seen == [(), (ANN,), (ANN,), (BOB,), (BOB,), ()]
    overruled = (later, roster(entry(CAI), roster_version=3))
    assert on_duty_at(overruled, clock("09:00", 5)) == (CAI,), "a later version that begins earlier"


def test_everybody_on_duty_during_a_span_is_named_once_in_order() -> None:
    versions = (roster(entry(ANN, BOB, end=720), entry(CAI, start=720, end=960), entry(BOB, start=960)),)
    assert people_during(versions, during("09:00", "12:00")) == (ANN, BOB)
    assert people_during(versions, during("11:00", "17:00")) == (ANN, BOB, CAI)
    assert people_during(versions, during("17:00", "18:00")) == ()
    assert people_during((), during("09:00", "12:00")) == ()


def test_what_the_same_people_do_without_a_break_is_one_duty() -> None:
    versions = (roster(entry(ANN, BOB, end=720), entry(BOB, ANN, start=700, end=900), entry(ANN, start=900)),)
    found = duties(versions, clock("10:00"), clock("16:00"))
    assert found == [Duty(during("10:00", "15:00"), (ANN, BOB)), Duty(during("15:00", "16:00"), (ANN,))]
