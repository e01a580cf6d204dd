# SPDX-License-Identifier: Apache-2.0
"""Limit what members of a group may book."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.parties.group_permits import for_leader
from application.work import Work
from domain.kernel.money import Fen
from domain.parties import grouping
from domain.parties.group_events import SpendingLimited, SpendingPeriod


class LimitGroupSpending(Command):
    """Set what a member, or each member without a limit of their own, may book in a calendar month or year, in fen.

    Quotes of requests draw on it; what is given up is given back. No amount lifts the limit.
    """

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "member": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "period": "monthly",
                "limit_fen": 500000,
            }
        }
    )

    group: UUID
    member: UUID | None = None
    period: SpendingPeriod
    limit_fen: Fen | None


def limit_group_spending(command: LimitGroupSpending, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.limit_spending` raises."""
    found = for_leader(work, command.group)
    limit = SpendingLimited(**command.model_dump(exclude={"group"}))
    work.append(found.id, *grouping.limit_spending(found.state, limit))
    return Result(found.id)
