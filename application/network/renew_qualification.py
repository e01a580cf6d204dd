# SPDX-License-Identifier: Apache-2.0
"""Renew a qualification."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Sha256, Words
from application.network.record_qualification import own_holder, owns
from application.work import Work
from domain.network import qualification
from domain.network.events import QualificationRenewed
from domain.network.qualification import QUALIFICATION


class RenewQualification(Command):
    """Let a qualification hold for a further period, both days included, with its scope as of then."""

    TARGET: ClassVar[str | None] = "qualification"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "qualification": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "scope": "金属材料力学性能检测",
                "valid_from": "2030-07-01",
                "valid_until": "2036-06-30",
                "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
        }
    )

    qualification: UUID
    scope: Words
    resources: tuple[UUID, ...] = Field(default=(), max_length=500)
    valid_from: date
    valid_until: date
    digest: Sha256


def renew_qualification(command: RenewQualification, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `qualification.renew` raises."""
    found = work.load(QUALIFICATION, command.qualification)
    own_holder(work, found.state.unit)
    renewal = QualificationRenewed.model_validate(command.model_dump(exclude={"qualification"}))
    own = owns(work, command.resources, found.state.unit, found.state.legal_person)
    work.append(found.id, *qualification.renew(found.state, renewal, owns_resources=own))
    return Result(id=found.id)
