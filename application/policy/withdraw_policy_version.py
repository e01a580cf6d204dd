# SPDX-License-Identifier: Apache-2.0
"""Withdraw a policy draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.policy.stating import decided
from domain.policy import versions
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class WithdrawPolicyVersion(Command):
    """Take back a draft that has not been decided."""

    TARGET: ClassVar[UUID] = STREAM
    model_config = ConfigDict(
        json_schema_extra={"example": {"version": "5e0d3a44-3a5b-4c8e-9a56-0d6f7f9c2b11", "reason": "重新测算"}}
    )

    version: UUID
    reason: Words


def withdraw_policy_version(command: WithdrawPolicyVersion, work: Work) -> Result:
    """Raises `DomainError` `policy.wrong_state`."""
    work.append(STREAM, *versions.withdraw(decided(work), version=command.version, reason=command.reason))
    return Result(id=command.version)
