# SPDX-License-Identifier: Apache-2.0
"""Entrust a task."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, cast
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from domain.governance import task
from domain.governance.events import OfficeTaskGiven
from domain.governance.values import Assignee
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Work

Giver = Literal["council", "council_office"]


class GiveOfficeTask(Command):
    """The council or its office entrusts work with a due day (JS 5.b, 7(5); CQ 8(f)). Only an import states who."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "编制上半年开放共享统计简报",
                "description": "按季度口径，含各市分布",
                "assignee": "service_centre",
                "due_on": "2026-07-31",
            }
        }
    )

    title: Words
    description: Words
    assignee: Assignee
    due_on: date
    organisation: UUID | None = None
    decision_reference: Words | None = None
    given_by: Giver | None = None


def give_office_task(command: GiveOfficeTask, work: Work) -> Result:
    """Raises `DomainError`, `NotFound` for an unknown organisation."""
    if command.organisation is not None:
        work.load(LEGAL_PERSON, command.organisation)
    if command.decision_reference is not None:
        require_decision(work, command.decision_reference)
    given = OfficeTaskGiven(
        title=command.title,
        description=command.description,
        given_by=_giver(command, work),
        assignee=command.assignee,
        organisation=command.organisation,
        due_on=command.due_on,
        decision_reference=command.decision_reference,
    )
    new = work.new_id()
    work.append(new, *task.give(given, edition=work.edition(), today=local_date(work.now)))
    return Result(id=new)


def _giver(command: GiveOfficeTask, work: Work) -> Giver:
    role = work.actor.role
    if role is Role.SYSTEM:
        if command.given_by is None:
            raise refusal("governance.body_missing", field="given_by")
        return command.given_by
    if command.given_by not in (None, role.value):
        raise refusal("governance.body_is_the_role", field="given_by", role=role.value)
    return cast("Giver", role.value)
