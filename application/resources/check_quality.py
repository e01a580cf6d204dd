# SPDX-License-Identifier: Apache-2.0
"""Check the quality of a record."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Code, Command, Result
from application.work import Work
from domain.resources import quality
from domain.resources.resource import RESOURCE

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class CheckQuality(Command):
    """Record a check of one dimension of quality, with its finding and evidence (JS 10.d, 13; CQ 23.a)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "dimension": "accuracy",
                "passed": False,
                "finding": "规格型号与铭牌不一致",
                "fields": ["model"],
                "evidence": "现场核查照片 2026-03-02",
            }
        }
    )

    resource: UUID
    dimension: Code
    passed: bool
    finding: Note = ""
    fields: Annotated[tuple[Code, ...], Field(max_length=100)] = ()
    evidence: Note = ""


def check_quality(command: CheckQuality, work: Work) -> Result:
    """Raises `NotFound` and what `quality.check` raises."""
    found = work.load(RESOURCE, command.resource)
    stated = command.model_dump(exclude={"resource"})
    work.append(found.id, *quality.check(found.state, **stated, edition=work.edition()))
    return Result(id=found.id)
