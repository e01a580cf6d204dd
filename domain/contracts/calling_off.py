# SPDX-License-Identifier: Apache-2.0
"""Ordering under a framework contract: what may be ordered, used, given up and settled (JS 18, A32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.contracts.call_off import require_placed
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled, CallOffUsed
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.contracts.call_off import CallOff
    from domain.contracts.events import Side
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


@dataclass(frozen=True, slots=True)
class Use:
    """A use that begins: its reservation, resource and local day, what is reserved and what is quoted for it."""

    reservation: UUID
    resource: UUID
    on: date
    minutes: int
    samples: int
    quoted_fen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a use: whether it is over and its order closed, and what was charged in fen."""

    reservation: UUID
    closed: bool
    charged_fen: int


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
    terms, rules = contract.terms, Rules()
    citation = edition.citation("contract.mandatory")
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


def use(call_off: CallOff, begun: Use, *, edition: Edition) -> list[Event]:
    """Begin a use under a call-off: its instrument, period and reservation, within the quantity and amount left."""
    require_placed(call_off, "use_call_off")
    rules, citation = Rules(), edition.citation("contract.mandatory")
    rules.require(
        begun.resource == call_off.resource and call_off.reservation in (None, begun.reservation),
        "contracts.call_off_for_something_else",
        citation=citation,
        field="call_off_id",
        number=call_off.number,
    )
    rules.require(
        call_off.valid_from <= begun.on <= call_off.valid_until,
        "contracts.call_off_not_valid",
        citation=citation,
        field="call_off_id",
        valid_from=call_off.valid_from.isoformat(),
        valid_until=call_off.valid_until.isoformat(),
    )
    for unit, asked, ordered in (
        ("minutes", begun.minutes, call_off.minutes),
        ("samples", begun.samples, call_off.samples),
        ("fen", begun.quoted_fen, call_off.ceiling_fen),
    ):
        taken = sum(getattr(each, "quoted_fen" if unit == "fen" else unit) for each in call_off.uses)
        rules.require(
            ordered is None or taken + asked <= ordered,
            "contracts.call_off_used_up",
            citation=citation,
            field="call_off_id",
            quantity=unit,
            left=max((ordered or 0) - taken, 0),
            asked=asked,
        )
    rules.enforce()
    return [
        CallOffUsed(
            reservation=begun.reservation,
            minutes=begun.minutes,
            samples=begun.samples,
            quoted_fen=begun.quoted_fen,
            basis=edition.basis("contract.mandatory"),
        )
    ]


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


def settle(call_off: CallOff, contract: Contract, outcomes: list[Outcome], *, left_fen: int | None) -> list[Event]:
    """Settle a call-off all of whose uses are over and paid; what it held too much goes back to the framework.

    What was charged beyond its ceiling is drawn from what the framework still leaves (`left_fen`).
    Raises `contracts.call_off_never_used`, `contracts.call_off_open`, `contracts.call_off_beyond_ceiling`.
    """
    require_placed(call_off, "settle_call_off")
    if not call_off.uses:
        raise refusal("contracts.call_off_never_used", number=call_off.number)
    rules = Rules()
    for outcome in outcomes:
        rules.require(outcome.closed, "contracts.call_off_open", reservation=str(outcome.reservation))
    used = sum(outcome.charged_fen for outcome in outcomes)
    beyond = max(used - call_off.ceiling_fen, 0)
    rules.require(
        left_fen is None or beyond <= left_fen,
        "contracts.call_off_beyond_ceiling",
        field="call_off_id",
        asked_fen=beyond,
        left_fen=left_fen or 0,
    )
    rules.enforce()
    return [
        CallOffSettled(
            contract=call_off.contract,
            ceiling_fen=call_off.ceiling_fen,
            used_fen=used,
            framework_ceiling_fen=contract.terms.ceiling_fen,
        )
    ]
