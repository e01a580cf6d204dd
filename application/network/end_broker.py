# SPDX-License-Identifier: Apache-2.0
"""End the registration of a broker."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.network import broker
from domain.network.broker import BROKER


class EndBroker(Command):
    """End a registration; `ended_on` is the first day without it."""

    TARGET: ClassVar[str | None] = "broker"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "broker": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "reason": "岗位变动",
                "ended_on": "2026-09-01",
            }
        }
    )

    broker: UUID
    reason: Words
    ended_on: date


def end_broker(command: EndBroker, work: Work) -> Result:
    """Raises `NotFound` and what `broker.end` raises."""
    found = work.load(BROKER, command.broker)
    work.append(found.id, *broker.end(found.state, reason=command.reason, ended_on=command.ended_on))
    return Result(id=found.id)
