# SPDX-License-Identifier: Apache-2.0
"""Charges of a settled time: changed by nobody but the unit's head; a refund corrects them from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.charge_events import ChargeLockSetAside
from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from uuid import UUID

    from domain.billing.order import Order
    from domain.kernel.event import Event
    from domain.kernel.period import Lock


def open_charge(order: Order, lock: Lock | None, *, actor: UUID, reason: str | None) -> list[Event]:
    """What lets the charge of an order be changed, by the local day that it is charged for.

    Nothing where that day is open, or nothing is charged yet; the leave of the unit's head where it is locked.
    Raises `billing.period_closed`.
    """
    day = lock.on([order.used_on]) if lock and order.used_on else None
    if lock is None or day is None:
        return []
    if reason is not None and lock.leaves(actor, reason):
        return [ChargeLockSetAside(day=day, locked_through=lock.through, head=lock.head, reason=reason)]
    rules = Rules()
    lock.refuse(rules, "billing.period_closed", day)
    rules.enforce()
    return []
