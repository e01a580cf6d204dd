# SPDX-License-Identifier: Apache-2.0
"""Lists of the registry: the inclusion gap, what is overdue, what is stale, as of a moment the reader names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from psycopg import sql

from domain.resources.deadlines import is_stale, listing_standing, submission_standing
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.registry import MODEL, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.readmodel import Row

Overdue = Literal["submission", "listing", "warning"]
ORDER = Keyset(("asset_number", "id"))
UNVEILED = "(state NOT IN ('exempt', 'exempt_claimed') OR unit = ANY(%s))"
"""Exempt resources, and those claimed to be, are left out but for some units'; with None nothing is."""
LIVE = "state NOT IN ('exempt', 'withdrawn')"
FRESHNESS = "state IN ('draft', 'submitted', 'accepted', 'certified', 'published', 'suspended')"
_MISSED = "AND (submitted_at IS NULL OR submitted_at >= {0} OR opened_at IS NULL OR opened_at >= {0})".format(
    "listing_overdue_at"
)


def entry(cursor: Cursor, resource: UUID) -> Row | None:
    """One resource's row."""
    return find(cursor, REGISTRY, id=resource)


def entries(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    legal_person: UUID | None = None,
    type_: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    public: bool | None = None,
    counted: bool | None = None,
    exemption: str | None = None,
    excused: bool | None = None,
    quality_failed: bool | None = None,
    assessed: bool | None = None,
    review_gap: str | None = None,
    gaps: Sequence[str] | None = None,
    unveiled: Sequence[UUID] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Resources by asset number. None asks nothing; the caller gives what the reader may see.

    `gaps` keeps those in one of these gaps at least: of inclusion, or of review.
    """
    where = Where().equals(unit=unit, legal_person=legal_person, type=type_, kind=kind, state=state)
    where.equals(public=public, counted=counted, review_gap=review_gap)
    where.holds("exemption ->> 'state' = %s", exemption)
    where.holds("(listing_exception IS NOT NULL) = %s", excused)
    where.holds("(jsonb_array_length(failed_dimensions) > 0) = %s", quality_failed)
    where.holds(UNVEILED, unveiled)
    where.holds("(public IS NOT NULL) = %s", assessed)
    named = None if gaps is None else list(gaps)
    where.holds("(gap_reason = ANY(%s) OR review_gap = ANY(%s))", named, named)
    return read_page(cursor, MODEL.name, REGISTRY, where, ORDER, after=after, limit=limit)


def gap_totals(cursor: Cursor, *, unit: UUID | None = None, legal_person: UUID | None = None) -> dict[str, int]:
    """How many resources are in a gap, by reason of the inclusion gap and by kind of missing review."""
    where = Where().equals(unit=unit, legal_person=legal_person)
    query = sql.SQL(
        "SELECT gap, count(*) AS resources FROM registry, LATERAL (VALUES (gap_reason), (review_gap)) AS named (gap)"
        " WHERE gap IS NOT NULL AND {} GROUP BY gap ORDER BY gap"
    ).format(where.sql)
    return {row["gap"]: row["resources"] for row in fetch(cursor, query, where.parameters)}


def overdue(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    what: Overdue,
    *,
    as_of: datetime,
    outstanding: bool = True,
    unit: UUID | None = None,
    legal_person: UUID | None = None,
    unveiled: Sequence[UUID] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """What was not done in time: submissions before project acceptance (JS 11.b), binding listings (CQ 12.b), warnings.

    `outstanding`: only what is still not done at that moment. A confirmed exemption takes a resource out.
    """
    where = Where().equals(unit=unit, legal_person=legal_person).holds(LIVE).holds(UNVEILED, unveiled)
    if what == "submission":
        where.holds("submission_due_at <= %s AND (submitted_at IS NULL OR submitted_at >= submission_due_at)", as_of)
        where.holds("(submitted_at IS NULL OR submitted_at > %s)", as_of if outstanding else None)
    else:
        where.holds("listing_overdue_at <= %s " + _MISSED, as_of)
        where.holds("listing_binding = %s", what == "listing")
        where.holds("listing_exception IS NULL")
        open_ = "(submitted_at IS NULL OR submitted_at > %s OR opened_at IS NULL OR opened_at > %s)"
        where.holds(open_, *([as_of, as_of] if outstanding else [None]))
    return read_page(cursor, MODEL.name, REGISTRY, where, ORDER, after=after, limit=limit)


def stale(
    cursor: Cursor,
    *,
    as_of: datetime,
    latency: timedelta,
    unit: UUID | None = None,
    legal_person: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Records older than the latency, the one updated longest ago not necessarily first (JS 13, JS-13.1)."""
    where = Where().equals(unit=unit, legal_person=legal_person).holds(FRESHNESS)
    where.holds("updated_at < %s", as_of - latency)
    return read_page(cursor, MODEL.name, REGISTRY, where, ORDER, after=after, limit=limit)


def standings(row: Row, *, as_of: datetime, latency: timedelta) -> Row:
    """What a row's moments mean at a moment."""
    due_on: date | None = row["listing_due_on"]
    listing = {"reported_at": row["submitted_at"], "opened_at": row["opened_at"], "as_of": as_of}
    excused = row["listing_exception"] is not None
    binding = bool(row["listing_binding"])
    missed = listing_standing(due_on=due_on, **listing) == "overdue"
    return {
        "submission": _submission(row, as_of),
        "listing": listing_standing(due_on=due_on, **listing, binding=binding, excused=excused),
        "listing_warning": missed and not binding,
        "stale": is_stale(row["updated_at"], latency, as_of) and row["state"] not in ("exempt", "withdrawn"),
    }


def _submission(row: Row, as_of: datetime) -> str:
    """Where the rule holds by reference, the moment stands with the project alone: nobody lists it as overdue."""
    project = row["project"] or {}
    if not project.get("advisory"):
        return submission_standing(row["submitted_at"], row["submission_due_at"], as_of)
    due_at = datetime.fromisoformat(project["accepted_at"] or project["planned_acceptance_at"])
    return submission_standing(row["submitted_at"], due_at, as_of, advisory=True)
