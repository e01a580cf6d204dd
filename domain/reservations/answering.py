# SPDX-License-Identifier: Apache-2.0
"""The answer to a request, and giving it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.reservations.events import (
    ReservationAnswered,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
)
from domain.reservations.reservation import require_nothing_pending, require_state

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.reservations.reservation import Reservation

Ground = Literal["opening_limit", "own_needs", "safety", "qualification", "incomplete"]
Canceller = Literal["user", "provider", "system"]


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What must hold on the day of use: customs condition (CQ-18.1), provider on the platform (JS-19.1)."""

    resource_state: str
    customs_valid: bool = True
    provider_takes_part: bool = True


def answer(reservation: Reservation, *, text: str) -> list[Event]:
    """Answer a request in substance; the first answer ends the response time (JS 29, A27)."""
    require_state(reservation, "answer", "requested")
    return [ReservationAnswered(text=text)]


def confirm(
    reservation: Reservation,
    *,
    resource_state: str,
    customs_valid: bool,
    provider_takes_part: bool = True,
    edition: Edition,
    now: datetime,
) -> list[Event]:
    """Agree to a request before its start (JS 16.a, CQ 14.a).

    `customs_valid` (CQ-18.1) and `provider_takes_part` (JS-19.1) speak of the day of use.
    Raises `reservations.approval_pending` where somebody has yet to approve: nobody passes them by.
    """
    require_nothing_pending(reservation, "confirm")
    require_state(reservation, "confirm", "requested")
    facts = UseFacts(resource_state, customs_valid, provider_takes_part)
    return agreed(reservation, facts=facts, automatic=False, edition=edition, now=now)


def agreed(
    reservation: Reservation, *, facts: UseFacts, automatic: bool, edition: Edition, now: datetime
) -> list[Event]:
    """Confirm what all whose word counts have agreed to, if it is still possible; `automatic` by a published rule."""
    rules = Rules()
    start = reservation.span.start
    rules.require(now < start, "reservations.already_begun", field="reservation_id", start=start.isoformat())
    rules.require(
        facts.resource_state == "published",
        "reservations.resource_not_published",
        citation=edition.citation("resource.publication_channels"),
        state=facts.resource_state,
    )
    rules.require(
        facts.customs_valid,
        "reservations.customs_condition_not_valid",
        citation=edition.citation("resource.duty_free_needs_customs_condition"),
    )
    rules.require(facts.provider_takes_part, "reservations.provider_has_left")
    rules.enforce()
    basis = edition.basis("resource.internal_priority", "resource.duty_free_needs_customs_condition")
    return [ReservationConfirmed(automatic=automatic, basis=basis)]


def reject(reservation: Reservation, *, ground: Ground, reason: str, edition: Edition) -> list[Event]:
    """Decline a request. The ground `opening_limit` needs a limit published before the request (JS 15, CQ 14.c)."""
    require_state(reservation, "reject", "requested")
    if ground == "opening_limit" and reservation.limit_version is None:
        citation = edition.citation("resource.publication_items")
        raise refusal("reservations.no_limit_published", citation=citation, field="ground")
    basis = edition.basis("resource.internal_priority", "resource.publication_items")
    return [ReservationRejected(ground=ground, reason=reason, basis=basis)]


def cancel(
    reservation: Reservation, *, by: Canceller, reason: str, cancel_minutes_before: int | None, now: datetime
) -> list[Event]:
    """Give a reservation up; a user can do so until its start.

    It is `late` when the user of one that was ever confirmed comes after the last moment, `cancel_minutes_before` the
    start, of the limit published before the request (ruling 8.17); that moment itself is in time.
    """
    require_state(reservation, "cancel", "requested", "confirmed")
    start = reservation.span.start
    if by == "user" and now >= start:
        raise refusal("reservations.already_begun", field="reservation_id", start=start.isoformat())
    late = (
        by == "user"
        and reservation.agreed
        and cancel_minutes_before is not None
        and now > start - timedelta(minutes=cancel_minutes_before)
    )
    return [ReservationCancelled(by=by, reason=reason, late=late)]


def expire(reservation: Reservation, *, now: datetime) -> list[Event]:
    """Close a request nobody answered, from its start on."""
    require_state(reservation, "expire", "requested")
    if now < reservation.span.start:
        raise refusal("reservations.not_yet_begun", start=reservation.span.start.isoformat())
    return [ReservationExpired()]
