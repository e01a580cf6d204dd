# SPDX-License-Identifier: Apache-2.0
"""Give a draft up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.contracts.contract import CONTRACT
from domain.contracts.drafting import abandon

if TYPE_CHECKING:
    from application.work import Work


class AbandonDraft(Command):
    """Give up a draft that was never signed by both sides."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33", "reason": "用户取消测试计划"}
        }
    )

    contract_id: UUID
    reason: Words


def abandon_draft(command: AbandonDraft, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.contract_id)
    work.append(loaded.id, *abandon(loaded.state, reason=command.reason))
    return answer(work.load(CONTRACT, loaded.id))
