# SPDX-License-Identifier: Apache-2.0
"""Uses entered after they took place, with what is to be looked at: others at the same time, and ones that are alike.

Times are as first entered; a later correction stands with the reservation.
"""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.afterwards_events import DuplicateDismissed, DuplicateSuspected, UseEnteredAfterwards
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

USES = Table(
    "entered_uses",
    ("id",),
    {
        "id": "uuid",  # of the reservation that the use became
        "resource": "uuid",
        "unit": "uuid",
        "user_id": "uuid",
        "origin": "text",
        "started_at": "timestamptz",
        "ended_at": "timestamptz",
        "used_minutes": "bigint",
        "samples": "bigint",
        "persons": "bigint",
        "entered_by": "uuid",
        "entered_at": "timestamptz",
        "external_id": "text",
        "overlaps": "jsonb",
        "duplicate_of": "uuid",
    },
    ("(unit, entered_at, id)", "(user_id, entered_at, id)", "(resource, entered_at, id)", "(entered_at, id)"),
)
on = Handlers()


@on
def _enter(event: UseEnteredAfterwards, recorded: Recorded, rows: Rows) -> None:
    plain = ("resource", "unit", "origin", "started_at", "ended_at", "used_minutes", "samples", "persons")
    row = new_row(
        USES,
        id=event.reservation,
        user_id=event.user,
        entered_by=event.entered_by,
        entered_at=recorded.meta.occurred_at,
        external_id=event.external_id,
        overlaps=[str(each) for each in event.overlaps],
        **event.model_dump(include=set(plain)),
    )
    rows.put(USES, row)


@on
def _suspect(event: DuplicateSuspected, _recorded: Recorded, rows: Rows) -> None:
    _flag(rows, event.reservation, event.duplicate_of)


@on
def _dismiss(event: DuplicateDismissed, _recorded: Recorded, rows: Rows) -> None:
    _flag(rows, event.reservation, None)


def _flag(rows: Rows, reservation: UUID, twin: UUID | None) -> None:
    """An imported booking that is suspected to stand twice has no use yet: it is listed among the reservations."""
    if rows.get(USES, reservation) is not None:
        rows.change(USES, reservation, duplicate_of=twin)


MODEL = ReadModel("entered_uses", (USES,), on.apply, version=3, types=on.types)


def entered_use(cursor: Cursor, reservation: UUID) -> Row | None:
    """One use that was entered, by its reservation."""
    return find(cursor, USES, id=reservation)


def entered_uses(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    user: UUID | None = None,
    resource: UUID | None = None,
    duplicates: bool = False,
    overlapping: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Uses entered, the latest first; only those suspected to stand twice, or to overlap others, where asked."""
    where = Where().equals(unit=unit, user_id=user, resource=resource)
    where.holds("(NOT %s OR duplicate_of IS NOT NULL)", duplicates)
    where.holds('(NOT %s OR jsonb_array_length("overlaps") > 0)', overlapping)  # a word of SQL's own
    order = Keyset(("entered_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, USES, where, order, after=after, limit=limit)
