# SPDX-License-Identifier: Apache-2.0
"""Concede that a return was wrong."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.resources import quality
from domain.resources.resource import RESOURCE


class ConcedeReturn(Command):
    """Say that the last return was the platform's own error; the submission it returned counts after all (A10)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55", "reason": "核验规则配置有误"}
        }
    )

    resource: UUID
    reason: Words


def concede_return(command: ConcedeReturn, work: Work) -> Result:
    """Raises `NotFound` and what `quality.concede_return` raises."""
    found = work.load(RESOURCE, command.resource)
    work.append(found.id, *quality.concede_return(found.state, reason=command.reason, edition=work.edition()))
    return Result(id=found.id)
