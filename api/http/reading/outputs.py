# SPDX-License-Identifier: Apache-2.0
"""Outputs, duties to acknowledge, and how many outputs there were: shown, without any consequence (A36)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.contracts import FILTERS, OWNERS
from api.http.reading.line import Answer, ById, Listed, Query, Read, among, listed, one, several
from api.http.reading.protected import for_parties
from api.http.visibility import Scope
from domain.contracts.acknowledging import MET_BY, duties_of_contract, duties_of_use, ground_of
from domain.contracts.contract import CONTRACT
from domain.contracts.output import OUTPUT
from domain.contracts.output_events import OutputKind
from projections import contract_register as register
from projections import output_tables as shown
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.contracts.acknowledging import Duty
    from domain.policy import Edition
    from projections.readmodel import Row

MOST_SHOWN = 200


class Wanted(Listed):
    """Which outputs."""

    unit: UUID | None = None
    customer: UUID | None = None
    contract: UUID | None = None
    kind: Annotated[str | None, AfterValidator(among(*get_args(OutputKind)))] = Field(
        default=None, max_length=60, description="One or several, separated by commas"
    )
    year: int | None = Field(default=None, ge=1900, le=2999)
    acknowledged: bool | None = None


class Owed(Listed):
    """Which duties."""

    unit: UUID | None = None
    customer: UUID | None = None
    since: date | None = Field(default=None, description="Of contracts signed or uses made from this day on")
    state: Literal["open", "all"] = "all"


class OfUnit(Query):
    """Counts of one unit, or of all."""

    unit: UUID | None = None


def outputs(visit: Visit, query: Wanted) -> Answer:
    """Outputs that stand, the latest published first."""
    page = shown.outputs(
        visit.cursor,
        **visit.narrowed({"unit": query.unit, "customer": query.customer}, FILTERS),
        contract=query.contract,
        kinds=several(query.kind),
        year=query.year,
        acknowledged=query.acknowledged,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def output(visit: Visit, query: ById) -> Answer:
    """One output, also one that was withdrawn."""
    row = visit.owned(shown.output(visit.cursor, query.id), OWNERS, OUTPUT.name, query.id)
    return one(row, position_of(visit.cursor, shown.NAME))


def duties(visit: Visit, query: Owed) -> Answer:
    """Duties to acknowledge, each open or met: of contracts, or of completed uses, as the regulation has it."""
    edition = visit.edition()
    ground = ground_of(edition)
    if ground is None:
        return Answer({"items": [], "next_cursor": None, "position": position_of(visit.cursor, shown.NAME)})
    kinds = sorted({MET_BY[name] for name in edition.value("contract.acknowledgement_outputs") if name in MET_BY})
    page = shown.grounds(
        visit.cursor,
        ground,
        **visit.narrowed({"unit": query.unit, "customer": query.customer}, FILTERS),
        since=query.since,
        owed=kinds if query.state == "open" else None,
        after=query.cursor,
        limit=query.limit,
    )
    document = {"items": _owing(visit, page.rows, edition), "next_cursor": page.next, "position": page.position}
    return Answer(document)


def duties_of(visit: Visit, query: ById) -> Answer:
    """The duties under one contract: its own, or of the uses completed under it, the first 200."""
    contract = register.contract(visit.cursor, query.id)
    for_parties(visit, contract, OWNERS, CONTRACT.name, query.id)
    edition = visit.edition()
    ground = ground_of(edition)
    rows = [] if ground is None else shown.grounds(visit.cursor, ground, contract=query.id, limit=MOST_SHOWN).rows
    return Answer({"items": _owing(visit, rows, edition), "position": position_of(visit.cursor, shown.NAME)})


def output_counts(visit: Visit, query: OfUnit) -> Answer:
    """How many outputs of each kind were published each year, and how many of them acknowledge the use."""
    asked: dict[str, UUID | None] = {"unit": query.unit}
    mine = {Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "provider"}
    rows = shown.counts(visit.cursor, **visit.narrowed(asked, mine))
    return Answer({"items": rows, "position": position_of(visit.cursor, shown.NAME)})


def _owing(visit: Visit, rows: list[Row], edition: Edition) -> list[dict[str, Any]]:
    contracts = [row["contract"] for row in rows if row["contract"] is not None]
    for_all = shown.met_for_all(visit.cursor, contracts) if contracts else {}
    return [_with_duties(row, for_all.get(row["contract"], []), edition) for row in rows]


def _with_duties(row: Row, for_all: list[str], edition: Edition) -> dict[str, Any]:
    acknowledged = {*row["met"], *for_all}
    owed: list[Duty]
    if row["ground"] == "contract":
        owed = duties_of_contract(edition, row["agreed"], acknowledged)
    else:
        owed = duties_of_use(edition, acknowledged)
    parties = {name: row[name] for name in ("unit", "provider", "customer", "customer_user", "contract", "since")}
    return {"id": row["id"], "ground": row["ground"], **parties, "duties": owed}


READS = (
    Read("/outputs", "outputs", Wanted, outputs, "Papers, monographs and patents from the use of resources"),
    Read("/outputs/{id}", "outputs", ById, output, "One output"),
    Read("/output-counts", "output_counts", OfUnit, output_counts, "Outputs by year and kind"),
    Read("/acknowledgement-duties", "outputs", Owed, duties, "Duties to acknowledge the use of resources"),
    Read("/contracts/{id}/duties", "contracts", ById, duties_of, "Duties to acknowledge under a contract"),
)
