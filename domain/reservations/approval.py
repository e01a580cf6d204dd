# SPDX-License-Identifier: Apache-2.0
"""The steps of an approval: asking for them, and what each decision leads to (practice; JS 16.a, CQ 14.a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.reservations import answering
from domain.reservations.approval_chain import MANAGER
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.events import ReservationExpired, ReservationRejected
from domain.reservations.judged_events import AskedApproval

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.answering import Ground, UseFacts
    from domain.reservations.reservation import Reservation

TIMED_OUT = "审批超时 / approval timed out"


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
