# SPDX-License-Identifier: Apache-2.0
"""Approval chains: whom a request needs, and what each decision leads to (practice; JS 16.a, CQ 14.a; ruling 8.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import refusal
from domain.reservations import answering
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.events import ReservationExpired, ReservationRejected
from domain.reservations.judged_events import AskedApproval
from domain.reservations.rules.group import leader_steps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import ApprovalStep
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.answering import Ground, UseFacts
    from domain.reservations.facts import LeaderDemand
    from domain.reservations.reservation import Reservation

TIMED_OUT = "审批超时 / approval timed out"
MANAGER: Literal["instrument_manager"] = "instrument_manager"


def asked_approvals(admitted: Admitted, *, manual: bool) -> tuple[AskedApproval, ...]:
    """Whom the request needs, in order: the published chain, and the leader of its group where they demand it.

    Leaders are not asked about their own requests, nor the staff about those it makes itself. Where nobody is left to
    be asked, the terms of opening alone decide; where they confirm by hand (`manual`), a chain ends with the staff.
    """
    published = list(_published(admitted))
    chain = [asked for step in published if (asked := _by_leader(admitted, step) or _by_staff(admitted, step))]
    if not leader_steps(published) and (asked := _by_leader(admitted)):
        chain.insert(0, asked)
    of_staff = any(asked.approver == MANAGER for asked in chain)
    if chain and manual and not of_staff and not admitted.asker.staff:
        chain.append(AskedApproval(approver=MANAGER))
    return tuple(chain)


def asked_again(reservation: Reservation, admitted: Admitted, *, manual: bool) -> tuple[AskedApproval, ...]:
    """Whom a move needs: the whole chain where it makes the use longer or dearer, otherwise nobody."""
    longer = admitted.wish.span.minutes > reservation.span.minutes
    dearer = admitted.quote.total_fen > reservation.quote.total_fen
    return asked_approvals(admitted, manual=manual) if longer or dearer else ()


@dataclass(frozen=True, slots=True)
class About:
    """What an approver is asked about."""

    resource: UUID
    unit: UUID
    user: UUID
    group: UUID | None
    span: Span
    fee_fen: int

    @classmethod
    def request(cls, admitted: Admitted) -> About:
        """A request, a move or a transfer that was let in."""
        offer, wish = admitted.offer, admitted.wish
        user = admitted.asker.user
        return cls(offer.resource, offer.unit, user, wish.group, wish.span, admitted.quote.total_fen)

    @classmethod
    def standing(cls, reservation: Reservation) -> About:
        """A reservation as it stands."""
        group = reservation.judged.group if reservation.judged else None
        place = (reservation.resource, reservation.unit, reservation.user)
        return cls(*place, group, reservation.span, reservation.quote.total_fen)


def ask(about: About, approvals: tuple[AskedApproval, ...], *, step: int = 1, now: datetime) -> list[Event]:
    """Ask whoever comes at `step`; the time limit runs from now on. Nothing where nobody is left."""
    if step > len(approvals):
        return []
    asked = approvals[step - 1]
    return [
        ApprovalAsked(
            resource=about.resource,
            unit=about.unit,
            user=about.user,
            group=about.group,
            span=about.span,
            fee_fen=about.fee_fen,
            step=step,
            steps=len(approvals),
            approver=asked.approver,
            leader=asked.user,
            asked_at=now,
            due_at=now + timedelta(hours=asked.limit_hours) if asked.limit_hours else None,
            on_time_out=asked.on_time_out,
        )
    ]


def approve(
    reservation: Reservation, *, step: int, reason: str, facts: UseFacts, edition: Edition, now: datetime
) -> list[Event]:
    """Agree to a step; after the last one the reservation is confirmed.

    Raises `reservations.no_approval_pending`, `reservations.step_decided_already`, `reservations.step_timed_out`, and
    with the last step what `answering.confirm` raises.
    """
    pending = _decidable(reservation, step, now)
    decided = _decided(pending, "approve", reason=reason, edition=edition)
    following = _following(reservation, step, now)
    if following:
        return [decided, *following]
    automatic = pending.approver != MANAGER
    return [decided, *answering.agreed(reservation, facts=facts, automatic=automatic, edition=edition, now=now)]


def reject(
    reservation: Reservation, *, step: int, reason: str, ground: Ground, edition: Edition, now: datetime
) -> list[Event]:
    """Decline at a step, with a reason; the request is at its end. What a leader lacks is an `incomplete` request.

    Raises what `approve` raises, `reservations.reason_missing`, and for the ground `opening_limit` what
    `answering.reject` raises.
    """
    pending = _decidable(reservation, step, now)
    if not reason:
        raise refusal("reservations.reason_missing", field="reason")
    decided = _decided(pending, "reject", reason=reason, edition=edition)
    stated: Ground = ground if pending.approver == MANAGER else "incomplete"
    return [decided, *answering.reject(reservation, ground=stated, reason=reason, edition=edition)]


def time_out(reservation: Reservation, *, step: int, facts: UseFacts, edition: Edition, now: datetime) -> list[Event]:
    """Let the declared outcome of a step come, from its due time on, however late.

    A late worker asks the next one from now on. Where the start has come meanwhile, the request expires instead of
    being confirmed: nobody was told to come.
    Raises `reservations.no_approval_pending`, `reservations.step_decided_already`, `reservations.step_not_due`.
    """
    pending = _pending(reservation, step)
    if pending.due_at is None or now < pending.due_at:
        due = pending.due_at.isoformat() if pending.due_at else "-"
        raise refusal("reservations.step_not_due", step=step, due=due)
    decided = _decided(pending, pending.on_time_out, timed_out=True, edition=edition)
    if pending.on_time_out == "reject":
        basis = edition.basis("resource.internal_priority", "resource.publication_items")
        return [decided, ReservationRejected(ground="incomplete", reason=TIMED_OUT, basis=basis)]
    following = _following(reservation, step, now)
    if following:
        return [decided, *following]
    if now >= reservation.span.start:
        return [decided, ReservationExpired(basis=edition.basis("resource.publication_items"))]
    return [decided, *answering.agreed(reservation, facts=facts, automatic=True, edition=edition, now=now)]


def _published(admitted: Admitted) -> Iterable[ApprovalStep]:
    """The steps of the house rules from which the request is not exempt by a tag or by its price."""
    house, tags = admitted.offer.house, admitted.asker.conduct.tags
    for step in (house.rules.approval or ()) if house else ():
        exempt_price = step.exempt_up_to_fen is not None and admitted.quote.total_fen <= step.exempt_up_to_fen
        if not exempt_price and not tags & set(step.exempt_tags):
            yield step


def _by_staff(admitted: Admitted, step: ApprovalStep) -> AskedApproval | None:
    if step.approver != MANAGER or admitted.asker.staff:
        return None
    return AskedApproval(approver=MANAGER, limit_hours=step.limit_hours, on_time_out=step.on_time_out)


def _by_leader(admitted: Admitted, step: ApprovalStep | None = None) -> AskedApproval | None:
    """The leader is asked once, whether the unit, the leader or both want it: then by the stricter of each term."""
    group = admitted.asker.group
    if group is None or group.leader == admitted.asker.user or (step and step.approver == MANAGER):
        return None
    own = _demanded(group.demand, admitted.quote.total_fen)
    asked = [each for each in (step, own) if each is not None]
    if not asked:
        return None
    strict = any(each.on_time_out == "reject" for each in asked)
    return AskedApproval(
        approver="group_leader",
        user=group.leader,
        limit_hours=min((each.limit_hours for each in asked if each.limit_hours), default=None),
        on_time_out="reject" if strict else "approve",
    )


def _demanded(demand: LeaderDemand | None, fee_fen: int) -> LeaderDemand | None:
    """What the leader demands of a request at this price; one up to the exempt amount needs nothing."""
    exempt = demand.exempt_up_to_fen if demand else None
    return None if exempt is not None and fee_fen <= exempt else demand


def _pending(reservation: Reservation, step: int) -> ApprovalAsked:
    pending = reservation.pending
    if pending is None:
        raise refusal("reservations.no_approval_pending", state=reservation.state)
    if pending.step != step:
        raise refusal("reservations.step_decided_already", field="step", step=step, pending=pending.step)
    return pending


def _decidable(reservation: Reservation, step: int, now: datetime) -> ApprovalAsked:
    """From the due time on the declared outcome alone counts, whether or not a worker has noted it yet."""
    pending = _pending(reservation, step)
    if pending.due_at is not None and now >= pending.due_at:
        due, outcome = pending.due_at.isoformat(), pending.on_time_out
        raise refusal("reservations.step_timed_out", field="step", step=step, due=due, outcome=outcome)
    return pending


def _decided(
    pending: ApprovalAsked, decision: str, *, reason: str = "", timed_out: bool = False, edition: Edition
) -> ApprovalStepDecided:
    return ApprovalStepDecided.model_validate(
        {
            "step": pending.step,
            "approver": pending.approver,
            "decision": decision,
            "reason": reason,
            "timed_out": timed_out,
            "due_at": pending.due_at,
            "basis": edition.basis("resource.publication_items"),
        }
    )


def _following(reservation: Reservation, step: int, now: datetime) -> list[Event]:
    judged = reservation.judged
    return ask(About.standing(reservation), judged.approvals, step=step + 1, now=now) if judged else []
