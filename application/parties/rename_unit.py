# SPDX-License-Identifier: Apache-2.0
"""Rename a managing unit."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.parties import unit
from domain.parties.unit import UNIT


class RenameUnit(Command):
    """Give a unit another name; its code stays (ruling 8.15)."""

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "name_zh": "扬子理工大学大型仪器中心",
                "name_en": "Large Instrument Centre, Yangzi University of Technology",
                "reason": "机构调整",
            }
        }
    )

    unit: UUID
    name_zh: Words
    name_en: str = ""
    reason: Words


def rename_unit(command: RenameUnit, work: Work) -> Result:
    """Raises `NotFound` and what `unit.rename` raises."""
    found = work.load(UNIT, command.unit)
    events = unit.rename(found.state, name_zh=command.name_zh, name_en=command.name_en, reason=command.reason)
    work.append(found.id, *events)
    return Result(id=found.id)
