# SPDX-License-Identifier: Apache-2.0
"""Merge a managing unit into its successor."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.work import Work
from domain.parties import unit
from domain.parties.unit import UNIT


class MergeUnit(Command):
    """End a unit in its successor by decision (ruling 8.15), which from then on acts for it and reads what it left.

    Its resources are transferred one by one.
    """

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "successor": "5b0d2c4e-1a3e-4a53-9b9d-0e6f9d2a1b33",
                "decision_reference": "苏教科〔2026〕12号",
            }
        }
    )

    unit: UUID
    successor: UUID
    decision_reference: Words


def merge_unit(command: MergeUnit, work: Work) -> Result:
    """Raises `NotFound` and what `require_decision` and `unit.merge` raise."""
    require_decision(work, command.decision_reference)
    found = work.load(UNIT, command.unit)
    events = unit.merge(
        found.state,
        unit=found.id,
        successor=command.successor,
        successor_state=work.load(UNIT, command.successor).state,
        decision_reference=command.decision_reference,
    )
    work.append(found.id, *events)
    return Result(id=found.id)
