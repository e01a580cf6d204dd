# SPDX-License-Identifier: Apache-2.0
"""The fund card of a use, where it is named after the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.fund_card import name_fund_card
from domain.billing.order import ORDER
from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def charge_to(work: Work, order: UUID | None, fund_card: str | None) -> None:
    """Put the charge of an order on a fund card, where one is named.

    Raises `billing.nothing_for_fund_card` where the use costs nothing and so has no order, `billing.wrong_state`.
    """
    if fund_card is None:
        return
    if order is None:
        raise refusal("billing.nothing_for_fund_card", field="fund_card")
    work.append(order, *name_fund_card(work.load(ORDER, order).state, fund_card))
