# SPDX-License-Identifier: Apache-2.0
"""A charge that the unit sets itself, or that follows a corrected record of use, before it is billed (JS 21, CQ 16)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from domain.billing.charge_events import AdjustmentDeclined, AdjustmentProposed, ChargeAdjusted, ChargeCorrected
from domain.billing.charging import require_allowed
from domain.billing.order import require_state
from domain.kernel.errors import Rules, refusal
from domain.kernel.money import allocate

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.billing.charging import Charge
    from domain.billing.events import BillLine
    from domain.billing.order import Order, OrderState
    from domain.kernel.event import Event
    from domain.kernel.quote import Quote
    from domain.policy import Edition

UNBILLED: tuple[OrderState, ...] = ("delivered", "accepted")


def spread(lines: tuple[BillLine, ...], amount_fen: int) -> tuple[BillLine, ...]:
    """The same lines for another sum, each by its share, exact by largest remainder; of nothing each takes as much."""
    weights = [Decimal(line.amount_fen) for line in lines]
    if not sum(weights):
        weights = [Decimal(1)] * len(lines)
    if not lines:
        return lines
    amounts = allocate(amount_fen, weights)
    return tuple(line.model_copy(update={"amount_fen": fen}) for line, fen in zip(lines, amounts, strict=True))


def adjust(
    order: Order,
    *,
    lines: tuple[BillLine, ...],
    reason: str,
    by: UUID,
    tariff: Quote | None,
    second_person_above_fen: int | None,
    edition: Edition,
) -> list[Event]:
    """Charge another amount, at most the computed one; the computed lines themselves take an adjustment back.

    More than the user has accepted has to be accepted again.
    `tariff` is the fee standard of the day of use, priced for the quantity used. Raises `billing.wrong_state`,
    `billing.line_kind_not_allowed`, `billing.line_exceeds_tariff`, `billing.exceeds_charge`,
    `billing.own_charge`.
    """
    require_state(order, "adjust", *UNBILLED)
    assert order.delivery is not None, "what is charged was delivered"
    rules = Rules()
    rules.require(by != order.customer_user, "billing.own_charge")
    require_allowed(rules, lines, tariff, edition)
    amount, computed = sum(line.amount_fen for line in lines), order.delivery.amount_fen
    rules.require(amount <= computed, "billing.exceeds_charge", field="lines", most_fen=computed)
    rules.enforce()
    basis = edition.basis("fee.principle", "fee.line_kinds")
    if needs_second_person(computed, amount, second_person_above_fen):
        return [AdjustmentProposed(lines=lines, amount_fen=amount, reason=reason, proposed_by=by, basis=basis)]
    return [ChargeAdjusted(lines=lines, amount_fen=amount, reason=reason, basis=basis)]


def decide(order: Order, *, approved: bool, reason: str, by: UUID, edition: Edition) -> list[Event]:
    """The second person decides.

    Raises `billing.wrong_state`, `billing.no_adjustment_proposed`, `billing.same_person`, `billing.own_charge`.
    """
    require_state(order, "decide_adjustment", *UNBILLED)
    proposed = order.proposed
    if proposed is None:
        raise refusal("billing.no_adjustment_proposed")
    if by == order.customer_user:
        raise refusal("billing.own_charge")
    if proposed.proposed_by == by:
        raise refusal("billing.same_person")
    basis = edition.basis("fee.principle", "fee.line_kinds")
    if not approved:
        return [AdjustmentDeclined(reason=reason, basis=basis)]
    return [
        ChargeAdjusted(
            lines=proposed.lines,
            amount_fen=proposed.amount_fen,
            reason=proposed.reason,
            proposed_by=proposed.proposed_by,
            basis=basis,
        )
    ]


def needs_second_person(computed_fen: int, amount_fen: int, above_fen: int | None) -> bool:
    """Whether the fee standard asks for a second person to charge so much less."""
    return above_fen is not None and computed_fen - amount_fen > above_fen


def require_no_second_person(order: Order, amount_fen: int, above_fen: int | None, *, by: UUID) -> None:
    """A bill is no way around the second person, nor are several small steps.

    Raises `billing.second_person_needed`, and `billing.own_charge` for less by the customer's own hand.
    The reduction counts from the computed charge, or from what two persons have agreed to.
    """
    if by == order.customer_user and amount_fen < order.amount_fen:
        raise refusal("billing.own_charge")
    by_two = order.adjusted if order.adjusted and order.adjusted.proposed_by else None
    agreed = by_two or order.delivery
    if agreed is not None and needs_second_person(agreed.amount_fen, amount_fen, above_fen):
        raise refusal("billing.second_person_needed", field="lines", above_fen=above_fen or 0)


def correct(
    order: Order, *, used_on: date, used_minutes: int, samples: int, charge: Charge, reason: str
) -> list[Event]:
    """Charge for the corrected record of use; a dearer one has to be accepted again. Raises `billing.wrong_state`."""
    require_state(order, "correct_charge", "opened", *UNBILLED)
    return [
        ChargeCorrected(
            used_on=used_on,
            used_minutes=used_minutes,
            samples=samples,
            tariff_version=charge.tariff_version,
            lines=charge.lines,
            amount_fen=charge.amount_fen,
            reason=reason,
        )
    ]
