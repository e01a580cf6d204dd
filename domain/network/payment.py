# SPDX-License-Identifier: Apache-2.0
"""What the public hand pays those who operate resources: guidance fund and cost compensation (CQ 15.a).

The platform holds no money (ruling 8.12): it records who decided, how much, for which resource and period.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import OperatorPaymentAnnulled, OperatorPaymentRecorded

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as it stands, in fen."""

    operator: UUID
    amount_fen: int
    annulled: bool = False


Change = OperatorPaymentRecorded | OperatorPaymentAnnulled


def evolve(state: Payment | None, event: Change) -> Payment:
    """The payment after an event."""
    if isinstance(event, OperatorPaymentRecorded):
        return Payment(event.operator, event.amount_fen)
    assert state is not None
    return replace(state, annulled=True)


PAYMENT = Aggregate("network.OperatorPayment", evolve, (OperatorPaymentRecorded, OperatorPaymentAnnulled))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """What a payment must know of its receiver. `operates` speaks of the resource at any time of the period."""

    branch: bool
    operates: bool


def record(payment: OperatorPaymentRecorded, *, operator: Operator, today: date) -> list[Event]:
    """Enter a payment that was made (CQ 15.a).

    Raises all at once `network.operator_not_a_legal_person`, `network.operator_without_authorisation`,
    `network.amount_not_positive`, `network.ends_before_start`, `network.paid_in_future`.
    """
    rules = Rules()
    rules.require(not operator.branch, "network.operator_not_a_legal_person", field="operator")
    rules.require(operator.operates, "network.operator_without_authorisation", field="operator")
    rules.require(payment.amount_fen > 0, "network.amount_not_positive", field="amount_fen")
    rules.require(payment.period_from <= payment.period_until, "network.ends_before_start", field="period_until")
    rules.require(payment.paid_on <= today, "network.paid_in_future", field="paid_on")
    rules.enforce()
    return [payment]


def annul(state: Payment, *, reason: str, decision_reference: str) -> list[Event]:
    """Take a payment out of the totals. Raises `network.payment_annulled`."""
    if state.annulled:
        raise refusal("network.payment_annulled")
    return [OperatorPaymentAnnulled(reason=reason, decision_reference=decision_reference)]
