# SPDX-License-Identifier: Apache-2.0
"""The last day of a contract, from the second signature on, of which two reminders go out; and of a dispute's stage."""

from datetime import date

from domain.contracts.events import (
    AmendmentProposed,
    AmendmentSigned,
    ContractDrafted,
    ContractFulfilled,
    ContractRevised,
    ContractSigned,
    ContractTerminated,
    DisputeResolved,
)
from domain.contracts.performing_events import DisputeStageBegun, DisputeStageEnded
from domain.governance.events import DeadlinePassed
from domain.kernel.event import Recorded
from projections.deadlines.table import HOLDERS, hold, lift, on, set_deadline
from projections.handlers import known
from projections.readmodel import Rows

KIND, LAST_DAYS, STAGE = "contract_end", "contract_last_days", "dispute_stage"
"""The same day twice: one reminder long before it, one when little time is left."""


@on
def _draft(event: ContractDrafted, recorded: Recorded, rows: Rows) -> None:
    parties = {"organisation": event.provider, "counterparty": event.customer, "person": event.customer_user}
    hold(rows, recorded.stream, unit=event.unit, **parties)
    rows.change(HOLDERS, recorded.stream, noted=event.terms.valid_until)


@on
def _revise(event: ContractRevised, recorded: Recorded, rows: Rows) -> None:
    rows.change(HOLDERS, recorded.stream, noted=event.terms.valid_until, signed=[])


@on
def _sign(event: ContractSigned, recorded: Recorded, rows: Rows) -> None:
    holder = known(rows, HOLDERS, recorded.stream)
    if any(side != event.side for side in holder["signed"]):
        _ends(rows, recorded, holder["noted"])
    rows.change(HOLDERS, recorded.stream, signed=[*holder["signed"], event.side])


@on
def _propose(event: AmendmentProposed, recorded: Recorded, rows: Rows) -> None:
    """Until both sides sign it, the contract ends when it did."""
    rows.change(HOLDERS, recorded.stream, noted=event.terms.valid_until)


@on
def _amend(_event: AmendmentSigned, recorded: Recorded, rows: Rows) -> None:
    _ends(rows, recorded, known(rows, HOLDERS, recorded.stream)["noted"])


@on
def _end(_event: ContractFulfilled | ContractTerminated, recorded: Recorded, rows: Rows) -> None:
    rows.change(HOLDERS, recorded.stream, noted=None)
    for kind in (KIND, LAST_DAYS, STAGE):
        lift(rows, recorded, kind)


@on
def _pass(event: DeadlinePassed, recorded: Recorded, rows: Rows) -> None:
    """The note that the day is over is made once, for the deadline itself."""
    if event.kind == KIND:
        lift(rows, recorded, LAST_DAYS, subject=event.subject)


@on
def _begin_stage(event: DisputeStageBegun, recorded: Recorded, rows: Rows) -> None:
    if event.due_on is not None:
        set_deadline(rows, recorded, STAGE, event.due_on, item=event.stage)


@on
def _end_stage(_event: DisputeStageEnded | DisputeResolved, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, STAGE)


def _ends(rows: Rows, recorded: Recorded, last: date) -> None:
    set_deadline(rows, recorded, KIND, last)
    set_deadline(rows, recorded, LAST_DAYS, last)
