# SPDX-License-Identifier: Apache-2.0
"""Withdraw a template of contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.templates import answer, may_publish
from domain.contracts.template import TEMPLATE, withdraw

if TYPE_CHECKING:
    from application.work import Work


class WithdrawContractTemplate(Command):
    """Let nothing new be drafted from a template; contracts drafted from it stay as they are."""

    TARGET = "template_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"template_id": "9b7f1a44-1c53-5c8f-92a6-6d4e8c5b3f10", "reason": "已由新版省级模板代替"}
        }
    )

    template_id: UUID
    reason: Words


def withdraw_contract_template(command: WithdrawContractTemplate, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(TEMPLATE, command.template_id)
    may_publish(work, loaded.state.unit)
    work.append(loaded.id, *withdraw(loaded.state, reason=command.reason))
    return answer(work.load(TEMPLATE, loaded.id))
