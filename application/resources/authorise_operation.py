# SPDX-License-Identifier: Apache-2.0
"""Authorise an operator."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.parties.legal_person import LEGAL_PERSON
from domain.resources import custody


class AuthoriseOperation(Command):
    """Let another legal person run the resource for a period; owner and responsibility stay (JS 23, CQ 15.b)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "operator": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "scope": "预约管理与日常运行",
                "valid_from": "2026-01-01",
                "valid_until": "2026-12-31",
            }
        }
    )

    resource: UUID
    operator: UUID
    scope: Words
    valid_from: date
    valid_until: date


def authorise_operation(command: AuthoriseOperation, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `custody.authorise_operator` raises."""
    found = held(work, command.resource)
    operator = work.load(LEGAL_PERSON, command.operator)
    events = custody.authorise_operator(
        found.state,
        operator=operator.id,
        operator_is_branch=operator.state.branch,
        scope=command.scope,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
    )
    work.append(found.id, *events)
    return Result(id=found.id)
