# SPDX-License-Identifier: Apache-2.0
"""Whatever is asked for, in any order: no time is held twice, claims are the fold of history, and figures rebuild.

Everything goes the way of real commands, on the real database, on a resource with two lanes, set-up and clean-down.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import cast
from uuid import UUID, uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from application.command import Command, Result
from application.errors import NotPermitted, SlotTaken
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.expire_reservation import ExpireReservation
from application.reservations.record_no_show import RecordNoShow
from application.reservations.reject_reservation import RejectReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.resources.events import ResourceRegistered
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from infrastructure.projecting.projector import Projector
from tests.application.reservations.province import Province, at, opening
from tests.properties.booked import Following, overlapping

HALF_HOUR = timedelta(minutes=30)
SETUP, CLEANUP = timedelta(minutes=10), timedelta(minutes=20)
LANES = 2
NUMBERS = count(2)

places = st.integers(0, 17)
lengths = st.integers(1, 2)
choices = st.integers(0, 99)


class Bookings(RuleBasedStateMachine):
    """One day on a resource of its own, asked for by a customer with a contract and by the unit's own staff."""

    def __init__(self, province: Province, following: Following, projector: Projector) -> None:
        super().__init__()
        self.home = new_resource(province)
        self.following = following
        self.projector = projector
        self.contract = self.home.contract().id
        self.now = at(7, day=3)
        self.known: list[UUID] = []
        following.begin()

    @rule(place=places, length=lengths, outside=st.booleans(), confirmed=st.booleans())
    def ask(self, place: int, length: int, outside: bool, confirmed: bool) -> None:  # noqa: FBT001 - drawn values
        wish = span_at(place, length)
        free = self._free_lanes(wish)
        contract, actor = (self.contract, self.home.customer) if outside else (None, self.home.colleague)
        asked = self._slot(lambda: self.home.ask(actor, self.now, span=wish, contract_id=contract), free)
        if asked is not None:
            assert asked.data["lane"] == min(free)
            self.known.append(asked.id)
            if confirmed:
                self._do(ConfirmReservation(reservation_id=asked.id), self.home.manager)

    @precondition(lambda self: self.known)
    @rule(choice=choices, place=places, length=lengths)
    def move(self, choice: int, place: int, length: int) -> None:
        own, wish = self._chosen(choice), span_at(place, length)
        command = RescheduleReservation(reservation_id=own, span=wish, reason="样品未到", consent="电话")
        self._slot(lambda: self.home.do(command, self.home.manager, self.now), self._free_lanes(wish, own))

    @precondition(lambda self: self.known)
    @rule(choice=choices, minutes=st.sampled_from((-20, -15, 0, 15)), used=st.sampled_from((None, 0, 10, 30)))
    def use(self, choice: int, minutes: int, used: int | None) -> None:
        """Start about when the time begins, and perhaps complete it."""
        own = self._chosen(choice)
        self._wait_until(self.home.state(own).span.start + timedelta(minutes=minutes))
        self._do(StartUsage(reservation_id=own), self.home.manager)
        if used is not None:
            self._wait_until(self.now + timedelta(minutes=used))
            self._do(CompleteUsage(reservation_id=own), self.home.manager)

    @precondition(lambda self: self.known)
    @rule(choice=choices, answer=st.sampled_from(("confirm", "reject", "cancel", "give up", "complete")))
    def answer(self, choice: int, answer: str) -> None:
        own, manager = self._chosen(choice), self.home.manager
        command, actor = {
            "confirm": (ConfirmReservation(reservation_id=own), manager),
            "reject": (RejectReservation(reservation_id=own, ground="safety", reason="停电"), manager),
            "cancel": (CancelReservation(reservation_id=own, reason="停电"), manager),
            "give up": (CancelReservation(reservation_id=own, reason="改期"), self.home.customer),
            "complete": (CompleteUsage(reservation_id=own), manager),
        }[answer]
        self._do(command, actor)

    @precondition(lambda self: self.known)
    @rule(choice=choices, minutes=st.sampled_from((-1, 0, 15, 16)))
    def let_it_pass(self, choice: int, minutes: int) -> None:
        """A request nobody answered lapses, and whoever does not come is noted."""
        own = self._chosen(choice)
        self._wait_until(self.home.state(own).span.start + timedelta(minutes=minutes))
        self._do(ExpireReservation(reservation_id=own), self.home.system)
        self._do(RecordNoShow(reservation_id=own), self.home.manager)

    @rule()
    def project(self) -> None:
        self.projector.catch_up()

    @invariant()
    def claims_are_the_fold_of_history(self) -> None:
        assert self.following.problems() == []

    @invariant()
    def no_moment_of_a_lane_is_held_twice(self) -> None:
        assert overlapping(self.following.held(self.home.resource)) == []

    @invariant()
    def held_is_what_open_reservations_hold(self) -> None:
        states = [self.home.state(own) for own in self.known]
        open_ = [(state.lane, state.held) for state in states if state.state in {"requested", "confirmed", "in_use"}]
        assert Counter(self.following.held(self.home.resource)) == Counter(open_)

    def _chosen(self, choice: int) -> UUID:
        return self.known[choice % len(self.known)]

    def _wait_until(self, moment: datetime) -> None:
        self.now = max(self.now, moment)

    def _do(self, command: Command, actor: Actor) -> None:
        """What the state or the hour does not allow is refused, and nothing else happens."""
        with suppress(DomainError, NotPermitted):
            self.home.do(command, actor, self.now)

    def _slot(self, attempt: Callable[[], Result], free: list[int]) -> Result | None:
        """Only a time that no lane has is refused as taken."""
        try:
            done = attempt()
        except SlotTaken:
            assert not free
            return None
        except DomainError:
            return None
        assert free
        return done

    def _free_lanes(self, wish: Span, own: UUID | None = None) -> list[int]:
        """The lanes on which the time, with set-up and clean-down, is free of others."""
        wanted = Span(start=wish.start - SETUP, end=wish.end + CLEANUP)
        mine = self.following.fold.slots.get(own) if own else None
        held = self.following.held(self.home.resource)
        others = [each for each in held if mine is None or each != (mine[1], Span(start=mine[2], end=mine[3]))]
        taken = {lane for lane, times in others if times.overlaps(wanted)}
        return [lane for lane in range(1, LANES + 1) if lane not in taken]


def span_at(place: int, length: int) -> Span:
    start = at(8, day=3) + place * HALF_HOUR
    return Span(start=start, end=start + length * HALF_HOUR)


def new_resource(province: Province) -> Province:
    """The same province with another resource, a copy of the microscope with two lanes."""
    registered, *others = (item.event for item in province.home.log.stream(province.resource))
    assert isinstance(registered, ResourceRegistered)
    home = replace(province, resource=uuid4())
    copied = registered.model_copy(update={"asset_number": f"A-{next(NUMBERS)}"})
    terms = opening(2, capacity=LANES, setup_minutes=10, cleanup_minutes=20)
    home.seed(home.resource, copied, *others, terms)
    return home


@pytest.mark.parametrize("examples", [3, pytest.param(80, marks=pytest.mark.slow)])
def test_reservations_in_any_order(province: Province, platform: Platform, examples: int) -> None:
    following, projector = Following(province.home), province.home.projector()
    assert projector.lead()
    try:
        machine = cast("type[Bookings]", partial(Bookings, province, following, projector))
        run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=20))
        projector.catch_up()
    finally:
        projector.close()
    report = verify(platform)
    assert report.ok, report.as_dict()
