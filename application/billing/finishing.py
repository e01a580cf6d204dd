# SPDX-License-Identifier: Apache-2.0
"""What every step of an order ends with: the events, what they release, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.call_offs import CLOSED, settle_with_order
from application.command import Result
from application.vouchers.reserving import release_for
from domain.billing.events import InvoiceCleared, ServiceOrderVoided
from domain.billing.order import ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from application.work import Loaded, Work
    from domain.billing.order import Order
    from domain.kernel.event import Event


def finish(work: Work, loaded: Loaded[Order], decided: Sequence[Event]) -> Result:
    """Append; once nothing is open or owed, what the reservation still had set aside of a voucher is released (8.3)."""
    order = loaded.state
    work.append(loaded.id, *decided)
    over = any(isinstance(event, InvoiceCleared | ServiceOrderVoided) for event in decided)
    if over and order.voucher_grant is not None and order.reservation is not None:
        release_for(work, order.voucher_grant, order.reservation, "order_closed")
    after = ORDER.fold(decided, order)
    assert after is not None, "an order stays an order"
    if after.state in CLOSED and order.contract is not None and order.reservation is not None:
        settle_with_order(work, order.reservation)
    return Result(
        id=loaded.id,
        data={
            "state": after.state,
            "bill_number": after.bill_number,
            "amount_fen": after.amount_fen,
            "deducted_fen": after.deducted_fen,
            "paid_fen": after.paid_fen,
            "open_fen": after.open_fen,
            "refunded_fen": after.refunded_fen,
        },
    )
