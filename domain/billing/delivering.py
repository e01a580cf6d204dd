# SPDX-License-Identifier: Apache-2.0
"""From use to an accepted quantity (lifecycle 6.5; JS 16.a, 18.a; CQ 14.b)."""

from __future__ import annotations

from datetime import date

from domain.billing.charging import Charge
from domain.billing.events import ReworkRequested, ServiceAccepted, ServiceDelivered, ServiceOrderVoided
from domain.billing.order import Order, require_state
from domain.kernel.errors import refusal
from domain.kernel.event import Event


def deliver(order: Order, *, used_on: date, used_minutes: int, samples: int, charge: Charge) -> list[Event]:
    """Quantities from completed use, or corrected ones after rework; charged for the day of use."""
    require_state(order, "deliver", "opened")
    return [
        ServiceDelivered(
            used_on=used_on,
            used_minutes=used_minutes,
            samples=samples,
            tariff_version=charge.tariff_version,
            lines=charge.lines,
            amount_fen=charge.amount_fen,
        )
    ]


def require_delivered_before(order: Order) -> None:
    """A second delivery corrects a first one, which named the day of use. Raises `billing.never_delivered`."""
    require_state(order, "deliver", "opened")
    if order.delivery is None:
        raise refusal("billing.never_delivered")


def request_rework(order: Order, *, reason: str) -> list[Event]:
    """The user sends the delivery back."""
    require_state(order, "request_rework", "delivered")
    return [ReworkRequested(reason=reason)]


def accept(order: Order) -> list[Event]:
    """The user confirms the quantity."""
    require_state(order, "accept", "delivered")
    return [ServiceAccepted()]


def void(order: Order, *, reason: str, disputed: bool) -> list[Event]:
    """Nothing is owed. A delivered order is voided only as the outcome of a dispute (lifecycle 6.5).

    Raises `billing.no_dispute`.
    """
    require_state(order, "void", "opened", "delivered")
    if order.state == "delivered" and not disputed:
        raise refusal("billing.no_dispute")
    return [ServiceOrderVoided(reason=reason)]
