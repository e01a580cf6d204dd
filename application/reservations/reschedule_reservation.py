# SPDX-License-Identifier: Apache-2.0
"""Move a confirmed reservation to another time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result, Words
from application.errors import SlotTaken
from application.reservations.accessories import held_accessories
from application.reservations.closures import lanes_shut
from application.reservations.ending import release_voucher
from application.reservations.house import facts_for, lead_at_request
from application.reservations.moving import adjust_voucher, confirms_at_once, moved
from application.reservations.placing import MOVE, placed
from application.reservations.request_reservation import Rule
from application.reservations.standing import for_either
from domain.kernel.errors import refusal
from domain.kernel.time import Span, local_date
from domain.reservations.admission import admit
from domain.reservations.approval_chain import asked_again
from domain.reservations.facts import Wish
from domain.reservations.requesting import begun_already, late_to_change
from domain.reservations.reservation import require_nothing_pending, require_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from application.reservations.standing import Side
    from application.work import Work
    from domain.reservations.admission import Admitted
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


class RescheduleReservation(Command):
    """Move a reservation, or make it longer or shorter; it keeps its id, its history and its answers.

    The rules of a request hold for the new time; what the staff set aside for the reservation stays set aside where the
    move breaks the rule no further, and for more the staff names `overrides` anew. A user can move it until the
    published last moment to change. Where approvals are published or demanded, a longer or dearer use has to be
    approved again before it is confirmed.

    `consent` says how the other side agreed. A user needs none where the published terms confirm at once.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "span": {"start": "2026-03-03T09:00:00+08:00", "end": "2026-03-03T11:00:00+08:00"},
                "reason": "样品尚未制备完成",
                "consent": "电话确认",
            }
        }
    )

    reservation_id: UUID
    span: Span
    reason: Words
    consent: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = Field(default="")
    overrides: dict[Rule, Words] = Field(
        default_factory=dict,
        max_length=20,
        description="House rules that the unit's staff sets aside for the move, each by its code with the reason",
    )


def reschedule_reservation(command: RescheduleReservation, work: Work) -> Result:
    """Raises `DomainError`, `SlotTaken`, `NotFound`, `NotPermitted`."""
    loaded, resource, side = for_either(work, command.reservation_id)
    reservation = loaded.state
    require_nothing_pending(reservation, "reschedule")
    require_state(reservation, "reschedule", "confirmed")
    _require_consent(command, side, resource)
    edition = work.edition()
    wish = wish_after(command.span, reservation, command.overrides)
    asker, offer = facts_for(work, reservation.resource, resource, reservation.user, wish, edition, moving=reservation)
    broken = begun_already(reservation, now=work.now)
    if side == "user" and not broken:
        bound = lead_at_request(work, reservation, resource, "change_minutes")
        broken += late_to_change(reservation, bound, edition=edition, now=work.now)
    with placed(MOVE):
        admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now, also=broken)
    lane = _lane(work, loaded.id, reservation, resource, admitted)
    capacity = resource.capacity_on(local_date(command.span.start))
    accessories = held_accessories(work, admitted, moving=reservation, capacity=capacity)
    approvals = asked_again(reservation, admitted, manual=not confirms_at_once(resource, command.span.start))
    events = moved(
        work,
        reservation,
        admitted,
        lane=lane,
        reason=command.reason,
        consent=command.consent,
        accessories=accessories,
        approvals=approvals,
        edition=edition,
    )
    work.append(loaded.id, *events)
    fee = admitted.quote.total_fen
    reserved = 0
    if approvals:
        release_voucher(work, loaded, "approval asked anew")
    else:
        reserved = adjust_voucher(work, loaded.id, reservation, fee)
    state = "requested" if approvals else "confirmed"
    return Result(loaded.id, {"state": state, "lane": lane, "quote_fen": fee, "voucher_reserved_fen": reserved})


def _require_consent(command: RescheduleReservation, side: Side, resource: Resource) -> None:
    agreed_in_advance = side == "user" and confirms_at_once(resource, command.span.start)
    if not (agreed_in_advance or command.consent):
        raise refusal("reservations.consent_missing", field="consent")


def wish_after(span: Span, reservation: Reservation, overrides: Mapping[str, str]) -> Wish:
    """All that was asked for, at another time; notices were read and questions answered with the request.

    What was set aside for the reservation goes along.
    """
    judged = reservation.judged
    return Wish(
        span=span,
        purpose=reservation.purpose,
        use_type=reservation.use_type,
        project_type=reservation.project_type,
        service_mode=reservation.service_mode,
        samples=reservation.samples,
        contract=reservation.contract,
        voucher_grant=reservation.voucher_grant,
        requested_by=reservation.requested_by,
        answers=dict(reservation.answers),
        accessories=tuple(accessory.name for accessory in reservation.accessories),
        group=judged.group if judged else None,
        items=dict(judged.price.items) if judged else {},
        fund_card=judged.fund_card if judged else None,
        series=judged.series if judged else None,
        rules_read=True,
        counted_group=judged.counted_group if judged else None,
        moves=True,
        overrides=dict(overrides),
        granted=reservation.overridden,
    )


def _lane(work: Work, own: UUID, reservation: Reservation, resource: Resource, admitted: Admitted) -> int:
    """A lane free of others: that of the old time where only the reservation itself stands in the way."""
    held, shut = admitted.held, lanes_shut(admitted)
    stays = reservation.held.overlaps(held) and reservation.lane not in shut
    if stays:
        others = set(work.claims.holders(reservation.resource, held.start, held.end)) - {own}
        if not others:
            return reservation.lane
    capacity = resource.capacity_on(local_date(held.start))
    lane = work.claims.free_lane(reservation.resource, capacity, held.start, held.end, but=shut)
    if lane is not None:
        return lane
    if stays:
        return reservation.lane  # with several lanes only the constraint knows whether this one is free of others
    raise SlotTaken(resource=str(reservation.resource), start=held.start.isoformat(), end=held.end.isoformat())
