# SPDX-License-Identifier: Apache-2.0
"""Withdraw a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.resources.displacing import Displace, Hits, displace
from application.resources.permits import held, open_reservations
from application.work import Work
from domain.reservations.reservation import RESERVATION
from domain.resources import custody
from domain.resources.custody import WithdrawalGround


class WithdrawResource(Command):
    """Take a resource out for ever: scrapped, sold or returned (ruling 8.15).

    Reservations to come are in the way (`keep`, the default), or the provider cancels them with the reason given in the
    same commit (`cancel`); the answer lists them.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ground": "scrapped",
                "reason": "到达使用年限",
            }
        }
    )

    resource: UUID
    ground: WithdrawalGround
    reason: Words
    displace: Displace = Field(default="keep", description="cancel: reservations to come are cancelled with it")


def withdraw_resource(command: WithdrawResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `custody.withdraw` and `displace` raise."""
    found = held(work, command.resource)
    cancels, hit = command.displace == "cancel", open_reservations(work, found)
    left = () if cancels else hit
    events = custody.withdraw(found.state, ground=command.ground, reason=command.reason, open_reservations=left)
    hits = Hits(tuple(work.load(RESERVATION, reservation) for reservation in hit))
    displace(work, hits, reason=command.reason)
    work.append(found.id, *events)
    return Result(id=found.id, data={"cancelled": hits.told})
