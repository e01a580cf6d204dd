# SPDX-License-Identifier: Apache-2.0
"""Naming the fund card to be charged: with the request, when the use ends or is confirmed, or with the feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.charge_events import FundCardNamed
from domain.billing.order import require_state

if TYPE_CHECKING:
    from domain.billing.order import Order
    from domain.kernel.event import Event


def name_fund_card(order: Order, fund_card: str) -> list[Event]:
    """Name it, or another one, before there is a bill; nothing where it stands. Raises `billing.wrong_state`."""
    require_state(order, "name_fund_card", "opened", "delivered", "accepted")
    return [] if order.fund_card == fund_card else [FundCardNamed(fund_card=fund_card)]
