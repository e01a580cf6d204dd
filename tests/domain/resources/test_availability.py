# SPDX-License-Identifier: Apache-2.0
"""The month of an instrument by state, against a look at every half hour."""

from datetime import date, timedelta
from random import Random

import pytest

from domain.kernel.time import Span, midnight
from domain.resources.availability import Holding, Kind, availability
from domain.resources.free_slots import Shut, seconds_of
from domain.resources.opening import Opening, open_spans, opening_in_force
from domain.resources.values import OpeningWindow
from tests.domain.resources.examples import TERMS, WORKDAYS

HALF_HOUR = timedelta(minutes=30)
MONDAY = midnight(date(2026, 3, 2))
NIGHTS = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))


def opening(
    version: int = 1, day: date = date(2026, 1, 1), capacity: int = 2, windows: tuple[OpeningWindow, ...] = WORKDAYS
) -> Opening:
    return Opening(version, day, windows, TERMS.model_copy(update={"capacity": capacity}), 86_400)


def hours(start: float, end: float, lanes: tuple[int, ...] = (1,), kind: Kind = "reservation") -> Holding:
    return Holding(kind, lanes, _at(start), _at(end))


def _at(hour: float) -> int:
    return seconds_of(MONDAY + timedelta(hours=hour))


def told(
    holdings: list[Holding], closed: tuple[Shut, ...] = (), capacity: int = 2
) -> list[tuple[str, float, float, int]]:
    pieces = availability([opening(capacity=capacity)], holdings, closed, MONDAY, MONDAY + timedelta(days=1))
    base = _at(0)
    return [(each.state, (each.start - base) / 3600, (each.end - base) / 3600, each.free_lanes) for each in pieces]


def test_an_empty_day_is_free_on_every_lane() -> None:
    assert told([]) == [("free", 9, 17, 2)]


def test_each_state_is_told_with_the_lanes_that_are_left() -> None:
    holdings = [
        hours(9, 11),
        hours(10, 12, (2,)),
        hours(12, 13, (1, 2), "maintenance"),
        hours(13, 14, (1, 2), "internal_block"),
        hours(14, 15, (1,), "mine"),
    ]
    assert told(holdings, ((_at(16), _at(20), None),)) == [
        ("free", 9, 10, 1),
        ("taken", 10, 11, 0),
        ("free", 11, 12, 1),
        ("maintenance", 12, 13, 0),
        ("blocked", 13, 14, 0),
        ("mine", 14, 15, 1),
        ("free", 15, 16, 2),
        ("closed", 16, 17, 0),
    ]


def test_closed_lanes_leave_others_free_and_lanes_that_are_no_more_do_not_count() -> None:
    assert told([], ((_at(9), _at(10), (1,)), (_at(9.5), _at(10), (2,)))) == [
        ("free", 9, 9.5, 1),
        ("closed", 9.5, 10, 0),
        ("free", 10, 17, 2),
    ]
    assert told([hours(9, 10, (2,))], capacity=1)[0][:3] == ("free", 9, 17)


def test_windows_that_touch_over_midnight_are_one_and_another_capacity_cuts() -> None:
    openings = [opening(windows=NIGHTS), opening(2, date(2026, 3, 4), 1, NIGHTS)]
    pieces = availability(openings, [], (), MONDAY, MONDAY + timedelta(days=3))
    assert [(each.start - _at(0), each.end - _at(0), each.free_lanes) for each in pieces] == [
        (0, 2 * 86400, 2),
        (2 * 86400, 3 * 86400, 1),
    ]


@pytest.mark.parametrize("seed", range(30))
def test_it_is_what_a_look_at_every_half_hour_tells(seed: int) -> None:
    random = Random(seed)
    windows = WORKDAYS if seed % 2 else NIGHTS
    openings = [opening(1, date(2026, 1, 1), 2, windows), opening(2, date(2026, 3, 10), random.randint(1, 3), windows)]
    end = MONDAY + timedelta(days=14)
    kinds: tuple[Kind, ...] = ("mine", "reservation", "maintenance", "internal_block")
    holdings: list[Holding] = []
    for lane in (1, 2, 3):
        begin = 0.0
        while (begin := begin + random.randint(0, 60) / 2) < 14 * 24:
            length = random.randint(1, 12) / 2
            holdings.append(hours(begin, begin + length, (lane,), random.choice(kinds)))
            begin += length
    closed = tuple(
        (_at(start), _at(start + random.randint(1, 40) / 2), random.choice((None, (1,), (1, 2))))
        for start in random.sample(range(14 * 24), 4)
    )
    pieces = availability(openings, holdings, closed, MONDAY, end)
    instant = MONDAY
    while instant < end:
        here = [each for each in pieces if each.start <= seconds_of(instant) < each.end]
        found = (here[0].state, here[0].free_lanes) if here else None
        assert found == _looked(openings, holdings, closed, seconds_of(instant)), instant
        instant += HALF_HOUR


def _looked(
    openings: list[Opening], holdings: list[Holding], closed: tuple[Shut, ...], second: int
) -> tuple[str, int] | None:
    instant = MONDAY + timedelta(seconds=second - _at(0))
    governing = opening_in_force(openings, (instant + timedelta(hours=8)).date())
    assert governing is not None
    span = Span(start=instant, end=instant + HALF_HOUR)
    if open_spans(governing.windows, span.start, span.end) != [span]:
        return None
    lanes = range(1, governing.terms.capacity + 1)
    held = [each for each in holdings if each.start <= second < each.end and set(each.lanes) & set(lanes)]
    shut = [each for each in closed if each[0] <= second < each[1]]
    taken = {lane for each in held for lane in each.lanes} | {lane for each in shut for lane in each[2] or lanes}
    free = sum(lane not in taken for lane in lanes)
    kinds = {each.kind for each in held}
    if any(each.kind == "mine" and each.start <= second < each.end for each in holdings):
        return "mine", 0 if any(each[2] is None for each in shut) else free
    if any(each[2] is None for each in shut):
        return "closed", 0
    if free:
        return "free", free
    known = (("reservation", "taken"), ("internal_block", "blocked"), ("maintenance", "maintenance"))
    return next((state for kind, state in known if kind in kinds), "closed"), 0
