# SPDX-License-Identifier: Apache-2.0
"""A voucher's money follows a reservation: set aside on confirmation, released when nothing comes of it (8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.vouchers import using
from domain.vouchers.events import VoucherAmountReleased, VoucherAmountReserved
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def reserve_for(
    work: Work, grant_id: UUID, reservation_id: UUID, fee_fen: int, customer: UUID | None, user: UUID
) -> int:
    """Set aside for a reservation what its fee allows; return the amount in fen, which may be 0.

    Raises `NotFound`, and `DomainError` for a voucher that is not usable or belongs to somebody else.
    """
    grant = work.load(GRANT, grant_id)
    programme = work.load(PROGRAMME, grant.state.programme)
    decided = using.reserve(
        grant.state,
        programme.state,
        reservation=reservation_id,
        fee_fen=fee_fen,
        customer=customer,
        user=user,
        today=local_date(work.now),
    )
    work.append(grant_id, *decided)
    return sum(event.amount_fen for event in decided if isinstance(event, VoucherAmountReserved))


def release_for(work: Work, grant_id: UUID, reservation_id: UUID, reason: str) -> int:
    """Release what a reservation has set aside; return the amount in fen, 0 where there is nothing."""
    grant = work.load(GRANT, grant_id)
    decided = using.release(grant.state, reservation=reservation_id, reason=reason)
    work.append(grant_id, *decided)
    return sum(event.amount_fen for event in decided if isinstance(event, VoucherAmountReleased))
