# SPDX-License-Identifier: Apache-2.0
"""Repeal local measures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_organisation
from application.policy.stating import decided
from domain.kernel.time import local_date
from domain.policy import territories
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class RepealLocalMeasures(Command):
    """End a territory's own measures from a day on; the province's values hold there again."""

    TARGET: ClassVar[UUID] = STREAM
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "measures": "8f0a1c9e-6f0f-4f39-9d40-b2f4a5a7a001",
                "document_number": "苏府规〔2027〕1号",
                "decided_by": "苏州市人民政府",
                "decided_on": "2027-01-15",
                "effective_from": "2027-02-01",
                "reason": "期满",
            }
        }
    )

    measures: UUID
    document_number: Words
    decided_by: Words
    decided_on: date
    effective_from: date
    reason: Words


def repeal_local_measures(command: RepealLocalMeasures, work: Work) -> Result:
    """Raises `NotPermitted`, `DomainError` with every broken rule."""
    known = decided(work)
    standing = known.version(command.measures)
    if standing is not None:
        own_organisation(work, standing.legal_person)
    events = territories.repeal(known, today=local_date(work.now), **dict(command))
    work.append(STREAM, *events)
    return Result(id=command.measures)
