# SPDX-License-Identifier: Apache-2.0
"""Recorded outputs, and what duties to acknowledge follow from: contracts in force and completed uses (JS 20, CQ 17).

Which of the two make duties the regulation says, and it is asked when they are shown. A use for the provider itself
makes none: the user of the regulations is another (JS 4, CQ 4).
"""

from uuid import UUID

from domain.billing.events import ServiceOrderOpened
from domain.contracts.acknowledging import MET_BY
from domain.contracts.events import AmendmentProposed, AmendmentSigned, ContractDrafted, ContractRevised, ContractSigned
from domain.contracts.output_events import OutputRecorded, OutputWithdrawn
from domain.kernel.event import Recorded
from domain.kernel.time import local_date
from domain.reservations.events import UsageCompleted
from projections.handlers import Handlers, amend, known, new_row
from projections.output_tables import GROUNDS, OUTPUTS
from projections.readmodel import ReadModel, Row, Rows

on = Handlers()


@on
def _draft(event: ContractDrafted, recorded: Recorded, rows: Rows) -> None:
    parties = event.model_dump(include={"unit", "provider", "customer", "customer_user"})
    ground = {"id": recorded.stream, "ground": "contract", "contract": recorded.stream}
    rows.put(GROUNDS, _empty(**ground, **parties, **_agreed(event), signed=[]))


@on
def _revise(event: ContractRevised, recorded: Recorded, rows: Rows) -> None:
    rows.change(GROUNDS, recorded.stream, **_agreed(event), signed=[])


@on
def _sign(event: ContractSigned, recorded: Recorded, rows: Rows) -> None:
    signed = known(rows, GROUNDS, recorded.stream)["signed"]
    since = {"since": local_date(event.signed_at or recorded.meta.occurred_at)} if signed else {}
    rows.change(GROUNDS, recorded.stream, signed=[*signed, event.side], **since)


@on
def _propose(event: AmendmentProposed, recorded: Recorded, rows: Rows) -> None:
    rows.change(GROUNDS, recorded.stream, proposed=_agreed(event))


@on
def _amend(_event: AmendmentSigned, recorded: Recorded, rows: Rows) -> None:
    proposed = known(rows, GROUNDS, recorded.stream)["proposed"]
    rows.change(GROUNDS, recorded.stream, proposed=None, **proposed)


@on
def _complete(event: UsageCompleted, recorded: Recorded, rows: Rows) -> None:
    """Whose use it was says the order that is opened with it, for others only."""
    rows.put(GROUNDS, _empty(id=recorded.stream, ground="use", noted=local_date(event.ended_at)))


@on
def _order(event: ServiceOrderOpened, _recorded: Recorded, rows: Rows) -> None:
    use = event.reservation if event.kind == "service" else None
    row = None if use is None else rows.get(GROUNDS, use)
    if row is not None and event.external:
        parties = event.model_dump(include={"unit", "provider", "customer", "customer_user", "contract"})
        rows.change(GROUNDS, use, since=row["noted"], **parties)


@on
def _record(event: OutputRecorded, recorded: Recorded, rows: Rows) -> None:
    same = event.model_dump(mode="json", exclude={"basis", "published_on"})
    day = {"published_on": event.published_on, "year": event.published_on.year}
    recorded_at = recorded.meta.occurred_at
    row = {**same, **day, **event.model_dump(include={"contract", "unit", "provider", "customer", "customer_user"})}
    rows.put(
        OUTPUTS,
        new_row(OUTPUTS, id=recorded.stream, withdrawn=False, recorded_at=recorded_at, version=recorded.version, **row),
    )
    _count(rows, recorded.stream, 1)


@on
def _withdraw(_event: OutputWithdrawn, recorded: Recorded, rows: Rows) -> None:
    _count(rows, recorded.stream, -1)
    amend(rows, OUTPUTS, recorded, withdrawn=True)


def _empty(**columns: object) -> Row:
    none: Row = {"agreed": [], "owed": [], "counts": {}, "met": [], "counts_for_all": {}, "met_for_all": []}
    return new_row(GROUNDS, **{**none, **columns})


def _agreed(event: ContractDrafted | ContractRevised | AmendmentProposed) -> Row:
    agreed = list(event.terms.acknowledgement_outputs)
    return {"agreed": agreed, "owed": sorted({MET_BY[kind] for kind in agreed if kind in MET_BY})}


def _count(rows: Rows, output_id: UUID, change: int) -> None:
    """What acknowledges counts for the uses it names and for their contracts; for all uses where it names none."""
    output = known(rows, OUTPUTS, output_id)
    if not output["acknowledged"]:
        return
    contracts = {output["contract"]} if output["contract"] else set()
    for use in map(UUID, output["reservations"]):
        row = rows.get(GROUNDS, use)
        if row is not None:
            _add(rows, use, "counts", "met", output["kind"], change)
            contracts |= {row["contract"]} if row["contract"] else set()
    for contract in sorted(contracts):
        _add(rows, contract, "counts", "met", output["kind"], change)
    if output["contract"] and not output["reservations"]:
        _add(rows, output["contract"], "counts_for_all", "met_for_all", output["kind"], change)


def _add(rows: Rows, ground: UUID, counts: str, met: str, kind: str, change: int) -> None:
    row = known(rows, GROUNDS, ground)
    counted = {**row[counts], kind: row[counts].get(kind, 0) + change}
    rows.change(GROUNDS, ground, **{counts: counted, met: sorted(name for name, n in counted.items() if n > 0)})


MODEL = ReadModel("outputs", (OUTPUTS, GROUNDS), on.apply, types=on.types)
