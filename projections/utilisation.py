# SPDX-License-Identifier: Apache-2.0
"""How much publicly paid instruments are used: base rows by month, from which ratios are computed when asked for.

Only times `published` count as open. A maintenance takes away open time where it covers every lane, and so does a
closure of the resource or of its unit, which is always announced before it begins: closed time is no open time.

Used minutes are those of completed and aborted uses, split at month ends; a use is counted where it was completed.
"""

from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.parties.closure_events import UnitClosureAnnounced, UnitClosureLifted
from domain.parties.events import UnitRegistered, UnitRenamed
from domain.reservations.events import ReservationRequested, UsageAborted, UsageCompleted, UsageCorrected
from domain.resources.closure_events import ClosureAnnounced, ClosureLifted
from domain.resources.events import (
    ExemptionClaimed,
    ExemptionEnded,
    ExemptionRefused,
    MaintenanceEnded,
    MaintenanceScheduled,
    OpeningPublished,
    ResourcePublished,
    ResourceReassigned,
    ResourceRegistered,
    ResourceResumed,
    ResourceSuspended,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
)
from projections.handlers import Handlers, known, new_row
from projections.months import month_at, split_by_month
from projections.readmodel import ReadModel, Row, Rows, Table

RESOURCES = Table(
    "utilisation_resources",
    ("resource",),
    {
        "resource": "uuid",
        "unit": "uuid",
        "name_zh": "text",
        "name_en": "text",
        "intervals": "bigint",  # how often it was published or resumed
        "published": "boolean",
        "hidden": "boolean",  # exempt, or claimed to be: never shown to the public
    },
    ("(unit)",),
)
UNITS = Table("utilisation_units", ("unit",), {"unit": "uuid", "name_zh": "text", "name_en": "text"})
INTERVALS = Table(
    "utilisation_intervals",
    ("resource", "number"),
    {"resource": "uuid", "number": "bigint", "unit": "uuid", "starts_at": "timestamptz", "ends_at": "timestamptz"},
    ("(unit)",),
)
OPENINGS = Table(
    "utilisation_openings",
    ("resource", "opening_version"),
    {
        "resource": "uuid",
        "opening_version": "bigint",
        "effective_from": "date",
        "windows": "jsonb",
        "terms": "jsonb",
        "rated_minutes_per_year": "bigint",
    },
)
MAINTENANCES = Table(
    "utilisation_maintenances",
    ("maintenance",),
    {
        "maintenance": "uuid",
        "resource": "uuid",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "lanes": "jsonb",
    },
    ("(resource)",),
)
CLOSURES = Table(
    "utilisation_closures",
    ("closure", "number"),
    {
        "closure": "uuid",
        "number": "bigint",
        "resource": "uuid",  # the resource, or the unit for all of its resources
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "lanes": "jsonb",  # none means all
    },
    ("(resource)",),
)
USAGE = Table(
    "utilisation_usage",
    ("month", "resource", "unit"),
    {
        "month": "date",
        "resource": "uuid",
        "unit": "uuid",
        "used_minutes": "bigint",
        "external_minutes": "bigint",
        "uses": "bigint",
        "external_uses": "bigint",
        "corrections": "bigint",
    },
    ("(unit, month)", "(resource, month)"),
)
USES = Table(
    "utilisation_reservations",
    ("reservation",),
    {
        "reservation": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "external": "boolean",
        "started_at": "timestamptz",
        "ended_at": "timestamptz",
        "used_minutes": "bigint",
        "completed": "boolean",
    },
    ("(started_at, reservation)", "(unit, started_at)"),
)

on = Handlers()


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    names = {"name_zh": event.name_zh, "name_en": event.name_en}
    row = new_row(
        RESOURCES, resource=recorded.stream, unit=event.unit, intervals=0, published=False, hidden=False, **names
    )
    rows.put(RESOURCES, row)


@on
def _name_unit(event: UnitRegistered | UnitRenamed, recorded: Recorded, rows: Rows) -> None:
    rows.put(UNITS, {"unit": recorded.stream, "name_zh": event.name_zh, "name_en": event.name_en})


