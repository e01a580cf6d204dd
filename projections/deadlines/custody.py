# SPDX-License-Identifier: Apache-2.0
"""Days of a resource in other hands: the end of a finance lease; and none where customs has released an import."""

from domain.kernel.event import Recorded
from domain.resources.custody_events import CustomsSupervisionEnded, FinanceLeaseEnded, FinanceLeaseRecorded
from projections.deadlines.table import lift, on, set_deadline
from projections.readmodel import Rows


@on
def _lease(event: FinanceLeaseRecorded, recorded: Recorded, rows: Rows) -> None:
    number, lessee = event.contract_number, event.lessee
    set_deadline(rows, recorded, "finance_lease", event.valid_until, item=number, counterparty=lessee)


@on
def _end_lease(event: FinanceLeaseEnded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, "finance_lease", event.contract_number)


@on
def _release(_event: CustomsSupervisionEnded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, "customs_condition")
