# SPDX-License-Identifier: Apache-2.0
"""Ledgers as imported, and beside them what the registry and the purchase reviews say of the same asset numbers.

All stand in one read model with the mergers of units, so that a gap list shows one moment of the log; it is asked in
`ledger_of_unit`. What counts as a gap is decided when
somebody looks, by the editions of each line's business dates: `apply` knows no policy.
"""

from domain.kernel.event import Recorded
from domain.kernel.time import local_date
from domain.parties.events import UnitMerged
from domain.purchasing.events import ProcurementCompleted
from domain.resources.events import (
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    ExemptionRefused,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourcePublished,
    ResourceReassigned,
    ResourceRegistered,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
)
from domain.resources.ledger.events import (
    AssetLedgerImported,
    AssetLinesAdded,
    AssetLinesChanged,
    AssetLinesRemoved,
)
from domain.resources.ledger.line import asset_key
from domain.resources.registry_events import ListingExceptionGranted, ReturnConceded
from projections.handlers import Handlers, amend, known, new_row
from projections.readmodel import ReadModel, Rows, Table

IMPORTS = Table(
    "asset_ledger_imports",
    ("unit", "version"),
    {
        "unit": "uuid",
        "version": "bigint",
        "as_of": "date",
        "imported_at": "timestamptz",
        "imported_by": "uuid",
        "source_name": "text",
        "source_digest": "text",
        "lines": "bigint",
        "total_value_fen": "bigint",
        "added": "bigint",
        "changed": "bigint",
        "removed": "bigint",
        "unread": "bigint",
        "removals_withheld": "boolean",
    },
)
LINES = Table(
    "asset_ledger_lines",
    ("unit", "asset_key"),
    {
        "unit": "uuid",
        "asset_key": "text",
        "line": "jsonb",
        "first_as_of": "date",
        "changed_as_of": "date",
        "gone_as_of": "date",  # null while the ledger has it
    },
)
REGISTERED = Table(
    "asset_ledger_registry",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "asset_key": "text",
        "asset_number": "text",
        "name": "text",
        "model": "text",
        "value_fen": "bigint",
        "accepted_on": "date",
        "holding": "text",
        "state": "text",  # registered, exempt_claimed, exempt or withdrawn
        "reported_at": "timestamptz",
        "returned_report": "timestamptz",  # the report that a return undid; it counts again where that was conceded
        "opened_at": "timestamptz",
        "excused": "boolean",
        "version": "bigint",
    },
    ("(unit)",),
)
REVIEWED = Table(
    "asset_ledger_reviews",
    ("unit", "asset_key"),
    {"unit": "uuid", "asset_key": "text", "review": "uuid", "accepted_on": "date"},
)

MERGERS = Table(
    "asset_ledger_mergers",
    ("unit",),
    {"unit": "uuid", "successor": "uuid", "merged_on": "date"},
    ("(successor)",),
)
"""Units that have ended in another one."""

on = Handlers()


@on
def _import(event: AssetLedgerImported, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(exclude={"basis", "legal_person"})
    moment = {"imported_at": recorded.meta.occurred_at, "imported_by": recorded.meta.actor.user}
    rows.put(IMPORTS, new_row(IMPORTS, version=recorded.version, **stated, **moment))


@on
def _list(event: AssetLinesAdded | AssetLinesChanged, _recorded: Recorded, rows: Rows) -> None:
    for line in event.lines:
        before = rows.get(LINES, event.unit, line.key)
        first = before["first_as_of"] if before else event.as_of
        row = {"unit": event.unit, "asset_key": line.key, "line": line.model_dump(mode="json")}
        rows.put(LINES, {**row, "first_as_of": first, "changed_as_of": event.as_of, "gone_as_of": None})


@on
def _remove(event: AssetLinesRemoved, _recorded: Recorded, rows: Rows) -> None:
    for number in event.asset_numbers:
        rows.change(LINES, event.unit, asset_key(number), gone_as_of=event.as_of)


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        REGISTERED,
        id=recorded.stream,
        unit=event.unit,
        asset_key=asset_key(event.asset_number),
        asset_number=event.asset_number,
        name=event.name_zh,
        model=event.model,
        value_fen=event.original_value_fen,
        accepted_on=event.accepted_on,
        holding=event.holding,
        state="registered",
        excused=False,
        version=recorded.version,
    )
    rows.put(REGISTERED, row)


@on
def _update(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    stated = {"name": event.name_zh, "model": event.model, "value_fen": event.original_value_fen}
    changes = {**stated, "accepted_on": event.accepted_on}
    amend(rows, REGISTERED, recorded, **{name: value for name, value in changes.items() if value is not None})


@on
def _move(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    key = asset_key(event.asset_number)
    amend(rows, REGISTERED, recorded, unit=event.to_unit, asset_key=key, asset_number=event.asset_number)


@on
def _report(_event: ResourceDataSubmitted, recorded: Recorded, rows: Rows) -> None:
    first = known(rows, REGISTERED, recorded.stream)["reported_at"] or recorded.meta.occurred_at
    amend(rows, REGISTERED, recorded, reported_at=first)


@on
def _return(_event: ResourceDataReturned, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTERED, recorded.stream)
    undone = row["returned_report"] or row["reported_at"]
    amend(rows, REGISTERED, recorded, reported_at=None, returned_report=undone)


@on
def _concede(_event: ReturnConceded, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTERED, recorded.stream)
    amend(rows, REGISTERED, recorded, reported_at=row["returned_report"] or row["reported_at"], returned_report=None)


@on
def _open(_event: ResourcePublished, recorded: Recorded, rows: Rows) -> None:
    first = known(rows, REGISTERED, recorded.stream)["opened_at"] or recorded.meta.occurred_at
    amend(rows, REGISTERED, recorded, opened_at=first)


@on
def _excuse(_event: ListingExceptionGranted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REGISTERED, recorded, excused=True)


@on
def _procure(event: ProcurementCompleted, recorded: Recorded, rows: Rows) -> None:
    for asset in event.assets:
        row = {"unit": event.unit, "asset_key": asset_key(asset.asset_number), "review": recorded.stream}
        rows.put(REVIEWED, {**row, "accepted_on": event.accepted_on})


@on
def _merge(event: UnitMerged, recorded: Recorded, rows: Rows) -> None:
    merged_on = local_date(recorded.meta.occurred_at)
    rows.put(MERGERS, {"unit": recorded.stream, "successor": event.successor, "merged_on": merged_on})


on.states(
    REGISTERED,
    {
        ExemptionClaimed: "exempt_claimed",
        ExemptionConfirmed: "exempt",
        ExemptionRefused: "registered",
        ExemptionEnded: "registered",
        ResourceWithdrawn: "withdrawn",
    },
)
MODEL = ReadModel("asset_ledger", (IMPORTS, LINES, REGISTERED, REVIEWED, MERGERS), on.apply, types=on.types)
