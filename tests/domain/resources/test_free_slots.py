# SPDX-License-Identifier: Apache-2.0
"""The first free slot is the one that a patient person finds who tries every half hour: no grid drawn here is finer."""

from datetime import date, datetime, timedelta
from itertools import islice

from hypothesis import example, given
from hypothesis import strategies as some

from domain.kernel.time import Span, local_date, midnight
from domain.resources.free_slots import Wish, fitted, free_slots, instant_of, seconds_of
from domain.resources.opening import Opening, on_grid, opening_in_force, within_opening
from domain.resources.values import BookingTerms, OpeningWindow

MONDAY = date(2026, 3, 2)
BEGIN = midnight(MONDAY)
FINEST, *COARSER = (30, 60, 120, 480)
"""Minutes of the grids that are drawn; all of them begin at midnight."""
HOLDS = dict[int, list[tuple[int, int]]]


def tried(openings: list[Opening], held: HOLDS, wish: Wish, barred: date | None) -> tuple[int, int] | None:
    """The slow and obvious way: every start on any grid is asked the questions of a request."""
    last = wish.latest if wish.last_start is None else min(wish.latest, wish.last_start + 1)
    step = FINEST * 60
    for start in range(-(-wish.earliest // step) * step, last, step):
        opening = opening_in_force(openings, local_date(instant_of(start)))
        length = fitted(opening.terms, wish.minutes) if opening else None
        if opening is None or length is None or start + length > wish.latest:
            continue
        span = Span(start=instant_of(start), end=instant_of(start + length))
        days = {local_date(span.start), local_date(span.end - timedelta(seconds=1))}
        wide = span.widened(before_minutes=opening.terms.setup_minutes, after_minutes=opening.terms.cleanup_minutes)
        lanes = range(1, opening.terms.capacity + 1)
        free = any(
            all(until <= seconds_of(wide.start) or since >= seconds_of(wide.end) for since, until in held.get(lane, []))
            for lane in lanes
        )
        if on_grid(opening, span) and within_opening(opening, span) and free and barred not in days:
            return start, start + length
    return None


@some.composite
def windows(draw: some.DrawFn, slot: int) -> tuple[OpeningWindow, ...]:
    made = []
    for weekday in range(1, 8):
        ends = draw(some.lists(some.integers(0, 1440 // slot), max_size=4, unique=True).map(sorted))
        for low, high in zip(ends[::2], ends[1::2], strict=False):
            made.append(OpeningWindow(weekday=weekday, start_minute=low * slot, end_minute=high * slot))
    return tuple(made)


@some.composite
def openings(draw: some.DrawFn) -> list[Opening]:
    made = []
    for version in range(1, draw(some.integers(1, 3)) + 1):
        slot = draw(some.sampled_from([FINEST, *COARSER]))
        shortest = draw(some.integers(1, 4)) * slot
        terms = BookingTerms(
            slot_minutes=slot,
            min_minutes=shortest,
            max_minutes=shortest + draw(some.integers(0, 6)) * slot,
            setup_minutes=draw(some.sampled_from([0, 10, 45])),
            cleanup_minutes=draw(some.sampled_from([0, 15, 60])),
            capacity=draw(some.integers(1, 3)),
            confirmation="automatic",
        )
        since = MONDAY + timedelta(days=draw(some.integers(-1, 3)))
        made.append(Opening(version, since, draw(windows(slot)), terms, 1))
    return sorted(made, key=lambda each: each.effective_from)


def minutes_on(day: int, minute: int) -> int:
    return seconds_of(BEGIN) + (day * 1440 + minute) * 60


instants = some.builds(minutes_on, some.integers(0, 3), some.integers(0, 1439))
holds = some.dictionaries(
    some.integers(1, 3),
    some.lists(some.tuples(instants, some.integers(1, 2000)), max_size=4).map(
        lambda found: sorted((start, start + minutes * 60) for start, minutes in found)
    ),
)
wishes = some.builds(
    Wish,
    some.none() | some.integers(1, 900),
    instants,
    some.integers(3, 5).map(lambda day: minutes_on(day, 0)),
    some.none() | instants,
)
WHOLE_DAYS = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))
LONG = BookingTerms(slot_minutes=480, min_minutes=480, max_minutes=2880, confirmation="automatic")


@given(openings(), holds, wishes, some.none() | some.integers(0, 3).map(lambda days: MONDAY + timedelta(days=days)))
@example([Opening(1, MONDAY, WHOLE_DAYS, LONG, 1)], {}, Wish(2000, minutes_on(0, 1), minutes_on(5, 0)), None)
def test_the_first_free_slot_is_that_of_trying_every_start(
    openings: list[Opening], held: HOLDS, wish: Wish, barred: date | None
) -> None:
    found = next(free_slots(openings, held, wish, permitted=lambda day: day != barred), None)
    assert found == tried(openings, held, wish, barred)


@given(openings(), holds, wishes)
def test_slots_follow_each_other_and_each_is_the_first_after_the_one_before(
    openings: list[Opening], held: HOLDS, wish: Wish
) -> None:
    low = wish.earliest
    for start, end in islice(free_slots(openings, held, wish), 5):
        again = Wish(wish.minutes, low, wish.latest, wish.last_start)
        assert (start, end) == tried(openings, held, again, None)
        low = end


def test_a_minute_too_much_needs_the_next_step_of_the_grid() -> None:
    terms = BookingTerms(slot_minutes=30, min_minutes=60, max_minutes=120, confirmation="manual")
    wanted = [None, 1, 60, 61, 120, 121]
    assert [fitted(terms, minutes) for minutes in wanted] == [3600, 3600, 3600, 5400, 7200, None]


def test_seconds_are_whole() -> None:
    moment = datetime.fromisoformat("2026-03-02T00:00:00.999999+08:00")
    assert instant_of(seconds_of(moment)) == BEGIN
