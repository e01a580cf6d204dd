# SPDX-License-Identifier: Apache-2.0
"""Note the registration of a technical contract."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_unit
from domain.contracts.contract import CONTRACT
from domain.contracts.performing import register
from domain.contracts.performing_events import TechnicalContractKind
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class RegisterTechnicalContract(Command):
    """Note number and date of a registration made elsewhere, after both signatures; never required (JS 18.b, A34).

    After an amendment it is noted anew: that renews it.
    """

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "registration_number": "2026320101000123",
                "registered_on": "2026-03-10",
                "body": "示例市技术合同登记处",
                "kind": "service",
            }
        }
    )

    contract_id: UUID
    registration_number: Code
    registered_on: date
    body: Words | None = Field(default=None, description="The body that registered it")
    kind: TechnicalContractKind | None = None


def register_technical_contract(command: RegisterTechnicalContract, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.contract_id)
    work.append(
        loaded.id,
        *register(
            loaded.state,
            registration_number=command.registration_number,
            registered_on=command.registered_on,
            edition=work.edition(),
            today=local_date(work.now),
            body=command.body or "",
            kind=command.kind,
        ),
    )
    return answer(work.load(CONTRACT, loaded.id))
