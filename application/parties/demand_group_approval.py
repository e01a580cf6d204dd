# SPDX-License-Identifier: Apache-2.0
"""Demand approval of bookings."""

from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.parties.group_permits import for_leader
from application.work import Work
from domain.kernel.house_rules import Hours
from domain.kernel.money import Fen
from domain.parties import grouping
from domain.parties.group_events import ApprovalDemanded


class DemandGroupApproval(Command):
    """Say whether the leader wants to approve the bookings of a member, or of all without a setting of their own.

    `demanded` false exempts; none lets the group's setting hold for the member again. Quotes up to `exempt_up_to_fen`
    need no approval. Without an answer within `limit_hours` the outcome `on_time_out` comes by itself.
    """

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "demanded": True,
                "exempt_up_to_fen": 20000,
                "limit_hours": 48,
                "on_time_out": "reject",
            }
        }
    )

    group: UUID
    member: UUID | None = None
    demanded: bool | None
    exempt_up_to_fen: Fen | None = None
    limit_hours: Hours | None = None
    on_time_out: Literal["approve", "reject"] = "reject"


def demand_group_approval(command: DemandGroupApproval, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.demand_approval` raises."""
    found = for_leader(work, command.group)
    demand = ApprovalDemanded(**command.model_dump(exclude={"group"}))
    work.append(found.id, *grouping.demand_approval(found.state, demand))
    return Result(found.id)
