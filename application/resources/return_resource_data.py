# SPDX-License-Identifier: Apache-2.0
"""Return a submission for correction."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.work import Work
from domain.resources import submission
from domain.resources.registry_events import CorrectionItem
from domain.resources.resource import RESOURCE


class ReturnResourceData(Command):
    """Return a submission with the reasons for correction, as a whole or by field (JS 10.d, CQ 23.a)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reasons": ["规格型号有误"],
                "items": [{"field": "model", "reason": "与铭牌不一致"}],
            }
        }
    )

    resource: UUID
    reasons: tuple[Words, ...] = ()
    items: Annotated[tuple[CorrectionItem, ...], Field(max_length=200)] = ()


def return_resource_data(command: ReturnResourceData, work: Work) -> Result:
    """Raises `NotFound` and what `submission.send_back` raises."""
    found = work.load(RESOURCE, command.resource)
    events = submission.send_back(found.state, reasons=command.reasons, items=command.items, edition=work.edition())
    work.append(found.id, *events)
    return Result(id=found.id)
