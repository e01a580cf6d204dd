# SPDX-License-Identifier: Apache-2.0
"""The last day of a contract, from the second signature on."""

from domain.contracts.events import (
    AmendmentProposed,
    AmendmentSigned,
    ContractDrafted,
    ContractFulfilled,
    ContractRevised,
    ContractSigned,
    ContractTerminated,
)
from domain.kernel.event import Recorded
from projections.deadlines.table import HOLDERS, hold, lift, on, set_deadline
from projections.handlers import known
from projections.readmodel import Rows

KIND = "contract_end"


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
        set_deadline(rows, recorded, KIND, holder["noted"])
    rows.change(HOLDERS, recorded.stream, signed=[*holder["signed"], event.side])


@on
def _propose(event: AmendmentProposed, recorded: Recorded, rows: Rows) -> None:
    """Until both sides sign it, the contract ends when it did."""
    rows.change(HOLDERS, recorded.stream, noted=event.terms.valid_until)


@on
def _amend(_event: AmendmentSigned, recorded: Recorded, rows: Rows) -> None:
    set_deadline(rows, recorded, KIND, known(rows, HOLDERS, recorded.stream)["noted"])


@on
def _end(_event: ContractFulfilled | ContractTerminated, recorded: Recorded, rows: Rows) -> None:
    rows.change(HOLDERS, recorded.stream, noted=None)
    lift(rows, recorded, KIND)
