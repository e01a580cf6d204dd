# SPDX-License-Identifier: Apache-2.0
"""Decline an order, as its unit or as the leader whom it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Words
from application.errors import NotPermitted
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_either
from domain.samples import intake
from domain.samples.events import RefusalGround

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class RefuseSamples(SampleCommand):
    """Decline an order before its samples are there, with a reason."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "ground": "unsuitable", "reason": "样品含水，不能进真空"}}
    )

    order_id: UUID
    ground: RefusalGround
    reason: Words


def refuse_samples(command: RefuseSamples, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_either(work, command.order_id)
    if side == "user" and work.actor.user != loaded.state.applied.leader:
        raise NotPermitted(reason="person", user=str(loaded.state.applied.leader))
    by: Literal["leader", "provider"] = "provider" if side == "provider" else "leader"
    decided = intake.refuse(loaded.state, by=by, ground=command.ground, reason=command.reason, now=work.now)
    return finish(work, loaded, decided)
