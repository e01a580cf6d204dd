# SPDX-License-Identifier: Apache-2.0
"""For which authority an actor speaks: the role says it; only the system, at an import, states it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from application.errors import NotPermitted
from domain.kernel.actor import Role
from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from application.work import Work
    from domain.governance.decision import Decision
    from domain.governance.task import OfficeTask
    from domain.governance.values import Body


def body_of(work: Work, stated: Body | None) -> Body:
    """The authority that decides. Raises `DomainError` `governance.body_missing`, `governance.body_is_the_role`."""
    role = work.actor.role
    if role is Role.SYSTEM:
        if stated is None:
            raise refusal("governance.body_missing", field="body")
        return stated
    if stated not in (None, role.value):
        raise refusal("governance.body_is_the_role", field="body", role=role.value)
    return cast("Body", role.value)


def of_its_own_body(work: Work, decision: Decision) -> None:
    """Only the authority that decided touches its decision. Raises `NotPermitted`."""
    actor = work.actor
    if actor.role is Role.SYSTEM:
        return
    same_house = decision.organisation in (None, actor.organisation)
    if actor.role.value != decision.body or not same_house:
        raise NotPermitted(reason="organisation", organisation=str(decision.organisation))


def of_its_giver(work: Work, task: OfficeTask) -> None:
    """Whoever gave a task decides what becomes of it. Raises `NotPermitted`."""
    if work.actor.role is not Role.SYSTEM and work.actor.role.value != task.given_by:
        raise NotPermitted(reason="task", given_by=task.given_by)


def of_its_assignee(work: Work, task: OfficeTask) -> None:
    """Only the assignee reports. Raises `NotPermitted`."""
    actor = work.actor
    same_house = task.organisation in (None, actor.organisation)
    if actor.role is not Role.SYSTEM and (actor.role.value != task.assignee or not same_house):
        raise NotPermitted(reason="task", assignee=task.assignee)
