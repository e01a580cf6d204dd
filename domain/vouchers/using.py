# SPDX-License-Identifier: Apache-2.0
"""Setting a voucher's money aside, releasing it, using it (ruling 8.3; JS 22.b, CQ 19.b)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.errors import Rules
from domain.kernel.event import Event
from domain.vouchers.events import VoucherAmountReleased, VoucherAmountReserved, VoucherAmountUsed
from domain.vouchers.grant import Grant
from domain.vouchers.programme import VoucherProgramme


def reserve(
    grant: Grant,
    programme: VoucherProgramme,
    *,
    reservation: UUID,
    fee_fen: int,
    customer: UUID | None,
    user: UUID,
    today: date,
) -> list[Event]:
    """Set aside for a confirmed reservation: at most what is left and what ratio and coverage allow of the fee.

    Nothing is set aside where the programme pays after the fact (subsidy mode), or twice for one reservation.
    Raises `vouchers.not_usable`, `vouchers.expired`, `vouchers.not_the_beneficiary`.
    """
    rules = Rules()
    note_usable(rules, grant, customer=customer, user=user)
    rules.require(grant.valid_on(today), "vouchers.expired", number=grant.number)
    rules.enforce()
    amount = min(grant.left_fen, programme.most_of(fee_fen))
    if amount == 0 or programme.terms.settlement_mode == "subsidy" or reservation in grant.reserved:
        return []
    return [VoucherAmountReserved(reservation=reservation, amount_fen=amount)]


def release(grant: Grant, *, reservation: UUID, reason: str) -> list[Event]:
    """What a reservation had set aside is free again; nothing happens where nothing is set aside."""
    amount = grant.reserved.get(reservation, 0)
    return [VoucherAmountReleased(reservation=reservation, amount_fen=amount, reason=reason)] if amount else []


def use(grant: Grant, *, order: UUID, reservation: UUID | None, amount_fen: int) -> list[Event]:
    """Take an amount for an order, first from what its reservation had set aside.

    The caller has established that the voucher may be used; that it suffices is asserted here once more.
    """
    set_aside = grant.reserved.get(reservation, 0) if reservation else 0
    from_reserved = min(amount_fen, set_aside)
    assert 0 < amount_fen <= grant.left_fen + set_aside, "a voucher is never overspent"
    return [
        VoucherAmountUsed(order=order, amount_fen=amount_fen, reservation=reservation, from_reserved_fen=from_reserved)
    ]


def available_fen(grant: Grant, reservation: UUID | None) -> int:
    """What an order of a reservation may use: what is left and what that reservation has set aside."""
    return grant.left_fen + (grant.reserved.get(reservation, 0) if reservation else 0)


def note_usable(rules: Rules, grant: Grant, *, customer: UUID | None, user: UUID) -> None:
    """Note `vouchers.not_usable` by state and `vouchers.not_the_beneficiary`."""
    owner = user if grant.beneficiary_is_person else customer
    rules.require(grant.usable, "vouchers.not_usable", number=grant.number, state=grant.state)
    rules.require(grant.beneficiary == owner, "vouchers.not_the_beneficiary", number=grant.number)


def note_valid(rules: Rules, grant: Grant, *, reservation: UUID | None, used_on: date, today: date) -> None:
    """Note `vouchers.expired`: valid today, or set aside for this reservation and valid on the day of use (8.3)."""
    set_aside = reservation is not None and reservation in grant.reserved
    valid = grant.valid_on(today) or (set_aside and grant.valid_on(used_on))
    rules.require(valid, "vouchers.expired", number=grant.number)
