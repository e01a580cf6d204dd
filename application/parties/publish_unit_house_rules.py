# SPDX-License-Identifier: Apache-2.0
"""Publish the house rules of a unit."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.guards import own_unit
from application.lowered_accessories import short_at_unit
from application.work import Work
from domain.kernel.house_rules import HouseRules
from domain.parties import house_rules
from domain.parties.unit import UNIT


class PublishUnitHouseRules(Command):
    """Publish what binds requests for all of the unit's instruments; what an instrument states stands before it.

    Where it lowers the number of an accessory, the reservations that go short are listed and their users told.
    """

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "rules": {
                    "lead": {"earliest_minutes": 43200, "latest_minutes": 60},
                    "lead_by_tag": {"long_term": {"earliest_minutes": 0}},
                    "feedback": {"block_after_hours": 24},
                },
            }
        }
    )

    unit: UUID
    rules: HouseRules


def publish_unit_house_rules(command: PublishUnitHouseRules, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `house_rules.publish_unit_house_rules` raises."""
    own_unit(work, command.unit)
    found = work.load(UNIT, command.unit)
    work.append(found.id, *house_rules.publish_unit_house_rules(found.state, command.rules, edition=work.edition()))
    former = found.state.house_rules[-1] if found.state.house_rules else None
    short = short_at_unit(work, found.id, former, command.rules)
    return Result(id=found.id, data={"rules_version": len(found.state.house_rules) + 1, "exceeding": short})
