# SPDX-License-Identifier: Apache-2.0
"""Take back a record that was entered by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.governance import activity
from domain.governance.activity import ACTIVITY

if TYPE_CHECKING:
    from application.work import Work


class StrikeActivity(Command):
    """A training or transfer that was entered by mistake counts for nothing from now on."""

    TARGET: ClassVar[str | None] = "activity"
    model_config = ConfigDict(
        json_schema_extra={"example": {"activity": "8f7e6d5c-4b3a-5f2e-8d1c-0b9a8f7e6d5c", "reason": "重复登记"}}
    )

    activity: UUID
    reason: Words


def strike_activity(command: StrikeActivity, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    found = work.load(ACTIVITY, command.activity)
    work.append(found.id, *activity.strike(found.state, reason=command.reason))
    return Result(id=found.id)
