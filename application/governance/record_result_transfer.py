# SPDX-License-Identifier: Apache-2.0
"""Record the transfer of a result."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Command, Result, Sha256, Words
from domain.governance import activity
from domain.governance.events import ResultTransferRecorded
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Work

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class RecordResultTransfer(Command):
    """Which result went from whom to whom, and for how much (JS 7(4)). The recipient by id, or by name."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "高温合金疲劳数据集使用许可",
                "transferred_on": "2026-02-20",
                "kind": "licence",
                "recipient_name": "示例材料有限公司",
                "amount_fen": 12000000,
                "contract_number": "JSZR-2026-018",
            }
        }
    )

    title: Words
    transferred_on: date
    kind: Literal["licence", "assignment", "commissioned_development", "co_development", "consulting"]
    provider: UUID | None = None
    recipient: UUID | None = None
    recipient_name: Line = ""
    amount_fen: Fen
    contract_number: Line = ""
    digest: Sha256 | None = None


def record_result_transfer(command: RecordResultTransfer, work: Work) -> Result:
    """Raises `DomainError`, `NotFound` for an unknown provider or recipient."""
    for party in (command.provider, command.recipient):
        if party is not None:
            work.load(LEGAL_PERSON, party)
    new = work.new_id()
    recorded = ResultTransferRecorded.model_validate(command.model_dump())
    work.append(new, *activity.record_transfer(recorded, edition=work.edition(), today=local_date(work.now)))
    return Result(id=new)
