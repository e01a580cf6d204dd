# SPDX-License-Identifier: Apache-2.0
"""What is not used returns to the budgets; what a void or refund gives back returns to the voucher (6.6, A47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.kernel.money import allocate
from domain.policy import Edition
from domain.vouchers.accounts import commitment, reversed_
from domain.vouchers.events import VoucherAmountReleased, VoucherAmountRestored, VoucherExpired, VoucherRevoked
from domain.vouchers.grant import Grant, require_state
from domain.vouchers.values import FundingPart


def expire(grant: Grant, grant_id: UUID, *, today: date) -> list[Event]:
    """The unused rest lapses after the last day; what a reservation has set aside keeps it alive (ruling 8.3).

    Raises `vouchers.still_valid`, `vouchers.still_set_aside`.
    """
    require_state(grant, "expire", "granted", "partly_used")
    rules = Rules()
    last = grant.valid_until
    rules.require(not grant.valid_on(today), "vouchers.still_valid", valid_until=last.isoformat() if last else "")
    rules.require(grant.reserved_fen == 0, "vouchers.still_set_aside", reserved_fen=grant.reserved_fen)
    rules.enforce()
    return [_expired(grant, grant_id, grant.left_fen)]


def revoke(
    grant: Grant,
    grant_id: UUID,
    *,
    role: Role,
    decision_reference: str,
    reason: str,
    edition: Edition,
) -> list[Event]:
    """Withdraw the unused rest; the used part is a matter of clawback (JS 31.b, CQ 24.a).

    Raises `vouchers.not_a_grantor`.
    """
    require_state(grant, "revoke", "granted", "partly_used")
    if role not in edition.value("voucher.grantor"):
        raise refusal("vouchers.not_a_grantor", citation=edition.citation("voucher.grantor"))
    basis = edition.basis("voucher.grantor")
    released: list[Event] = [
        VoucherAmountReleased(reservation=reservation, amount_fen=amount, reason="revoked", basis=basis)
        for reservation, amount in grant.reserved.items()
    ]
    unused = grant.left_fen + grant.reserved_fen
    revoked = _revoked(grant, grant_id, unused, decision_reference, reason)
    return [*released, revoked.model_copy(update={"basis": basis})]


def restore(grant: Grant, grant_id: UUID, *, order: UUID, amount_fen: int, reason: str) -> list[Event]:
    """A void or refund gives an amount back (A47). With a voucher that has lapsed it lapses again."""
    require_state(grant, "restore", "partly_used", "exhausted", "expired", "revoked")
    assert amount_fen <= grant.used.get(order, 0), "no more is restored than the order used"
    restored = VoucherAmountRestored(order=order, amount_fen=amount_fen, reason=reason)
    if grant.state == "expired":
        return [restored, _expired(grant, grant_id, amount_fen)]
    if grant.state == "revoked":
        return [restored, _revoked(grant, grant_id, amount_fen, grant.revocation or "", reason)]
    return [restored]


def _returned(grant: Grant, unused_fen: int) -> tuple[FundingPart, ...]:
    """Split over what each funder still carries, so that nobody gets back more than it gave."""
    carried = [Decimal(part.amount_fen - grant.returned.get(part.funder, 0)) for part in grant.funding]
    parts = allocate(unused_fen, carried) if unused_fen else [0] * len(carried)
    return tuple(
        FundingPart(funder=part.funder, amount_fen=amount) for part, amount in zip(grant.funding, parts, strict=True)
    )


def _expired(grant: Grant, grant_id: UUID, unused_fen: int) -> VoucherExpired:
    returned = _returned(grant, unused_fen)
    return VoucherExpired(
        programme=grant.programme,
        unused_fen=unused_fen,
        returned=returned,
        entries=reversed_(commitment(grant.programme, grant_id, returned)),
    )


def _revoked(grant: Grant, grant_id: UUID, unused_fen: int, reference: str, reason: str) -> VoucherRevoked:
    returned = _returned(grant, unused_fen)
    return VoucherRevoked(
        programme=grant.programme,
        unused_fen=unused_fen,
        returned=returned,
        decision_reference=reference,
        reason=reason,
        entries=reversed_(commitment(grant.programme, grant_id, returned)),
    )
