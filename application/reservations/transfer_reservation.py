# SPDX-License-Identifier: Apache-2.0
"""Pass a reservation to another user of the same customer, without its time ever being free."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.reservations.ending import release_voucher
from application.reservations.house import facts_for
from application.reservations.moving import adjust_voucher, confirms_at_once
from application.reservations.placing import TRANSFER, placed
from application.reservations.standing import for_either
from domain.kernel.money import Fen
from domain.parties.user import USER
from domain.reservations.admission import admit
from domain.reservations.approval import About, ask
from domain.reservations.approval_chain import asked_approvals
from domain.reservations.facts import Wish
from domain.reservations.giving_back import exchanged
from domain.reservations.judgement import judgement
from domain.reservations.reservation import RESERVATION
from domain.reservations.transfer import transfer, transferable

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.reservation import Reservation


class TransferReservation(Command):
    """Let another user of the same legal person use the time reserved; the slot is held all along.

    The new user is judged by every rule but lead times; quotas are drawn anew for them, and approvals asked. Where
    their price is higher they say so with `accepted_quote_fen`. To another customer nothing is passed on: cancel, and
    let them ask.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "to_user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "reason": "原预约人出差，由同组成员使用",
                "rules_read": True,
            }
        }
    )

    reservation_id: UUID
    to_user: UUID
    reason: Words
    accepted_quote_fen: Fen | None = Field(default=None, description="The price the new user agreed to, if dearer")
    group_id: UUID | None = Field(default=None, description="The new user's group; without it the reservation's own")
    without_group: bool = Field(default=False, description="The new user uses it for no group")
    rules_read: bool = Field(default=False, description="The new user has read the notices of the house rules")


def transfer_reservation(command: TransferReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, resource, _ = for_either(work, command.reservation_id)
    reservation, edition = loaded.state, work.edition()
    customer = work.load(USER, command.to_user).state.legal_person
    broken = transferable(reservation, command.to_user, customer, now=work.now)
    wish = _wish(command, reservation, work.actor.user)
    asker, offer = facts_for(work, reservation.resource, resource, command.to_user, wish, edition, moving=reservation)
    with placed(TRANSFER):
        admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now, also=broken)
    decided = transfer(
        reservation,
        admitted,
        requested_by=work.actor.user,
        accepted_quote_fen=command.accepted_quote_fen,
        reason=command.reason,
    )
    approvals = asked_approvals(admitted, manual=not confirms_at_once(resource, reservation.span.start))
    held = reservation.accessories
    back, added = exchanged(reservation, admitted.draws, "reservation transferred")
    anew = reservation.judged is not None
    judged = judgement(admitted, draws=added, accessories=held, approvals=approvals, anew=anew, edition=edition)
    work.append(loaded.id, *decided, *back, *judged, *ask(About.request(admitted), approvals, now=work.now))
    fee, reserved = admitted.quote.total_fen, 0
    if approvals:
        release_voucher(work, loaded, "approval asked anew")
    elif reservation.state == "confirmed":
        reserved = adjust_voucher(work, loaded.id, replace(reservation, user=command.to_user), fee)
    state = work.load(RESERVATION, loaded.id).state.state
    return Result(loaded.id, {"state": state, "quote_fen": fee, "voucher_reserved_fen": reserved})


def _wish(command: TransferReservation, reservation: Reservation, requested_by: UUID) -> Wish:
    """All that was asked for, for somebody else; questions were answered with the request."""
    judged = reservation.judged
    group = command.group_id or (judged.group if judged else None)
    return Wish(
        span=reservation.span,
        purpose=reservation.purpose,
        use_type=reservation.use_type,
        project_type=reservation.project_type,
        service_mode=reservation.service_mode,
        samples=reservation.samples,
        contract=reservation.contract,
        voucher_grant=reservation.voucher_grant,
        requested_by=requested_by,
        answers=dict(reservation.answers),
        accessories=tuple(accessory.name for accessory in reservation.accessories),
        group=None if command.without_group else group,
        items=dict(judged.price.items) if judged else {},
        fund_card=judged.fund_card if judged else None,
        series=judged.series if judged else None,
        rules_read=command.rules_read,
        held_already=True,
    )
