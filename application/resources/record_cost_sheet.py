# SPDX-License-Identifier: Apache-2.0
"""Record the costs behind a fee standard."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import pricing
from domain.resources.values import CostElement


class RecordCostSheet(Command):
    """Record what one unit of measure costs, by element (JS 21.e, CQ 16.a)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "elements": [{"kind": "running_cost", "unit": "hour", "cost_fen": 28000}],
                "accounting_period": "2025",
            }
        }
    )

    resource: UUID
    elements: tuple[CostElement, ...]
    accounting_period: Words


def record_cost_sheet(command: RecordCostSheet, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `pricing.record_cost_sheet` raises."""
    found = held(work, command.resource)
    events = pricing.record_cost_sheet(
        found.state,
        elements=command.elements,
        accounting_period=command.accounting_period,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
