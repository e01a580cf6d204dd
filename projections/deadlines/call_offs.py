# SPDX-License-Identifier: Apache-2.0
"""The last day of a call-off; and past its own last day a contract leaves nothing to do once all under it is over.

That is every use, its payment and every dispute.

Nobody needs to close it for that; where somebody does, its deadline has been lifted already.
"""

from uuid import UUID

from domain.billing.events import FeeRefunded, OrderSettled, ServiceOrderOpened, ServiceOrderVoided
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled
from domain.contracts.events import DisputeOpened, DisputeResolved
from domain.governance.events import DeadlinePassed
from domain.kernel.event import Recorded
from domain.reservations.events import UsageAborted, UsageCompleted, UsageStarted
from projections.deadlines.contracts import KIND
from projections.deadlines.table import DEADLINES, HOLDERS, hold, lift, on, resume, set_deadline
from projections.readmodel import Rows, Table

CALL_OFFS = Table("deadline_call_offs", ("work",), {"work": "uuid", "contract": "uuid"})
"""Uses that go on, orders that are not settled and disputes, each with the contract it is under."""
END = "call_off_end"


@on
def _place(event: CallOffPlaced, recorded: Recorded, rows: Rows) -> None:
    """One that a use opened lasts as long as the use: there is nothing to remind of."""
    if not event.opened_by_use:
        parties = {"organisation": event.provider, "counterparty": event.customer, "person": event.customer_user}
        hold(rows, recorded.stream, unit=event.unit, **parties)
        set_deadline(rows, recorded, END, event.valid_until)


@on
def _close(_event: CallOffCancelled | CallOffSettled, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, END)


@on
def _begin(event: UsageStarted | ServiceOrderOpened, recorded: Recorded, rows: Rows) -> None:
    if event.contract is not None:
        _note(rows, recorded, event.contract)


@on
def _dispute(_event: DisputeOpened, recorded: Recorded, rows: Rows) -> None:
    _note(rows, recorded, recorded.stream)


@on
def _finish(
    _event: UsageCompleted | UsageAborted | OrderSettled | FeeRefunded | ServiceOrderVoided | DisputeResolved,
    recorded: Recorded,
    rows: Rows,
) -> None:
    row = rows.get(CALL_OFFS, recorded.stream)
    if row is not None:
        rows.delete(CALL_OFFS, recorded.stream)
        _count(rows, recorded, row["contract"], -1)


@on
def _pass(event: DeadlinePassed, recorded: Recorded, rows: Rows) -> None:
    if event.kind == KIND:
        _look(rows, recorded, event.subject)


def _note(rows: Rows, recorded: Recorded, contract: UUID) -> None:
    rows.put(CALL_OFFS, {"work": recorded.stream, "contract": contract})
    _count(rows, recorded, contract, 1)


def _count(rows: Rows, recorded: Recorded, contract: UUID, change: int) -> None:
    holder = rows.get(HOLDERS, contract)
    if holder is not None:
        rows.change(HOLDERS, contract, outstanding=holder["outstanding"] + change)
        _look(rows, recorded, contract)


def _look(rows: Rows, recorded: Recorded, contract: UUID) -> None:
    """A contract that was closed has no day noted and stays as it was closed."""
    holder, row = rows.get(HOLDERS, contract), rows.get(DEADLINES, KIND, contract, "")
    if holder is None or holder["noted"] is None or row is None or row["passed_at"] is None:
        return
    if holder["outstanding"]:
        resume(rows, contract, KIND)
    else:
        lift(rows, recorded, KIND, subject=contract)
