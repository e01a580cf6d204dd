# SPDX-License-Identifier: Apache-2.0
"""Call-offs of a framework: what was ordered, used and is left, for its parties and auditors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.contracts import FILTERS, OWNERS
from api.http.reading.line import Answer, ById, Listed, Read, among, listed, one, several
from api.http.reading.protected import for_parties, note_access
from domain.contracts.call_off import CALL_OFF, CallOffState
from domain.contracts.call_off_events import CallOffPlaced
from domain.contracts.contract import CONTRACT
from projections import call_offs as orders
from projections import contract_register as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row


class Wanted(Listed):
    """Which call-offs of a framework."""

    id: UUID
    state: Annotated[str | None, AfterValidator(among(*get_args(CallOffState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )


class WantedOfAll(Listed):
    """Which call-offs."""

    contract: UUID | None = None
    unit: UUID | None = None
    customer: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(CallOffState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )


def all_call_offs(visit: Visit, query: WantedOfAll) -> Answer:
    """Call-offs of one's own frameworks by number, with what is left of each; auditors see all."""
    page = orders.all_call_offs(
        visit.cursor,
        contract=query.contract,
        **visit.narrowed({"unit": query.unit, "customer": query.customer}, FILTERS),
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(replace(page, rows=[_with_rest(row) for row in page.rows]))


def call_offs(visit: Visit, query: Wanted) -> Answer:
    """Call-offs by number with what is left of each; `framework` says what is held of the ceiling and what is left.

    `uses_without_call_off` are uses that count as their own, where the framework names no ceiling (A32).
    """
    found = register.contract(visit.cursor, query.id)
    contract = for_parties(visit, found, OWNERS, CONTRACT.name, query.id)
    page = orders.call_offs(
        visit.cursor, contract=query.id, states=several(query.state), after=query.cursor, limit=query.limit
    )
    held, ceiling = orders.held(visit.cursor, query.id), contract["ceiling_fen"]
    framework = {
        "number": contract["number"],
        "framework": contract["framework"],
        "ceiling_fen": ceiling,
        **held,
        "left_fen": None if ceiling is None else ceiling - held["held_fen"],
    }
    alone = [use for use in orders.uses(visit.cursor, contract=query.id) if use["call_off"] is None]
    document = {
        "items": [_with_rest(row) for row in page.rows],
        "next_cursor": page.next,
        "position": page.position,
        "framework": framework,
        "uses_without_call_off": alone,
    }
    return Answer(document)


def call_off(visit: Visit, query: ById) -> Answer:
    """One call-off with its uses and what was ordered in words."""
    row = for_parties(visit, orders.call_off(visit.cursor, query.id), OWNERS, CALL_OFF.name, query.id)
    note_access(visit, row["contract"], "text")
    uses = orders.uses(visit.cursor, contract=row["contract"], call_off=query.id)
    shown: dict[str, Any] = {**_with_rest(row), "subject": _subject(visit, query.id), "used_by": uses}
    return one(shown, position_of(visit.cursor, orders.MODEL.name))


def _with_rest(row: Row) -> Row:
    """A call-off that runs leaves what nothing was used or quoted of; one that has ended leaves nothing."""
    runs = row["state"] == "placed"
    left = {
        "left_fen": row["ceiling_fen"] - row["spoken_for_fen"] if runs else 0,
        "left_minutes": None if row["minutes"] is None else max(row["minutes"] - row["used_minutes"], 0) * runs,
    }
    return {**row, **left}


def _subject(visit: Visit, call_off_id: UUID) -> str | None:
    placed = visit.jurisdiction.log.stream(call_off_id, up_to_version=1)[0].event
    return placed.subject.value if isinstance(placed, CallOffPlaced) and placed.subject else None


READS = (
    Read("/call-offs", "contracts", WantedOfAll, all_call_offs, "Call-offs"),
    Read("/contracts/{id}/call-offs", "contracts", Wanted, call_offs, "The call-offs of a framework contract"),
    Read("/call-offs/{id}", "contracts", ById, call_off, "One call-off with its uses"),
)
