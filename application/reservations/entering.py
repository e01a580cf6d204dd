# SPDX-License-Identifier: Apache-2.0
"""Takes in a use that took place already: asked for, confirmed, begun and ended in one commit, like any other use.

Contract, sharing record, order, counters and statistics follow from the same events. No time is held: what the
request takes the end of use gives back within the commit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from application.call_offs import begin_under
from application.locks import lock_of
from application.reservations.at_once import beside, sheets
from application.reservations.charging import beside_use, require_items
from application.reservations.complete_usage import completed
from application.reservations.facts import customs_valid, takes_part
from application.reservations.house import facts_for
from application.vouchers.reserving import reserve_for
from domain.contracts.contract import CONTRACT
from domain.kernel.errors import Rules
from domain.kernel.time import local_date
from domain.reservations import day_sheet, usage
from domain.reservations.admission import admit
from domain.reservations.afterwards import broken_before, once
from domain.reservations.afterwards_events import DuplicateSuspected, UseEnteredAfterwards
from domain.reservations.beside import place
from domain.reservations.day_sheet import sheet_id
from domain.reservations.events import UsageCompleted
from domain.reservations.facts import ContractStanding
from domain.reservations.judgement import judgement, overrides
from domain.reservations.period import within_open_time
from domain.reservations.requesting import request
from domain.reservations.reservation import RESERVATION, require_state
from domain.reservations.rules.once import OVERLAPS_USE
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from pydantic import JsonValue

    from application.command import Result
    from application.work import Loaded, Work
    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.afterwards import PastUse
    from domain.reservations.beside import Place
    from domain.reservations.facts import Asker
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


def enter(work: Work, found: Loaded[Resource], user: UUID, use: PastUse) -> Result:
    """Write a use down; the answer's id is its reservation's, with the flags of its day's sheet.

    Raises `DomainError` with every broken rule, `NotFound`.
    """
    reservation, where = _ask(work, found, user, use)
    edition = work.edition(local_date(use.wish.span.start))
    return _use(work, work.load(RESERVATION, reservation), use, where, edition)


def enter_booked(work: Work, loaded: Loaded[Reservation], use: PastUse) -> Result:
    """Write down the use of a booking that was taken in from the same platform before: no second one is made.

    Raises `reservations.wrong_state` and what a use that is entered is refused for.
    """
    require_state(loaded.state, "enter_use", "confirmed")
    edition = work.edition(local_date(use.wish.span.start))
    contract = _standing(work, use, _side(loaded.state), loaded.state.resource, edition)
    rules = Rules()
    rules.broken.extend(
        broken_before(use, contract=contract, external=loaded.state.external, edition=edition, now=work.now)
    )
    found = work.load(RESOURCE, loaded.state.resource)
    where = _place(work, found, loaded.state.user, use.wish.span, but=loaded.id)
    set_aside = once(
        rules,
        use.wish.span,
        where.full_of,
        reason=use.wish.overrides.get(OVERLAPS_USE),
        approver=work.actor.user,
        edition=edition,
    )
    unlocked, shut = _unlocked(work, loaded.state.unit, use)
    rules.broken.extend(shut)
    rules.enforce()
    work.append(loaded.id, *set_aside, *unlocked)
    return _use(work, work.load(RESERVATION, loaded.id), use, where, edition)


def _ask(work: Work, found: Loaded[Resource], user: UUID, use: PastUse) -> tuple[UUID, Place]:
    """The request that nobody made in time, judged by everything but that, and confirmed."""
    resource, wish, edition = found.state, use.wish, work.edition(local_date(use.wish.span.start))
    asker, offer = facts_for(work, found.id, resource, user, wish, edition)
    side = (asker.customer, asker.user, resource.unit)
    contract = _standing(work, use, side, found.id, edition)
    before = broken_before(use, contract=contract, external=asker.external, edition=edition, now=work.now)
    unlocked, shut = _unlocked(work, resource.unit, use)
    where = _place(work, found, user, wish.span)
    offer = replace(offer, full_of=where.full_of)
    admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now, also=[*before, *shut])
    reservation = work.new_id()
    work.append(
        reservation,
        *request(admitted, lane=where.lane, automatic=True, edition=edition),
        *overrides(admitted, work.actor.user, edition=edition),
        *unlocked,
        *judgement(admitted, edition=edition),
    )
    if wish.voucher_grant is not None:
        _set_aside(work, wish.voucher_grant, reservation, admitted.quote.total_fen, asker)
    return reservation, where


def _set_aside(work: Work, grant: UUID, reservation: UUID, fee_fen: int, asker: Asker) -> None:
    reserve_for(work, grant, reservation, fee_fen, asker.customer, asker.user)


def _unlocked(work: Work, unit: UUID, use: PastUse) -> tuple[list[Event], list[Violation]]:
    """What the unit's lock says to a use of that day: the head's leave, or the rule broken."""
    rules, day = Rules(), local_date(use.wish.span.start)
    leave = within_open_time(rules, lock_of(work, unit), [day], actor=work.actor.user, reason=use.lock_override)
    return leave, rules.broken


def _place(work: Work, found: Loaded[Resource], user: UUID, span: Span, *, but: UUID | None = None) -> Place:
    capacity = found.state.capacity_on(local_date(span.start))
    return place(beside(work, found.id, span, but=but), user=user, capacity=capacity, span=span)


def _use(work: Work, loaded: Loaded[Reservation], use: PastUse, where: Place, edition: Edition) -> Result:
    """Begin and end it at the times stated, under the contract of then, with all that follows from the end."""
    reservation, span = loaded.state, use.wish.span
    resource = work.load(RESOURCE, reservation.resource).state
    require_items(resource, reservation, use.items)
    contract = _standing(work, use, _side(reservation), reservation.resource, edition)
    begun = usage.start(
        reservation,
        started_at=span.start,
        contract=contract,
        resource_state=resource.state,
        customs_valid=customs_valid(resource, span, edition),
        provider_takes_part=takes_part(work, resource, local_date(span.start), external=reservation.external),
        operated_by=use.operator,
        edition=edition,
        now=work.now,
    )
    work.append(loaded.id, *begun)
    if contract is not None:
        begin_under(work, contract.contract, use.call_off, loaded, span.start)
    in_use = work.load(RESERVATION, loaded.id)
    ended = usage.complete(
        in_use.state,
        ended_at=span.end,
        used_minutes=use.used_minutes,
        samples=use.wish.samples,
        persons=use.persons,
        successful=use.successful,
        note=use.note,
        now=work.now,
    )
    result = completed(work, in_use, [*ended, *beside_use(use.items, 0)])
    (done,) = (event for event in ended if isinstance(event, UsageCompleted))
    result.data.update(_noted(work, loaded, use, done, where.twin))
    return result


def _noted(
    work: Work, loaded: Loaded[Reservation], use: PastUse, done: UsageCompleted, twin: UUID | None
) -> dict[str, JsonValue]:
    """Note it on the sheet of its day, and say what is to be looked at: uses at the same time, and one alike."""
    reservation, resource = loaded.state, loaded.state.resource
    entry = UseEnteredAfterwards(
        reservation=loaded.id,
        resource=resource,
        unit=reservation.unit,
        user=reservation.user,
        origin=use.origin,
        started_at=done.started_at,
        ended_at=done.ended_at,
        used_minutes=done.used_minutes,
        samples=done.samples,
        persons=done.persons,
        entered_by=work.actor.user,
        external_id=use.wish.external_id,
    )
    booked = work.registry.uses(resource, done.started_at, done.ended_at)
    noted = day_sheet.enter(sheets(work, resource, use.wish.span), entry, booked, twin=twin)
    work.append(sheet_id(resource, local_date(done.started_at)), *noted)
    (first,) = (event for event in noted if isinstance(event, UseEnteredAfterwards))
    same = next((event.duplicate_of for event in noted if isinstance(event, DuplicateSuspected)), None)
    return {"overlaps": [str(each) for each in first.overlaps], "duplicate_of": str(same) if same else None}


Side = tuple["UUID | None", "UUID", "UUID"]
"""Customer, user and unit of a use."""


def _side(reservation: Reservation) -> Side:
    return reservation.customer, reservation.user, reservation.unit


def _standing(work: Work, use: PastUse, side: Side, resource: UUID, edition: Edition) -> ContractStanding | None:
    """How the contract named stood when the use began."""
    if use.wish.contract is None:
        return None
    (customer, user, unit), start = side, use.wish.span.start
    contract = work.load(CONTRACT, use.wish.contract).state
    covers = contract.covers(resource, customer, user, local_date(start), unit=unit)
    since = contract.in_force_since(edition)
    return ContractStanding(contract=use.wish.contract, in_force_from=since, covers=covers)
