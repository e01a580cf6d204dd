# SPDX-License-Identifier: Apache-2.0
"""Fixed-asset ledgers and the gap list: ledger minus registry, and the other way round (ruling 8.24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from api.gaps import KINDS, as_csv, gap_list, shown
from api.http.reading.line import Answer, Listed, Query, Read, among, several
from api.http.visibility import Scope
from projections import asset_ledger, ledger_of_unit, parties
from projections.paging import InvalidPageToken, position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

OWNERS = {Scope.OWN_UNIT: ("id",)}


class OfUnit(Query):
    """The ledgers of one unit."""

    unit: UUID


class Gaps(Listed):
    """Gaps of one unit, some kinds of them or all."""

    unit: UUID
    kind: Annotated[str | None, AfterValidator(among(*KINDS))] = Field(
        default=None, max_length=300, description=f"Kinds of gaps, separated by commas: {', '.join(KINDS)}"
    )
    format: Literal["json", "csv"] = Field(default="json", description="csv gives all gaps in one file")


def ledgers(visit: Visit, query: OfUnit) -> Answer:
    """Every ledger of a unit and of the units that ended in it, the one in force first; older ones stand in the log."""
    _require_theirs(visit, query.unit)
    found = ledger_of_unit.imports(visit.cursor, query.unit)
    return Answer({"items": found, "position": position_of(visit.cursor, asset_ledger.MODEL.name)})


def gaps(visit: Visit, query: Gaps) -> Answer:
    """What the unit's ledger has and the registry lacks, what differs, is late, or was bought without a review.

    Judged by the editions in force on each asset's own days; what the ledger leaves open is said to be open.
    """
    _require_theirs(visit, query.unit)
    kinds = several(query.kind) or ()
    found = gap_list(visit.cursor, visit.jurisdiction, query.unit, visit.platform.clock(), kinds=kinds)
    if query.format == "csv":
        document = as_csv(found, visit.platform.words.terms, visit.language)
        return Answer(document, media_type="text/csv; charset=utf-8", file_name=f"gaps-{query.unit}.csv")
    keys = [item.key for item in found.items]
    if query.cursor is not None and query.cursor not in keys:
        raise InvalidPageToken(query.cursor)
    start = 0 if query.cursor is None else keys.index(query.cursor) + 1
    page = found.items[start : start + query.limit]
    following = page[-1].key if start + query.limit < len(keys) else None
    return Answer({"items": [shown(item) for item in page], "next_cursor": following, **found.summary()})


def _require_theirs(visit: Visit, unit: UUID) -> None:
    """Another's unit is answered like one that does not exist. Raises `NotFound`."""
    visit.owned(parties.unit(visit.cursor, unit), OWNERS, "parties.Unit", unit)


READS = (
    Read("/units/{unit}/ledger", "asset_ledgers", OfUnit, ledgers, "Fixed-asset ledgers of a unit"),
    Read("/units/{unit}/ledger/gaps", "asset_ledgers", Gaps, gaps, "What a unit's ledger has and the registry lacks"),
)
