# SPDX-License-Identifier: Apache-2.0
"""Record what came of a match."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.guards import serves_customer
from application.network.permits import Text
from application.work import Work
from domain.network import matching
from domain.network.demand import DEMAND
from domain.network.matching import Reserved
from domain.network.values import Outcome
from domain.reservations.reservation import RESERVATION


class RecordMatchOutcome(Command):
    """Say that a reservation came of a match, or why the user declined: by the user's side or who matched."""

    TARGET: ClassVar[str | None] = "demand"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "demand": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "match": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "outcome": "declined",
                "reason": "时间不合适",
            }
        }
    )

    demand: UUID
    match: UUID
    outcome: Outcome
    reservation: UUID | None = None
    reason: Text = ""


def record_match_outcome(command: RecordMatchOutcome, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `matching.record_outcome` raises."""
    found = work.load(DEMAND, command.demand)
    known = found.state.matches.get(command.match)
    if known is None or known.matched_by != work.actor.user:
        serves_customer(work, found.state.customer, found.state.user)
    events = matching.record_outcome(
        found.state,
        match=command.match,
        outcome=command.outcome,
        reserved=_reserved(work, command.reservation),
        reason=command.reason,
    )
    work.append(found.id, *events)
    return Result(id=found.id)


def _reserved(work: Work, reservation: UUID | None) -> Reserved | None:
    if reservation is None:
        return None
    state = work.load(RESERVATION, reservation).state
    return Reserved(reservation=reservation, resource=state.resource, user=state.user, customer=state.customer)
