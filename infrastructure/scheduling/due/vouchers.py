# SPDX-License-Identifier: Apache-2.0
"""Vouchers whose last day is over: their rest lapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.vouchers.expire_voucher import ExpireVoucher
from domain.kernel.time import local_date
from infrastructure.scheduling.due.line import DueWork
from projections.voucher_balances import grants_to_expire

if TYPE_CHECKING:
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction


def past_validity(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Usable vouchers past their validity."""
    with jurisdiction.database.reading() as cursor:
        due = grants_to_expire(cursor, local_date(now))
    return [DueWork(grant, ExpireVoucher(grant_id=grant)) for grant in due]
