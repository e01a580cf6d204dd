# SPDX-License-Identifier: Apache-2.0
"""The voucher grant (lifecycle 6.6): its state and how facts change it. Amounts in fen.

Always 0 <= used + reserved <= granted. A refund may bring an amount back to a voucher that has lapsed; then the
same amount lapses again with it, so that it returns to the budgets and not to the beneficiary.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from domain.kernel.event import Aggregate, Event
from domain.kernel.ledger import Entries, balanced
from domain.kernel.lifecycle import require_one_of
from domain.vouchers.events import (
    VoucherAmountReleased,
    VoucherAmountReserved,
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplicationRejected,
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherExpired,
    VoucherGranted,
    VoucherRevoked,
)
from domain.vouchers.values import FundingPart

GrantState = Literal["applied", "checked", "rejected", "granted", "partly_used", "exhausted", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A voucher as it stands. `used` is by order, `reserved` by reservation, `returned` by funder after a lapse."""

    programme: UUID
    number: str
    beneficiary: UUID
    beneficiary_is_person: bool
    applicant: UUID
    requested_fen: int
    state: GrantState = "applied"
    checker: UUID | None = None
    evidence_number: str | None = None
    evidence_valid_until: date | None = None
    amount_fen: int = 0
    funding: tuple[FundingPart, ...] = ()
    returned: dict[UUID, int] = field(default_factory=dict)
    granted_on: date | None = None
    valid_until: date | None = None
    used: dict[UUID, int] = field(default_factory=dict)
    reserved: dict[UUID, int] = field(default_factory=dict)
    revocation: str | None = None

    @property
    def used_fen(self) -> int:
        """What orders have used."""
        return sum(self.used.values())

    @property
    def reserved_fen(self) -> int:
        """What reservations have set aside."""
        return sum(self.reserved.values())

    @property
    def returned_fen(self) -> int:
        """What has lapsed and gone back to the budgets."""
        return sum(self.returned.values())

    @property
    def left_fen(self) -> int:
        """What may still be used or set aside."""
        return self.amount_fen - self.used_fen - self.reserved_fen - self.returned_fen

    @property
    def usable(self) -> bool:
        """Whether the state allows use; validity is a question of the day."""
        return self.state in ("granted", "partly_used")

    def valid_on(self, day: date) -> bool:
        """Whether the voucher has not run out by a day; its last day is included."""
        return self.valid_until is None or day <= self.valid_until


def require_state(grant: Grant, command: str, *allowed: GrantState) -> None:
    """Refuse `vouchers.grant_wrong_state` unless the grant is in one of the `allowed` states."""
    require_one_of(allowed, "vouchers.grant_wrong_state", state=grant.state, command=command)


def evolve(grant: Grant | None, event: Event) -> Grant:
    """The grant after one fact."""
    entries: Entries = getattr(event, "entries", ())
    assert balanced(entries), f"{event.TYPE} does not balance"
    if isinstance(event, VoucherApplied):
        return Grant(
            event.programme,
            event.number,
            event.beneficiary,
            event.beneficiary_is_person,
            event.applicant,
            event.requested_fen,
        )
    assert grant is not None, f"{event.TYPE} before an application"
    after = _decided(grant, event) or _moved(grant, event)
    assert after.left_fen >= 0, "used and reserved never exceed what was granted"
    return after


def _decided(grant: Grant, event: Event) -> Grant | None:
    match event:
        case VoucherEligibilityChecked():
            return replace(
                grant,
                state="checked",
                checker=event.checker,
                evidence_number=event.evidence_number,
                evidence_valid_until=event.evidence_valid_until,
            )
        case VoucherApplicationRejected():
            return replace(grant, state="rejected")
        case VoucherGranted():
            return replace(
                grant,
                state="granted",
                amount_fen=event.amount_fen,
                funding=event.funding,
                granted_on=event.granted_on,
                valid_until=event.valid_until,
            )
        case VoucherExpired(returned=returned):
            return replace(grant, state="expired", returned=_added(grant.returned, returned))
        case VoucherRevoked(returned=returned, decision_reference=reference):
            return replace(grant, state="revoked", returned=_added(grant.returned, returned), revocation=reference)
    return None


def _moved(grant: Grant, event: Event) -> Grant:
    match event:
        case VoucherAmountReserved(reservation=reservation, amount_fen=amount):
            return replace(grant, reserved=_plus(grant.reserved, reservation, amount))
        case VoucherAmountReleased(reservation=reservation, amount_fen=amount):
            return replace(grant, reserved=_plus(grant.reserved, reservation, -amount))
        case VoucherAmountUsed(order=order, amount_fen=amount, reservation=reservation, from_reserved_fen=taken):
            reserved = grant.reserved if reservation is None else _plus(grant.reserved, reservation, -taken)
            return _with_use(replace(grant, used=_plus(grant.used, order, amount), reserved=reserved))
        case VoucherAmountRestored(order=order, amount_fen=amount):
            return _with_use(replace(grant, used=_plus(grant.used, order, -amount)))
    raise ValueError(event.TYPE)


def _with_use(grant: Grant) -> Grant:
    if grant.used_fen == 0:
        return replace(grant, state="granted")
    return replace(grant, state="exhausted" if grant.used_fen == grant.amount_fen else "partly_used")


def _plus(amounts: dict[UUID, int], key: UUID, amount: int) -> dict[UUID, int]:
    after = {**amounts, key: amounts.get(key, 0) + amount}
    assert after[key] >= 0, "no more is given back than was taken"
    return {kept: value for kept, value in after.items() if value}


def _added(amounts: dict[UUID, int], parts: tuple[FundingPart, ...]) -> dict[UUID, int]:
    for part in parts:
        amounts = _plus(amounts, part.funder, part.amount_fen)
    return amounts


GRANT = Aggregate(
    "vouchers.Grant",
    evolve,
    (
        VoucherApplied,
        VoucherEligibilityChecked,
        VoucherApplicationRejected,
        VoucherGranted,
        VoucherAmountReserved,
        VoucherAmountReleased,
        VoucherAmountUsed,
        VoucherAmountRestored,
        VoucherExpired,
        VoucherRevoked,
    ),
)
