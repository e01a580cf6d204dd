# SPDX-License-Identifier: Apache-2.0
"""Publish a new version of a template of contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.contracts.publish_contract_template import Note, Title
from application.contracts.templates import EXAMPLE_CLAUSES, answer, may_publish
from domain.contracts.document import Clauses
from domain.contracts.template import TEMPLATE, publish

if TYPE_CHECKING:
    from application.work import Work


class ReviseContractTemplate(Command):
    """Publish the next version of a template; contracts drafted from an earlier one keep that one."""

    TARGET = "template_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "template_id": "9b7f1a44-1c53-5c8f-92a6-6d4e8c5b3f10",
                "title": "委托测试合同",
                "clauses": {**EXAMPLE_CLAUSES, "damage_liability": "责任方按实际损失赔偿，以合同金额为限"},
            }
        }
    )

    template_id: UUID
    title: Title
    clauses: Clauses
    note: Note = ""


def revise_contract_template(command: ReviseContractTemplate, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(TEMPLATE, command.template_id)
    may_publish(work, loaded.state.unit)
    decided = publish(
        loaded.state,
        unit=loaded.state.unit,
        kind=loaded.state.kind,
        title=command.title,
        clauses=command.clauses,
        note=command.note,
        edition=work.edition(),
    )
    work.append(loaded.id, *decided)
    return answer(work.load(TEMPLATE, loaded.id))
