# SPDX-License-Identifier: Apache-2.0
"""Asking for time, and moving it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError, Rules, refusal
from domain.reservations.events import ReservationConfirmed, ReservationRequested, ReservationRescheduled
from domain.reservations.reservation import require_nothing_pending, require_state

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.reservation import Reservation
    from domain.reservations.rules.lead_time import Bound


GRACE_MINUTES = 15
"""How long a user is waited for where the unit published no limit of its own; without one nothing is charged."""


def request(admitted: Admitted, *, lane: int, automatic: bool, edition: Edition) -> list[Event]:
    """Hold the time on `lane`; where the published terms say so, it is confirmed at once (`automatic`)."""
    wish, asker, offer, limit = admitted.wish, admitted.asker, admitted.offer, admitted.offer.limit
    asked = ReservationRequested(
        resource=offer.resource,
        unit=offer.unit,
        provider=offer.provider,
        user=asker.user,
        user_kind=asker.user_kind,
        customer=asker.customer,
        external=asker.external,
        span=wish.span,
        held=admitted.held,
        lane=lane,
        purpose=wish.purpose,
        use_type=wish.use_type,
        project_type=wish.project_type,
        service_mode=wish.service_mode,
        samples=wish.samples,
        quote=admitted.quote,
        opening_version=admitted.opening.version,
        limit_version=limit.version if limit else None,
        grace_minutes=limit.grace_minutes if limit else GRACE_MINUTES,
        no_show_charge=limit.no_show_charge if limit else False,
        contract=wish.contract,
        voucher_grant=wish.voucher_grant,
        requested_by=wish.requested_by,
        answers=wish.answers,
        external_id=wish.external_id,
        basis=edition.basis("scope.service_purposes", "scope.audience"),
    )
    if not automatic:
        return [asked]
    return [asked, ReservationConfirmed(automatic=True, basis=edition.basis("resource.internal_priority"))]


def reschedule(
    reservation: Reservation, admitted: Admitted, *, lane: int, reason: str, consent: str, now: datetime
) -> list[Event]:
    """Move a confirmed reservation; identity, lineage and answers stay. `consent` tells how the other side agreed.

    Raises `reservations.approval_pending`, `reservations.wrong_state`, `reservations.already_begun`,
    `reservations.nothing_moved` where the time is the same: what changes nothing must not be told as a change.
    """
    require_nothing_pending(reservation, "reschedule")
    require_state(reservation, "reschedule", "confirmed")
    if begun := begun_already(reservation, now=now):
        raise DomainError(begun)
    if admitted.wish.span == reservation.span:
        raise refusal("reservations.nothing_moved", field="span")
    return [
        ReservationRescheduled(
            span=admitted.wish.span,
            held=admitted.held,
            lane=lane,
            quote=admitted.quote,
            opening_version=admitted.opening.version,
            reason=reason,
            consent=consent,
        )
    ]


def begun_already(reservation: Reservation, *, now: datetime) -> list[Violation]:
    """The rule broken by whoever moves it once its time has come."""
    rules = Rules()
    start = reservation.span.start
    rules.require(now < start, "reservations.already_begun", field="reservation_id", start=start.isoformat())
    return rules.broken


def late_to_change(
    reservation: Reservation, bound: Bound | None, *, edition: Edition, now: datetime
) -> list[Violation]:
    """The rule broken by a user who moves it after the last moment published before the request; that one counts."""
    if bound is None:
        return []
    rules, until = Rules(), reservation.span.start - timedelta(minutes=bound.minutes)
    rules.require(
        now <= until,
        "reservations.too_late_to_change",
        citation=edition.citation("resource.publication_items"),
        field="reservation_id",
        minutes=bound.minutes,
        level=bound.level,
        until=until.isoformat(),
    )
    return rules.broken
