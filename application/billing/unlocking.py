# SPDX-License-Identifier: Apache-2.0
"""What a change of a charge needs where its day is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.locks import lock_of
from domain.billing.period import open_charge

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.billing.order import Order
    from domain.kernel.event import Event


def unlocked(work: Work, order: Loaded[Order], reason: str | None) -> list[Event]:
    """The leave of the unit's head to change a charge of locked time; nothing where the time is open.

    Raises `billing.period_closed`.
    """
    lock = lock_of(work, order.state.unit)
    return open_charge(order.state, lock, actor=work.actor.user, reason=reason)
