# SPDX-License-Identifier: Apache-2.0
"""The register of decisions. Attendance, conflicts and names are for the council, its office and auditors."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, in_order, one
from application.errors import NotFound
from domain.governance.decision import DECISION
from domain.governance.values import Body
from domain.kernel.actor import Role
from projections import decisions as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

INSIDE = frozenset({Role.COUNCIL, Role.COUNCIL_OFFICE, Role.AUDITOR})


class WantedDecisions(Listed):
    """Which decisions."""

    number: str | None = Field(default=None, max_length=200)
    body: Body | None = None
    annulled: bool | None = None
    since: date | None = None
    until: Annotated[date | None, AfterValidator(in_order("since"))] = None


def decisions(visit: Visit, query: WantedDecisions) -> Answer:
    """Decisions, the latest first."""
    asked = query.model_dump(include={"number", "body", "annulled", "since", "until", "limit"})
    page = register.decisions(visit.cursor, **asked, after=query.cursor)
    rows = [_shown(visit, row) for row in page.rows]
    return Answer({"items": rows, "next_cursor": page.next, "position": page.position})


def decision(visit: Visit, query: ById) -> Answer:
    """One decision; who sat in which seat stands in the log alone."""
    row = register.decision(visit.cursor, query.id)
    if row is None:
        raise NotFound(kind="governance.Decision", id=str(query.id))
    names = {"names": _names(visit, query.id)} if _inside(visit) else {}
    return one({**_shown(visit, row), **names}, position_of(visit.cursor, register.MODEL.name))


def _inside(visit: Visit) -> bool:
    return visit.actor is not None and visit.actor.role in INSIDE


def _shown(visit: Visit, row: Row) -> Row:
    return row if _inside(visit) else {name: value for name, value in row.items() if name != "minutes"}


def _names(visit: Visit, decision_id: UUID) -> Any:  # noqa: ANN401 - names by seat, as they were entered
    state = DECISION.fold(recorded.event for recorded in visit.jurisdiction.log.stream(decision_id))
    sealed = state.names if state else None
    return None if sealed is None or sealed.value is None else json.loads(sealed.value)


READS = (
    Read("/decisions", "decisions", WantedDecisions, decisions, "Decisions"),
    Read("/decisions/{id}", "decisions", ById, decision, "One decision"),
)
