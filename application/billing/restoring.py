# SPDX-License-Identifier: Apache-2.0
"""A voucher part that a void or a refund gives back returns to its grant (A47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.vouchers import lapsing
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.billing.order import Order


def restore_voucher(work: Work, order: Loaded[Order], amount_fen: int, reason: str) -> None:
    """Give an amount back to the grant it was deducted from; with a lapsed grant it returns to the budgets."""
    grant_id = order.state.deducted_grant
    if grant_id is None or amount_fen == 0:
        return
    grant = work.load(GRANT, grant_id)
    restored = lapsing.restore(grant.state, grant_id, order=order.id, amount_fen=amount_fen, reason=reason)
    work.append(grant_id, *restored)
