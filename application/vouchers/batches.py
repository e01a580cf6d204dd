# SPDX-License-Identifier: Apache-2.0
"""A batch is settled in the same append in which its last claim is paid or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.vouchers import batch
from domain.vouchers.batch import BATCH
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def settle_when_done(work: Work, batch_id: UUID) -> None:
    """Append `ReimbursementBatchSettled` if no claim of a frozen batch waits for payment any more."""
    loaded = work.load(BATCH, batch_id)
    if loaded.state.state == "settled":
        return
    paid = 0
    for redemption, _ in reversed(loaded.state.items):  # paid in order, the last one tells at once
        claim = work.load(REDEMPTION, redemption).state
        if claim.batch != batch_id:
            continue
        if claim.state == "batched":
            return
        paid += claim.paid_fen
    work.append(batch_id, *batch.settle(loaded.state, paid_fen=paid))
