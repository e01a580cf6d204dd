# SPDX-License-Identifier: Apache-2.0
"""Publish the house rules of an instrument."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.lowered_accessories import short_at_instrument
from application.resources.permits import held
from application.work import Work
from domain.kernel.house_rules import HouseRules
from domain.resources import house_rules


class PublishHouseRules(Command):
    """Publish what binds the requests made after it: lead times, lengths, quotas, approvals, training, conduct.

    Each version is whole; what it leaves out is left to the house rules of the unit (JS 15, CQ 14.c). Where it lowers
    the number of an accessory, reservations that go short are listed (`exceeding`) and their users told; they stand.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "rules": {
                    "lead": {"latest_minutes": 120, "cancel_minutes": 1440},
                    "lengths": [{"min_minutes": 30, "max_minutes": 240, "step_minutes": 30}],
                    "quotas": [
                        {
                            "name": "每周机时",
                            "scope": "user",
                            "recurrence": "weekly",
                            "measure": "minutes",
                            "limit": 600,
                        }
                    ],
                    "must_read": ["开机前检查真空"],
                },
            }
        }
    )

    resource: UUID
    rules: HouseRules


def publish_house_rules(command: PublishHouseRules, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `house_rules.publish_house_rules` raises."""
    found = held(work, command.resource)
    work.append(found.id, *house_rules.publish_house_rules(found.state, command.rules, edition=work.edition()))
    short = short_at_instrument(work, found, command.rules)
    return Result(id=found.id, data={"rules_version": len(found.state.house_rules) + 1, "exceeding": short})
