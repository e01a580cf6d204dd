# SPDX-License-Identifier: Apache-2.0
"""The registry as its offices read it: what is missing, what is late, what is stale, and one resource's standing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.descriptions import described, require_unveiled, unveiled, widest
from api.http.reading.line import Answer, ById, Listed, Query, Read, among, one, several
from api.http.reading.moments import Moment
from api.http.visibility import Scope
from domain.resources.deadlines import length_of
from domain.resources.state import LIVE
from projections import registry_lists
from projections.paging import position_of
from projections.registry import MODEL
from projections.registry_table import REVIEW_GAPS

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.policy import Edition
    from projections.paging import Page
    from projections.readmodel import Row

OWNERS = {Scope.OWN_UNIT: ("unit",), Scope.OWN_ORGANISATION: ("legal_person",)}
FILTERS = {Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "legal_person"}
INCLUSION = ("draft", "submitted", "accepted", "exemption_claimed", "not_assessed")
REASONS = (*INCLUSION, *REVIEW_GAPS)
STATES = (*LIVE, "withdrawn")
LATENCY = "resource.update_latency_max"
ASKED = {
    "kind",
    "state",
    "public",
    "counted",
    "exemption",
    "assessed",
    "review_gap",
    "excused",
    "quality_failed",
}
INTERNAL = frozenset({"listing_overdue_at", "described"})
"""Columns that serve queries, or are shown with labels instead."""


class Judged(Query):
    """As of which moment deadlines are judged; now where it is not named."""

    as_of: Moment | None = None


class Entries(Judged, Listed):
    """Which resources."""

    unit: UUID | None = None
    type: str | None = Field(default=None, max_length=60)
    kind: str | None = Field(default=None, max_length=60)
    state: Annotated[str | None, AfterValidator(among(*STATES))] = Field(default=None, max_length=60)
    public: bool | None = Field(default=None, description="Formed with money that makes sharing a duty")
    counted: bool | None = Field(default=None, description="A resource by its value")
    exemption: Literal["claimed", "confirmed"] | None = None
    assessed: bool | None = Field(default=None, description="Judged under the regime; false gives the work list")
    review_gap: Literal["review_missing", "review_perhaps_missing"] | None = Field(
        default=None, description="Bought in a review band without a purchase review"
    )
    excused: bool | None = Field(default=None, description="With an exception from the listing period")
    quality_failed: bool | None = Field(default=None, description="With a failed check in some dimension")


class Gaps(Judged, Listed):
    """Which part of the gap."""

    unit: UUID | None = None
    reason: Annotated[str | None, AfterValidator(among(*REASONS))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )


class OverdueWanted(Judged, Listed):
    """What kind of lateness."""

    what: Literal["submission", "listing", "warning"] = Field(
        default="listing",
        description="Before project acceptance; within the binding period; past a period that only warns",
    )
    outstanding: bool = Field(default=True, description="Only what is still not done; else also what was done late")
    unit: UUID | None = None


class Stale(Judged, Listed):
    """Whose stale records."""

    unit: UUID | None = None


class OneAsOf(Judged, ById):
    """One resource."""


def registry(visit: Visit, query: Entries) -> Answer:
    """Every resource with what it is under the regime and what is due of it."""
    asked = query.model_dump(include=ASKED)
    mine = visit.narrowed({"unit": query.unit}, FILTERS)
    page = registry_lists.entries(
        visit.cursor, **asked, **mine, unveiled=unveiled(visit), type_=query.type, after=query.cursor, limit=query.limit
    )
    return _listed(visit, page, query)


def registry_gaps(visit: Visit, query: Gaps) -> Answer:
    """What must be shared, is not exempt and not open to users, or was bought without its review (JS 9, 12; CQ 5, 22).

    Its totals count what is claimed to be exempt too (A09); the resource itself is for those who decide on it.
    """
    mine = visit.narrowed({"unit": query.unit}, FILTERS)
    page = registry_lists.entries(
        visit.cursor,
        gaps=several(query.reason) or REASONS,
        **mine,
        unveiled=unveiled(visit),
        after=query.cursor,
        limit=query.limit,
    )
    return _listed(visit, page, query, totals=registry_lists.gap_totals(visit.cursor, **mine))


def registry_overdue(visit: Visit, query: OverdueWanted) -> Answer:
    """What was not submitted before project acceptance, or not reported and opened in time (JS 11.b, CQ 12.b)."""
    page = registry_lists.overdue(
        visit.cursor,
        query.what,
        as_of=_moment(visit, query),
        outstanding=query.outstanding,
        **visit.narrowed({"unit": query.unit}, FILTERS),
        unveiled=unveiled(visit),
        after=query.cursor,
        limit=query.limit,
    )
    return _listed(visit, page, query, what=query.what)


def registry_stale(visit: Visit, query: Stale) -> Answer:
    """Records that nobody updated or confirmed within the configured latency: a warning (JS 13, A14)."""
    page = registry_lists.stale(
        visit.cursor,
        as_of=_moment(visit, query),
        latency=_latency(visit),
        **visit.narrowed({"unit": query.unit}, FILTERS),
        after=query.cursor,
        limit=query.limit,
    )
    return _listed(visit, page, query, latency=_edition(visit).value(LATENCY))


def registry_entry(visit: Visit, query: OneAsOf) -> Answer:
    """One resource's standing with its description, as far as the reader may see it."""
    row = visit.owned(registry_lists.entry(visit.cursor, query.id), OWNERS, "resources.Resource", query.id)
    require_unveiled(visit, row)
    shown = _shown(row, _moment(visit, query), _latency(visit))
    return one({**shown, "values": described(row, widest(visit, row))}, position_of(visit.cursor, MODEL.name))


def _listed(visit: Visit, page: Page, query: Judged, **more: Any) -> Answer:  # noqa: ANN401 - parts of a document
    as_of, latency = _moment(visit, query), _latency(visit)
    items = [_shown(row, as_of, latency) for row in page.rows]
    return Answer({"items": items, "next_cursor": page.next, "position": page.position, "as_of": as_of, **more})


def _shown(row: Row, as_of: datetime, latency: timedelta) -> Row:
    plain = {name: value for name, value in row.items() if name not in INTERNAL}
    return {**plain, "standing": registry_lists.standings(row, as_of=as_of, latency=latency)}


def _moment(visit: Visit, query: Judged) -> datetime:
    return query.as_of or visit.platform.clock()


def _latency(visit: Visit) -> timedelta:
    """The latency in force today: staleness is a warning of now, not a fact of the log."""
    return length_of(_edition(visit).value(LATENCY))


def _edition(visit: Visit) -> Edition:
    return visit.edition()


READS = (
    Read("/registry", "registry", Entries, registry, "The registry"),
    Read("/registry/gaps", "registry", Gaps, registry_gaps, "The gaps of the registry"),
    Read("/registry/overdue", "registry", OverdueWanted, registry_overdue, "What was not done in time"),
    Read("/registry/stale", "registry", Stale, registry_stale, "Records that are not up to date"),
    Read("/registry/resources/{id}", "registry", OneAsOf, registry_entry, "One resource in the registry"),
)
