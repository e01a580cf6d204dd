# SPDX-License-Identifier: Apache-2.0
"""Ordering under a framework contract: what may be ordered, and given up before any use (JS 18, A32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.contracts.call_off import require_placed
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.contracts.call_off import CallOff
    from domain.contracts.events import Side, Terms
    from domain.contracts.state import Contract
    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.policy import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be ordered. Quantities are minutes of use and samples; the ceiling is in fen."""

    resource: UUID
    minutes: int | None = None
    samples: int | None = None
    reservation: UUID | None = None
    ceiling_fen: int
    valid_from: date
    valid_until: date
    subject: Personal | None = None


def place(  # noqa: PLR0913 - an order, and all that it is judged by
    contract: Contract,
    contract_id: UUID,
    order: Order,
    *,
    number: str,
    by: Side,
    left_fen: int | None,
    today: date,
    opened_by_use: bool = False,
    edition: Edition,
) -> list[Event]:
    """Order under a framework in force. `left_fen` is what its ceiling still leaves, None where it names none.

    Raises `DomainError` with every broken rule: no framework, another resource, outside the period, no quantity,
    beyond the ceiling.
    """
    require_state(contract, "place_call_off", "signed_by_both", "registered", "amending")
    _require_orderable(contract.terms, order, left_fen=left_fen, today=today, edition=edition)
    terms = contract.terms
    return [
        CallOffPlaced(
            number=number,
            contract=contract_id,
            unit=contract.unit,
            provider=contract.provider,
            customer=contract.customer,
            customer_user=contract.customer_user,
            resource=order.resource,
            minutes=order.minutes,
            samples=order.samples,
            reservation=order.reservation,
            ceiling_fen=order.ceiling_fen,
            framework_ceiling_fen=terms.ceiling_fen,
            valid_from=order.valid_from,
            valid_until=order.valid_until,
            subject=order.subject,
            placed_by=by,
            opened_by_use=opened_by_use,
            basis=edition.basis("contract.mandatory"),
        )
    ]


def _require_orderable(terms: Terms, order: Order, *, left_fen: int | None, today: date, edition: Edition) -> None:
    rules, citation = Rules(), edition.citation("contract.mandatory")
    rules.require(terms.framework, "contracts.not_a_framework", citation=citation, field="contract_id")
    rules.require(
        not terms.resources or order.resource in terms.resources,
        "contracts.call_off_other_resource",
        citation=citation,
        field="resource_id",
    )
    rules.require(
        terms.valid_from <= order.valid_from <= order.valid_until <= terms.valid_until,
        "contracts.call_off_outside_period",
        citation=citation,
        field="valid_until",
        valid_from=terms.valid_from.isoformat(),
        valid_until=terms.valid_until.isoformat(),
    )
    rules.require(order.valid_until >= today, "contracts.call_off_period_over", field="valid_until")
    quantity = order.minutes is not None or order.samples is not None or order.reservation is not None
    rules.require(quantity, "contracts.call_off_without_quantity", field="minutes")
    rules.require(
        left_fen is None or order.ceiling_fen <= left_fen,
        "contracts.call_off_beyond_ceiling",
        citation=citation,
        field="ceiling_fen",
        asked_fen=order.ceiling_fen,
        left_fen=left_fen or 0,
    )
    rules.enforce()


def cancel(call_off: CallOff, *, by: Side, reason: str) -> list[Event]:
    """Give a call-off up before any use. Raises `contracts.call_off_in_use`."""
    require_placed(call_off, "cancel_call_off")
    if call_off.uses:
        raise refusal("contracts.call_off_in_use", number=call_off.number, uses=len(call_off.uses))
    return [
        CallOffCancelled(
            contract=call_off.contract,
            reservation=call_off.reservation,
            cancelled_by=by,
            released_fen=call_off.ceiling_fen,
            reason=reason,
        )
    ]
