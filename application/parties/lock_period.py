# SPDX-License-Identifier: Apache-2.0
"""Lock the records of use of a unit up to a day."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.guards import own_unit
from application.parties.permits import KEEPERS, UNITS
from application.work import Work
from domain.kernel.errors import refusal
from domain.kernel.time import local_date
from domain.parties import locking
from domain.parties.unit import UNIT
from domain.parties.user import USER


class LockPeriod(Command):
    """Lock what is settled or reported: no use up to and with that day is entered or corrected, no charge changed.

    The head named may still do so, with a reason, and may open the time again by an earlier day. Refunds stay possible.
    """

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "through": "2026-03-31",
                "head": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "reason": "第一季度报表已上报",
            }
        }
    )

    unit: UUID
    through: date = Field(description="The last day that is locked; it is over")
    head: UUID = Field(description="Who answers for the unit: a person of it")
    reason: Words


def lock_period(command: LockPeriod, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `parties.head_of_another_organisation`, and what `locking` raises."""
    if work.actor.role in UNITS:
        own_unit(work, command.unit)
    found = work.load(UNIT, command.unit)
    head = work.load(USER, command.head).state
    if not head.active or head.legal_person != found.state.legal_person:
        raise refusal("parties.head_of_another_organisation", field="head")
    decided = locking.lock_period(
        found.state,
        through=command.through,
        head=command.head,
        reason=command.reason,
        by=work.actor.user,
        by_keeper=work.actor.role in KEEPERS,
        today=local_date(work.now),
    )
    work.append(found.id, *decided)
    return Result(id=found.id, data={"locked_through": command.through.isoformat(), "head": str(command.head)})
