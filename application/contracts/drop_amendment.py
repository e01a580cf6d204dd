# SPDX-License-Identifier: Apache-2.0
"""Give a proposed version up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.contracts.amending import drop
from domain.contracts.contract import CONTRACT

if TYPE_CHECKING:
    from application.work import Work


class DropAmendment(Command):
    """Give the proposed version up; the contract stays as it was."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33", "reason": "双方未就新条款达成一致"}
        }
    )

    contract_id: UUID
    reason: Words


def drop_amendment(command: DropAmendment, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.contract_id)
    work.append(loaded.id, *drop(loaded.state, reason=command.reason))
    return answer(work.load(CONTRACT, loaded.id))
