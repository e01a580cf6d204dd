# SPDX-License-Identifier: Apache-2.0
"""The duty rosters of instruments, every version; whoever takes an instrument over begins with none."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.kernel.event import Recorded
from domain.kernel.time import local_date
from domain.resources.duty import DutyRoster
from domain.resources.duty_events import DutyRosterPublished
from domain.resources.events import ResourceReassigned, ResourceTransferred
from projections.handlers import Handlers
from projections.paging import Cursor, fetch, find
from projections.readmodel import ReadModel, Row, Rows, Table

ROSTERS = Table(
    "duty_rosters",
    ("resource",),
    {
        "resource": "uuid",
        "rosters": "jsonb",  # versions, the first one first
        "people": "jsonb",  # everybody whom a version names
        "changed_at": "timestamptz",
    },
    ("USING gin (people)",),
)
on = Handlers()
Written = list[dict[str, Any]]
"""Rosters as they stand in a row."""


def one_more(written: Written | None, event: DutyRosterPublished) -> Written:
    """With a version more."""
    return [*(written or ()), DutyRoster.of(event).model_dump(mode="json")]


def ended(written: Written, day: date) -> Written:
    """From a day on nobody is on duty any more: the staff of who had it are not those of who has it."""
    last = DutyRoster(roster_version=written[-1]["roster_version"], effective_from=day, entries=())
    return [*written, last.model_dump(mode="json")]


def rosters_of(written: Written | None) -> tuple[DutyRoster, ...]:
    """As the domain reads them."""
    return tuple(DutyRoster.model_validate(each) for each in written or ())


@on
def _publish(event: DutyRosterPublished, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(ROSTERS, recorded.stream) or {"rosters": [], "people": []}
    named = [*(each.persons for each in event.entries), *(each.persons for each in event.exceptions)]
    people = sorted({str(person) for persons in named for person in persons}.union(row["people"]))
    written, now = one_more(row["rosters"], event), recorded.meta.occurred_at
    rows.put(ROSTERS, {"resource": recorded.stream, "rosters": written, "people": people, "changed_at": now})


@on
def _move(_event: ResourceTransferred | ResourceReassigned, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(ROSTERS, recorded.stream)
    if row is not None:
        now = recorded.meta.occurred_at
        rows.change(ROSTERS, recorded.stream, rosters=ended(row["rosters"], local_date(now)), changed_at=now)


MODEL = ReadModel("duty_rosters", (ROSTERS,), on.apply, types=on.types)


def rosters(cursor: Cursor, resource: UUID) -> tuple[DutyRoster, ...]:
    """Every version of an instrument's roster, the first one first."""
    row = find(cursor, ROSTERS, resource=resource)
    return rosters_of(row["rosters"]) if row else ()


def naming(cursor: Cursor, person: UUID) -> list[Row]:
    """The rosters of all instruments of which some version names a person, with the names of the instruments."""
    query = (
        "SELECT d.resource, d.rosters, d.changed_at, i.name_zh, i.name_en FROM duty_rosters d"
        " JOIN instruments i ON i.id = d.resource WHERE d.people @> to_jsonb(%s::text) ORDER BY d.resource"
    )
    return fetch(cursor, query, (str(person),))
