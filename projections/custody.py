# SPDX-License-Identifier: Apache-2.0
"""Who owns and who runs a resource, and where customs supervision stands (JS 23; CQ 15.b, 15.c, 18)."""

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from domain.kernel.event import Recorded
from domain.resources.custody_events import (
    CustomsSupervisionEnded,
    FinanceLeaseEnded,
    FinanceLeaseRecorded,
    OutsideUseApproved,
)
from domain.resources.events import (
    CustomsConditionRecorded,
    OperationAuthorisationEnded,
    OperationAuthorised,
    ResourceReassigned,
    ResourceRegistered,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
)
from projections.handlers import Handlers, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

CUSTODY = Table(
    "custody",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "legal_person": "uuid",
        "name_zh": "text",
        "operators": "jsonb",  # [{operator, mode, scope, valid_from, valid_until}], both days included
        "leases": "jsonb",  # [{lessor, lessee, contract_number, valid_from, valid_until, ended_on, title_to}]
        "duty_free": "boolean",
        "customs": "jsonb",  # [{notice_number, valid_from, valid_until}]
        "customs_until": "date",  # the last day that a condition covers; null without one
        "outside_uses": "jsonb",  # [{place, purpose, notice_number, valid_from, valid_until}]
        "released_on": "date",  # from when on no condition is needed
        "withdrawn": "boolean",
    },
    ("(unit)", "(customs_until, id) WHERE duty_free"),
)
UNCOVERED = (
    "((released_on IS NULL OR released_on > %s) AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(customs) AS c"
    " WHERE (c->>'valid_from')::date <= %s AND %s <= (c->>'valid_until')::date))"
)
Standing = Literal["valid", "lapsed", "missing", "released"]

on = Handlers()


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(include={"unit", "legal_person", "name_zh", "duty_free"})
    nothing: Row = {"operators": [], "leases": [], "customs": [], "outside_uses": [], "withdrawn": False}
    rows.put(CUSTODY, new_row(CUSTODY, id=recorded.stream, **given, **nothing))


@on
def _rename(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    if event.name_zh is not None:
        rows.change(CUSTODY, recorded.stream, name_zh=event.name_zh)


@on
def _move(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    rows.change(CUSTODY, recorded.stream, unit=event.to_unit, legal_person=event.to_legal_person)


@on
def _withdraw(_event: ResourceWithdrawn, recorded: Recorded, rows: Rows) -> None:
    rows.change(CUSTODY, recorded.stream, withdrawn=True)


@on
def _authorise(event: OperationAuthorised, recorded: Recorded, rows: Rows) -> None:
    period = event.model_dump(mode="json", include={"operator", "scope", "valid_from", "valid_until"})
    _add(rows, recorded, "operators", {"mode": "agency_model", **period})


@on
def _dismiss(event: OperationAuthorisationEnded, recorded: Recorded, rows: Rows) -> None:
    operators = known(rows, CUSTODY, recorded.stream)["operators"]
    left = [each for each in operators if each["operator"] != str(event.operator)]
    rows.change(CUSTODY, recorded.stream, operators=left)


@on
def _lease(event: FinanceLeaseRecorded, recorded: Recorded, rows: Rows) -> None:
    lease = event.model_dump(mode="json", exclude={"basis"})
    period = {"valid_from": lease["valid_from"], "valid_until": lease["valid_until"]}
    by_lease = {"mode": "finance_lease_model", "operator": lease["lessee"], "scope": lease["contract_number"]}
    _add(rows, recorded, "leases", lease | {"ended_on": None, "title_to": None})
    _add(rows, recorded, "operators", by_lease | period)


@on
def _end_lease(event: FinanceLeaseEnded, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, CUSTODY, recorded.stream)
    ended = {"ended_on": event.ended_on.isoformat(), "title_to": event.title_to}
    last = (event.ended_on - timedelta(days=1)).isoformat()
    leases = [each | ended if each["contract_number"] == event.contract_number else each for each in row["leases"]]
    operators = [
        each | {"valid_until": min(last, each["valid_until"])}
        if (each["mode"], each["scope"]) == ("finance_lease_model", event.contract_number)
        else each
        for each in row["operators"]
    ]
    rows.change(CUSTODY, recorded.stream, leases=leases, operators=operators)


@on
def _condition(event: CustomsConditionRecorded, recorded: Recorded, rows: Rows) -> None:
    _add(rows, recorded, "customs", event.model_dump(mode="json", exclude={"basis"}))
    until = known(rows, CUSTODY, recorded.stream)["customs_until"]
    rows.change(CUSTODY, recorded.stream, customs_until=max(until or event.valid_until, event.valid_until))


@on
def _outside(event: OutsideUseApproved, recorded: Recorded, rows: Rows) -> None:
    _add(rows, recorded, "outside_uses", event.model_dump(mode="json", exclude={"basis"}))


@on
def _release(event: CustomsSupervisionEnded, recorded: Recorded, rows: Rows) -> None:
    rows.change(CUSTODY, recorded.stream, released_on=event.ended_on)


def _add(rows: Rows, recorded: Recorded, column: str, item: dict[str, Any]) -> None:
    rows.change(CUSTODY, recorded.stream, **{column: [*known(rows, CUSTODY, recorded.stream)[column], item]})


MODEL = ReadModel("custody", (CUSTODY,), on.apply, types=on.types)


def custody(cursor: Cursor, resource_id: UUID) -> Row | None:
    """Owner, operators and customs of one resource."""
    return find(cursor, CUSTODY, id=resource_id)


def owner_on(row: Row, day: date) -> str:
    """Who owns the resource on a day: the lessor of a lease, else the unit's legal person."""
    today = day.isoformat()
    for each in row["leases"]:
        if each["valid_from"] <= today <= each["valid_until"] and (not each["ended_on"] or today < each["ended_on"]):
            return str(each["lessor"])
    return str(row["legal_person"])


def operators_on(row: Row, day: date) -> list[dict[str, Any]]:
    """Who runs it on a day, beside its own unit."""
    return [each for each in row["operators"] if each["valid_from"] <= day.isoformat() <= each["valid_until"]]


def standing_on(row: Row, day: date) -> Standing:
    """Where customs supervision stands on a day."""
    if row["released_on"] is not None and row["released_on"] <= day:
        return "released"
    if any(each["valid_from"] <= day.isoformat() <= each["valid_until"] for each in row["customs"]):
        return "valid"
    return "lapsed" if row["customs"] else "missing"


def under_supervision(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    legal_person: UUID | None = None,
    lapsing_by: date | None = None,
    uncovered_on: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Duty-free imports in use; the two filters leave out what customs have released.

    `lapsing_by` keeps those whose last condition ends on that day or before, `uncovered_on` those without one on a day;
    a condition that never was counts as ended. A lapse changes no state by itself: it is shown here (CQ 18).
    """
    where = Where().equals(unit=unit, legal_person=legal_person, duty_free=True, withdrawn=False)
    condition = "(released_on IS NULL OR released_on > %s) AND (customs_until IS NULL OR customs_until <= %s)"
    where.holds(condition, lapsing_by, lapsing_by)
    where.holds(UNCOVERED, uncovered_on, uncovered_on, uncovered_on)
    return read_page(cursor, MODEL.name, CUSTODY, where, Keyset(("id",)), after=after, limit=limit)
