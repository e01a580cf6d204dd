# SPDX-License-Identifier: Apache-2.0
"""Publish a template of contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result
from application.contracts.templates import EXAMPLE_CLAUSES, answer, may_publish
from domain.contracts.document import Clauses
from domain.contracts.template import TEMPLATE, publish
from domain.contracts.template_events import ServiceKind

if TYPE_CHECKING:
    from application.work import Work

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class PublishContractTemplate(Command):
    """Publish the first version of a template for a kind of service; without `unit_id` for the whole province.

    Its clauses may hold placeholders, which a draft fills from its terms and parties: {{number}}, {{unit}},
    {{provider}}, {{customer}}, {{resources}}, {{valid_from}}, {{valid_until}}, {{ceiling_yuan}}, {{provider_share}},
    {{user_share}}.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit_id": "7c0b2d9e-0c43-5c56-8a2f-2a0b9a1c4d55",
                "kind": "commissioned_test",
                "title": "委托测试合同",
                "clauses": EXAMPLE_CLAUSES,
            }
        }
    )

    unit_id: UUID | None = None
    kind: ServiceKind
    title: Title
    clauses: Clauses
    note: Note = Field(default="", description="What to mind when using it")


def publish_contract_template(command: PublishContractTemplate, work: Work) -> Result:
    """Raises `DomainError`, `NotPermitted`."""
    may_publish(work, command.unit_id)
    template = work.new_id()
    decided = publish(
        None,
        unit=command.unit_id,
        kind=command.kind,
        title=command.title,
        clauses=command.clauses,
        note=command.note,
        edition=work.edition(),
    )
    work.append(template, *decided)
    return answer(work.load(TEMPLATE, template))
