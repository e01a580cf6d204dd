# SPDX-License-Identifier: Apache-2.0
"""Approve or decline a request at one step of its approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result
from application.errors import NotPermitted
from application.reservations.agreeing import carried_out, use_facts
from application.reservations.standing import require_provider
from domain.kernel.actor import Role
from domain.reservations import approval
from domain.reservations.answering import Ground
from domain.reservations.approval_events import Decision
from domain.reservations.four_eyes import require_not_own
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


class DecideApprovalStep(Command):
    """Approve or decline a request, as the group's leader named or as the unit's staff, whoever's turn it is.

    `step` is the number shown with the request, so that nobody decides a step they have not seen. After the last
    approval the reservation is confirmed; a refusal needs a reason and ends the request.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "step": 1,
                "decision": "reject",
                "reason": "本月测试经费已用完",
            }
        }
    )

    reservation_id: UUID
    step: int = Field(ge=1, le=6)
    decision: Decision
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    ground: Ground = Field(default="own_needs", description="The ground on which the unit declines (JS 15, 16.a)")


def decide_approval_step(command: DecideApprovalStep, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    reservation, edition = loaded.state, work.edition()
    resource = work.load(RESOURCE, reservation.resource).state
    _require_approver(work, reservation, command.step, resource)
    if command.decision == "approve":
        decided = approval.approve(
            reservation,
            step=command.step,
            reason=command.reason,
            facts=use_facts(work, reservation, resource),
            edition=edition,
            now=work.now,
        )
    else:
        decided = approval.reject(
            reservation,
            step=command.step,
            reason=command.reason,
            ground=command.ground,
            edition=edition,
            now=work.now,
        )
    return carried_out(work, loaded, decided)


def _require_approver(work: Work, reservation: Reservation, step: int, resource: Resource) -> None:
    """The leader named for a leader's step, the unit's staff for its own; whose turn it is the domain knows."""
    actor = work.actor
    if actor.role is Role.SYSTEM:
        return
    chain = reservation.judged.approvals if reservation.judged else ()
    leader = chain[step - 1].user if step <= len(chain) else None
    if actor.role is not Role.USER:
        require_provider(work, reservation.resource, resource)
        require_not_own(reservation, actor.user, "reservations.own_request")
    named = actor.user if actor.role is Role.USER else None
    if leader != named:
        raise NotPermitted(reason="approver", resource=str(reservation.resource))
