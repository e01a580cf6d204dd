# SPDX-License-Identifier: Apache-2.0
"""Steps of approvals: those the reader has to decide, those of one's own requests, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, Listed, Read, among, listed, several
from api.http.visibility import Scope
from projections import approvals as register

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {Scope.OWN_PERSON: "person", Scope.OWN_UNIT: "unit"}
STATES = ("waiting", "approve", "reject", "dropped")


class WantedApprovals(Listed):
    """Which steps."""

    state: Annotated[str | None, AfterValidator(among(*STATES))] = Field(
        default="waiting", max_length=60, description="One or several, separated by commas", examples=["waiting"]
    )
    reservation: UUID | None = None
    unit: UUID | None = None
    leader: UUID | None = Field(default=None, description="Only those that this leader has to decide")


def approvals(visit: Visit, query: WantedApprovals) -> Answer:
    """Steps of approvals, the oldest first: who is asked, until when, and what comes of nobody's decision."""
    page = register.approvals(
        visit.cursor,
        **visit.narrowed({"unit": query.unit, "person": None}, FILTERS),
        leader=query.leader,
        reservation=query.reservation,
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


READS = (Read("/approvals", "approvals", WantedApprovals, approvals, "Steps of approvals"),)
