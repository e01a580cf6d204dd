# SPDX-License-Identifier: Apache-2.0
"""What falls due: for whoever it concerns, for the office and the centre, and for auditors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, Listed, Read, in_order, listed
from api.http.visibility import Scope
from projections.deadlines import model as register

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {
    Scope.OWN_UNIT: "unit",
    Scope.OWN_ORGANISATION: "organisation",
    Scope.OWN_SIDE: "organisation",
    Scope.OWN_PERSON: "person",
}


class WantedDeadlines(Listed):
    """Which deadlines."""

    kind: str | None = Field(default=None, max_length=60)
    subject: UUID | None = None
    unit: UUID | None = None
    organisation: UUID | None = None
    since: date | None = Field(default=None, description="Due on this day at the earliest: today, for what lies ahead")
    until: Annotated[date | None, AfterValidator(in_order("since"))] = Field(
        default=None, description="Due on this day at the latest"
    )
    lifted: bool = Field(default=False, description="Also those that no longer run")


def deadlines(visit: Visit, query: WantedDeadlines) -> Answer:
    """Deadlines by day."""
    asked = {"unit": query.unit, "organisation": query.organisation}
    page = register.deadlines(
        visit.cursor,
        today=visit.today,
        **visit.narrowed(asked, FILTERS),
        kind=query.kind,
        subject=query.subject,
        since=query.since,
        until=query.until,
        lifted=query.lifted,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


READS = (Read("/deadlines", "deadlines", WantedDeadlines, deadlines, "Deadlines"),)
