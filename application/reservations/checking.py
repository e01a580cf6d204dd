# SPDX-License-Identifier: Apache-2.0
"""What would become of a request, or of a move, without making it: every rule, every price, every way out.

The command itself is tried on a view of the claims, so accepted here is accepted there; what is told beside comes from
the same facts and the same predicates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from application.errors import NotFound, NotPermitted, PreconditionFailed, SlotTaken, Unavailable
from application.reservations.house import facts_for
from application.reservations.opened import hours_on
from application.reservations.request_reservation import RequestReservation, request_reservation, user_of, wish_of
from application.reservations.reschedule_reservation import (
    RescheduleReservation,
    reschedule_reservation,
    wish_after,
)
from application.reservations.seen import SeenClaims
from domain.kernel.errors import DomainError, Violation
from domain.kernel.time import local_date
from domain.reservations.admission import verdicts
from domain.reservations.breach import carried_over
from domain.reservations.events import ReservationRequested, ReservationRescheduled
from domain.reservations.mending import mend
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules.case import Case
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from application.looking import Look, Tried
    from application.work import Work
    from domain.kernel.event import Event
    from domain.kernel.quote import Quote
    from domain.policy import Edition
    from domain.reservations.facts import Asker, Offer, Wish
    from domain.reservations.mending import Mend
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

REACH = timedelta(days=14)
"""How far on either side other times are looked for."""
MARGIN = timedelta(days=2)
"""Set-up, clean-down and neighbours beyond that."""
Asked = RequestReservation | RescheduleReservation
Verdict = Literal["kept", "broken", "set_aside"]


@dataclass(frozen=True)
class Broken:
    """A broken rule with the name of its predicate, where it has one, and what would have to change."""

    violation: Violation
    rule: str | None
    mend: Mend


@dataclass(frozen=True)
class Trial:
    """A request as it was judged: the facts, what the command would do, and what is broken."""

    command: Asked
    resource_id: UUID
    resource: Resource
    user: UUID
    wish: Wish
    asker: Asker
    offer: Offer
    edition: Edition
    claims: SeenClaims
    tried: Tried
    rules: tuple[tuple[str, Verdict], ...]
    broken: tuple[Broken, ...]
    moving: Reservation | None = None

    @property
    def accepted(self) -> bool:
        """Whether the command would be carried out at this moment."""
        return self.tried.refused is None

    @property
    def quote(self) -> Quote | None:
        """The price, as the command would pin it; None where there is none."""
        price = self.offer.price
        return None if isinstance(price, DomainError) else price

    def events(self) -> list[Event]:
        """What the command would append."""
        return [event for stream in self.tried.work.changes() for event in stream.events]


def tried(look: Look, command: Asked) -> Trial:
    """Judge a request or a move. Raises `NotFound`, `NotPermitted`."""
    claims = SeenClaims(look.bus.claims, command.span.start - REACH - MARGIN, command.span.end + REACH + MARGIN)
    outcome = attempt(look, command, claims)
    if isinstance(outcome.refused, NotFound | NotPermitted | PreconditionFailed | Unavailable):
        raise outcome.refused
    work = look.work(claims)
    found, user, wish, moving = _asked(work, command)
    wish, moving = _joined(work, outcome, wish, moving)
    edition = work.edition()
    asker, offer = facts_for(work, found, _resource(work, found), user, wish, edition, moving=moving)
    judged = verdicts(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now)
    set_aside = {code for code in wish.overrides if asker.staff}
    set_aside |= carried_over(wish, [each for _, found in judged for each in found], work.now).keys()
    case = Case(wish, asker, offer, edition, work.now)
    return Trial(
        command=command,
        resource_id=found,
        resource=_resource(work, found),
        user=user,
        wish=wish,
        asker=asker,
        offer=offer,
        edition=edition,
        claims=claims,
        tried=outcome,
        rules=tuple((name, _verdict(broken, set_aside)) for name, broken in judged),
        broken=tuple(
            _with_hours(each, _resource(work, found), wish) for each in _broken(judged, set_aside, outcome, case)
        ),
        moving=moving,
    )


def attempt(look: Look, command: Asked, claims: SeenClaims) -> Tried:
    """What the command itself would do."""
    handler = request_reservation if isinstance(command, RequestReservation) else reschedule_reservation
    return look.tried(command, handler, claims)


def _asked(work: Work, command: Asked) -> tuple[UUID, UUID, Wish, Reservation | None]:
    if isinstance(command, RequestReservation):
        resource = work.load(RESOURCE, command.resource_id).state
        return command.resource_id, user_of(command, work, resource), wish_of(command, work), None
    moving = work.load(RESERVATION, command.reservation_id).state
    return moving.resource, moving.user, wish_after(command.span, moving, command.overrides), moving


def _resource(work: Work, resource_id: UUID) -> Resource:
    return work.load(RESOURCE, resource_id).state


def _joined(work: Work, outcome: Tried, wish: Wish, moving: Reservation | None) -> tuple[Wish, Reservation | None]:
    """Where the wish would become one with its neighbour, the rules are those of the whole."""
    if outcome.result is None or "merged_into" not in outcome.result.data:
        return wish, moving
    kept = work.load(RESERVATION, outcome.result.id).state
    events = (event for stream in outcome.work.changes() for event in stream.events)
    whole = next(event.span for event in events if isinstance(event, ReservationRescheduled))
    answers = {**kept.answers, **wish.answers}
    return replace(wish, span=whole, samples=kept.samples, answers=answers, requested_by=kept.requested_by), kept


def _verdict(broken: Sequence[Violation], set_aside: set[str]) -> Verdict:
    if not broken:
        return "kept"
    return "set_aside" if all(each.code in set_aside and each.overridable_by for each in broken) else "broken"


def _with_hours(broken: Broken, resource: Resource, wish: Wish) -> Broken:
    """Outside opening hours, with the hours of that day: what is published is no riddle."""
    opening = resource.opening_on(local_date(wish.span.start))
    if broken.violation.code != "reservations.outside_opening_hours" or opening is None:
        return broken
    return replace(broken, mend={**broken.mend, "hours": hours_on(opening, local_date(wish.span.start))})


def _broken(
    judged: Sequence[tuple[str, list[Violation]]], set_aside: set[str], outcome: Tried, case: Case
) -> list[Broken]:
    """What the predicates find, then what only the command itself knows: time or a piece taken, a voucher lapsed."""
    found = [
        Broken(violation, name, mend(violation, case))
        for name, violations in judged
        for violation in violations
        if not (violation.code in set_aside and violation.overridable_by)
    ]
    known = {(each.violation.code, each.violation.field, str(each.violation.parameters)) for each in found}
    match outcome.refused:
        case DomainError(violations=more):
            found += [
                Broken(each, None, {}) for each in more if (each.code, each.field, str(each.parameters)) not in known
            ]
        case SlotTaken() as taken:
            found.append(Broken(Violation(taken.code, taken.parameters, field=taken.field), "slot.free", {}))
    return found


def quoted(trial: Trial) -> Quote | None:
    """The quote in the event that the command would append, where it would append one."""
    for event in trial.events():
        if isinstance(event, ReservationRequested | ReservationRescheduled):
            return event.quote
    return None
