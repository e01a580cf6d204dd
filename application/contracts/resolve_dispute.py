# SPDX-License-Identifier: Apache-2.0
"""Note how a dispute was resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.contracts import performing
from domain.contracts.contract import CONTRACT

if TYPE_CHECKING:
    from application.work import Work


class ResolveDispute(Command):
    """Note the outcome given by the body that the dispute clause names, by either side."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "body": "示例仲裁委员会",
                "outcome": "免费补测一次，费用照付",
            }
        }
    )

    contract_id: UUID
    body: Words
    outcome: Words


def resolve_dispute(command: ResolveDispute, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.contract_id)
    decided = performing.resolve_dispute(loaded.state, body=command.body, outcome=command.outcome)
    work.append(loaded.id, *decided)
    return answer(work.load(CONTRACT, loaded.id))
