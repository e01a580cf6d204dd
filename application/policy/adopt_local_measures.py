# SPDX-License-Identifier: Apache-2.0
"""Adopt local measures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.guards import own_organisation
from application.policy.stating import Values
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.policy import territories
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class AdoptLocalMeasures(Command):
    """A city, county or district decides for itself what the regime leaves to territories (JS 32.b; JS-32.1).

    The territory is what the government's name says: its county or district, else its city.
    """

    TARGET: ClassVar[UUID] = STREAM
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "title": "苏州市科技资源统筹服务实施办法",
                "document_number": "苏府规〔2026〕3号",
                "decided_by": "苏州市人民政府",
                "decided_on": "2026-02-20",
                "effective_from": "2026-04-01",
                "values": [
                    {"parameter": "voucher.funding_split", "value": {"province": "0.40", "prefecture_city": "0.60"}}
                ],
            }
        }
    )

    legal_person: UUID
    title: Words
    document_number: Words
    decided_by: Words
    decided_on: date
    effective_from: date
    values: Values = Field(max_length=200)


def adopt_local_measures(command: AdoptLocalMeasures, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `DomainError` with every broken rule."""
    own_organisation(work, command.legal_person)
    government = work.load(LEGAL_PERSON, command.legal_person).state
    measures, today = work.new_id(), local_date(work.now)
    events = territories.adopt(
        measures=measures,
        government=government.kind,
        territory=government.territory,
        edition=work.edition(max(command.effective_from, today)),
        today=today,
        **dict(command),
    )
    work.append(STREAM, *events)
    return Result(id=measures)
