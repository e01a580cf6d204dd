# SPDX-License-Identifier: Apache-2.0
"""Withdraw a qualification."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.network.record_qualification import own_holder
from application.work import Work
from domain.network import qualification
from domain.network.qualification import QUALIFICATION


class WithdrawQualification(Command):
    """Note that a qualification was taken back or given up; `withdrawn_on` is the first day without it."""

    TARGET: ClassVar[str | None] = "qualification"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "qualification": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "reason": "发证机关暂停",
                "withdrawn_on": "2026-05-01",
            }
        }
    )

    qualification: UUID
    reason: Words
    withdrawn_on: date


def withdraw_qualification(command: WithdrawQualification, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `qualification.withdraw` raises."""
    found = work.load(QUALIFICATION, command.qualification)
    own_holder(work, found.state.unit)
    events = qualification.withdraw(found.state, reason=command.reason, withdrawn_on=command.withdrawn_on)
    work.append(found.id, *events)
    return Result(id=found.id)