@on
def _rename(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    names = {"name_zh": event.name_zh, "name_en": event.name_en}
    rows.change(RESOURCES, recorded.stream, **{name: text for name, text in names.items() if text is not None})


@on
def _open(_event: ResourcePublished | ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, RESOURCES, recorded.stream)
    if row["published"]:
        return
    number = row["intervals"] + 1
    begun = recorded.meta.occurred_at
    interval = new_row(INTERVALS, resource=recorded.stream, number=number, unit=row["unit"], starts_at=begun)
    rows.put(INTERVALS, interval)
    rows.change(RESOURCES, recorded.stream, intervals=number, published=True)


@on
def _close(
    _event: ResourceSuspended | ExemptionClaimed | ResourceWithdrawn | ResourceReassigned | ResourceTransferred,
    recorded: Recorded,
    rows: Rows,
) -> None:
    row = known(rows, RESOURCES, recorded.stream)
    if row["published"]:
        rows.change(INTERVALS, recorded.stream, row["intervals"], ends_at=recorded.meta.occurred_at)
        rows.change(RESOURCES, recorded.stream, published=False)


@on
def _hide(_event: ExemptionClaimed, recorded: Recorded, rows: Rows) -> None:
    rows.change(RESOURCES, recorded.stream, hidden=True)


@on
def _show(_event: ExemptionRefused | ExemptionEnded, recorded: Recorded, rows: Rows) -> None:
    rows.change(RESOURCES, recorded.stream, hidden=False)


@on
def _hand_over(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    rows.change(RESOURCES, recorded.stream, unit=event.to_unit)


@on
def _publish_opening(event: OpeningPublished, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        OPENINGS,
        resource=recorded.stream,
        opening_version=event.opening_version,
        effective_from=event.effective_from,
        windows=[window.model_dump(mode="json") for window in event.windows],
        terms=event.terms.model_dump(mode="json"),
        rated_minutes_per_year=event.rated_minutes_per_year,
    )
    rows.put(OPENINGS, row)


@on
def _schedule_maintenance(event: MaintenanceScheduled, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        MAINTENANCES,
        maintenance=event.maintenance,
        resource=recorded.stream,
        starts_at=event.span.start,
        ends_at=event.span.end,
        lanes=list(event.lanes),
    )
    rows.put(MAINTENANCES, row)


@on
def _end_maintenance(event: MaintenanceEnded, _recorded: Recorded, rows: Rows) -> None:
    row = known(rows, MAINTENANCES, event.maintenance)
    until = max(row["starts_at"], min(row["ends_at"], event.ended_at))
    rows.change(MAINTENANCES, event.maintenance, ends_at=until)


@on
def _announce_closure(event: ClosureAnnounced | UnitClosureAnnounced, recorded: Recorded, rows: Rows) -> None:
    lanes = list(event.lanes) if isinstance(event, ClosureAnnounced) and event.lanes is not None else None
    for number, span in enumerate(event.spans):
        row = new_row(
            CLOSURES,
            closure=event.closure,
            number=number,
            resource=recorded.stream,
            starts_at=span.start,
            ends_at=span.end,
            lanes=lanes,
        )
        rows.put(CLOSURES, row)


@on
def _lift_closure(event: ClosureLifted | UnitClosureLifted, _recorded: Recorded, rows: Rows) -> None:
    """What lies behind stays closed; the rest is open again."""
    number = 0
    while row := rows.get(CLOSURES, event.closure, number):
        until = max(row["starts_at"], min(row["ends_at"], event.lifted_from))
        rows.change(CLOSURES, event.closure, number, ends_at=until)
        number += 1


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        USES,
        reservation=recorded.stream,
        resource=event.resource,
        unit=event.unit,
        external=event.external,
        used_minutes=0,
        completed=False,
    )
    rows.put(USES, row)


@on
def _finish(event: UsageCompleted | UsageAborted, recorded: Recorded, rows: Rows) -> None:
    use = known(rows, USES, recorded.stream) | {
        "started_at": event.started_at,
        "ended_at": event.ended_at,
        "used_minutes": event.used_minutes,
        "completed": isinstance(event, UsageCompleted),
    }
    rows.put(USES, use)
    _count(rows, use, 1)


@on
def _correct(event: UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    """The old figures leave, the corrected ones come: the month of the start keeps count of corrections."""
    before = known(rows, USES, recorded.stream)
    use = before | {"started_at": event.started_at, "ended_at": event.ended_at, "used_minutes": event.used_minutes}
    _count(rows, before, -1)
    rows.put(USES, use)
    _count(rows, use, 1)
    rows.add(USAGE, month_at(event.started_at), use["resource"], use["unit"], corrections=1)


MODEL = ReadModel(
    "utilisation",
    (RESOURCES, UNITS, INTERVALS, OPENINGS, MAINTENANCES, CLOSURES, USAGE, USES),
    on.apply,
    types=on.types,
)


def _count(rows: Rows, use: Row, sign: int) -> None:
    """Add a use to its months (`sign` 1) or take it out again (-1)."""
    start: datetime = use["started_at"]
    resource: UUID = use["resource"]
    outside = int(use["external"])
    for month, minutes in split_by_month(start, use["ended_at"], use["used_minutes"]).items():
        signed = sign * minutes
        rows.add(USAGE, month, resource, use["unit"], used_minutes=signed, external_minutes=outside * signed)
    if use["completed"]:
        rows.add(USAGE, month_at(start), resource, use["unit"], uses=sign, external_uses=sign * outside)
