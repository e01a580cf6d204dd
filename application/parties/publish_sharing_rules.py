# SPDX-License-Identifier: Apache-2.0
"""Publish a unit's sharing rules."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Sha256, Words
from application.guards import own_unit
from application.work import Work
from domain.parties import unit
from domain.parties.unit import UNIT


class PublishSharingRules(Command):
    """Publish the next version of a unit's own sharing rules (JS 8(1), 15; CQ 12, 14); `digest` is of the document."""

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "title": "《扬子理工大学大型仪器设备开放共享管理办法》",
                "number": "扬理工设〔2021〕7号",
                "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "effective_from": "2026-01-01",
            }
        }
    )

    unit: UUID
    title: Words
    number: Words
    digest: Sha256
    effective_from: date


def publish_sharing_rules(command: PublishSharingRules, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `unit.publish_sharing_rules` raises."""
    own_unit(work, command.unit)
    found = work.load(UNIT, command.unit)
    stated = command.model_dump(exclude={"unit"})
    work.append(found.id, *unit.publish_sharing_rules(found.state, **stated, edition=work.edition()))
    return Result(id=found.id)
