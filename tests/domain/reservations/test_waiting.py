# SPDX-License-Identifier: Apache-2.0
"""A place on a waiting list: what is waited for, to the minute, and what may follow."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.time import Span
from domain.reservations import waiting
from domain.reservations.waiting import WAITING, Listed, Waiting
from domain.reservations.waiting_events import (
    Place,
    Request,
    WaitlistJoined,
    WaitlistLapsed,
    WaitlistLeft,
    WaitlistServed,
)
from tests.domain.editions import JIANGSU
from tests.domain.given import given
from tests.domain.reservations.samples import NOW, RESERVATION_ID, RESOURCE, UNIT, USER, at, span

LISTED = (Listed(RESOURCE, bookable=True, waiting_list=True),)
SECOND = timedelta(seconds=1)


def joined(**changes: Any) -> WaitlistJoined:  # noqa: ANN401 - any field
    """Two hours between 9 and 17 from the 2nd to the 4th of March."""
    stated = {
        "user": USER,
        "requested_by": USER,
        "places": (Place(resource=RESOURCE, unit=UNIT),),
        "minutes": 120,
        "earliest": at(0, day=2),
        "latest": at(0, day=4),
        "from_minute": 540,
        "until_minute": 1020,
        "mode": "book",
        "request": Request(purpose="scientific_research"),
        **changes,
    }
    return WaitlistJoined.model_validate(stated)


def test_joining_says_every_broken_rule_at_once() -> None:
    given(WAITING).when(waiting.join, joined(), LISTED, edition=JIANGSU, now=NOW).then(joined())
    twice = Place(resource=RESOURCE, unit=UNIT)
    wanted = joined(places=(twice, twice), latest=at(1), until_minute=600)
    listed = (Listed(RESOURCE, bookable=False, waiting_list=False),)
    error = (
        given(WAITING)
        .when(waiting.join, wanted, listed, edition=JIANGSU, now=NOW)
        .then_refused(
            "reservations.waited_for_unbookable",
            "reservations.no_waiting_list",
            "reservations.waited_for_twice",
            "reservations.waiting_range",
            "reservations.waiting_hours",
        )
    )
    assert error.violations[1].citation is not None


@pytest.mark.parametrize(
    ("changes", "now", "refused"),
    [
        ({"latest": at(2)}, NOW, None),
        ({"latest": at(1, 59)}, NOW, "waiting_range"),
        ({"until_minute": 660}, NOW, None),
        ({"until_minute": 659}, NOW, "waiting_hours"),
        ({}, at(22, day=3), None),
        ({}, at(22, day=3) + SECOND, "waiting_range_over"),
    ],
)
def test_ranges_and_hours_to_the_minute(changes: dict[str, Any], now: Any, refused: str | None) -> None:  # noqa: ANN401
    outcome = given(WAITING).when(waiting.join, joined(**changes), LISTED, edition=JIANGSU, now=now)
    if refused:
        outcome.then_refused(f"reservations.{refused}")
    else:
        outcome.then(joined(**changes))


@pytest.mark.parametrize(
    ("free", "fits"),
    [
        (span(at(9), at(11)), True),
        (span(at(9), at(11, 30)), True),
        (span(at(9), at(10, 59)), False),
        (span(at(8, 59), at(11)), False),
        (span(at(15), at(17)), True),
        (span(at(15, 1), at(17, 1)), False),
        (span(at(15, day=3), at(17, day=3)), True),
        (span(at(9, day=4), at(11, day=4)), False),
        (span(at(9, day=1), at(11, day=1)), False),
    ],
)
def test_which_times_are_waited_for(free: Span, *, fits: bool) -> None:
    state = Waiting(joined())
    assert state.fits(RESOURCE, free) is fits
    assert not state.fits(UUID(int=77), free)
    outcome = given(WAITING, joined()).when(
        waiting.serve, reservation=RESERVATION_ID, resource=RESOURCE, unit=UNIT, span=free
    )
    if fits:
        outcome.then(WaitlistServed(reservation=RESERVATION_ID, resource=RESOURCE, unit=UNIT, user=USER, span=free))
    else:
        outcome.then_refused("reservations.not_waited_for")


def test_a_place_lapses_at_the_end_of_its_range_and_not_before() -> None:
    due = at(0, day=4)
    given(WAITING, joined()).when(waiting.lapse, now=due - SECOND).then_refused("reservations.waiting_goes_on")
    given(WAITING, joined()).when(waiting.lapse, now=due + timedelta(days=3)).then(WaitlistLapsed(due_at=due))


def test_what_is_over_stays_over() -> None:
    over = (joined(), WaitlistLeft(reason="不等了"))
    given(WAITING, *over).when(waiting.leave, reason="不等了").then_refused("reservations.waiting_over")
    given(WAITING, *over).when(waiting.lapse, now=at(9, day=9)).then_refused("reservations.waiting_over")
    given(WAITING, *over).when(waiting.notify, resource=RESOURCE, unit=UNIT, span=span(at(9), at(11))).then_refused(
        "reservations.waiting_over"
    )
