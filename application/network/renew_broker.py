# SPDX-License-Identifier: Apache-2.0
"""Renew the registration of a broker."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.work import Work
from domain.network import broker
from domain.network.broker import BROKER


class RenewBroker(Command):
    """Let a registration hold for a further period, both days included."""

    TARGET: ClassVar[str | None] = "broker"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "broker": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "valid_from": "2029-01-01",
                "valid_until": "2031-12-31",
            }
        }
    )

    broker: UUID
    valid_from: date
    valid_until: date


def renew_broker(command: RenewBroker, work: Work) -> Result:
    """Raises `NotFound` and what `broker.renew` raises."""
    found = work.load(BROKER, command.broker)
    period = command.model_dump(exclude={"broker"})
    work.append(found.id, *broker.renew(found.state, **period, edition=work.edition()))
    return Result(id=found.id)
