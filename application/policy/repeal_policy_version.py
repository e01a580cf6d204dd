# SPDX-License-Identifier: Apache-2.0
"""Repeal a policy version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.policy.stating import EXAMPLE, CouncilDecision, decided, refer_to_register
from domain.kernel.time import local_date
from domain.policy import versions
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class RepealPolicyVersion(CouncilDecision):
    """End what was decided from a day on; what held before it holds again, and nothing judged changes."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"version": "5e0d3a44-3a5b-4c8e-9a56-0d6f7f9c2b11", **EXAMPLE, "reason": "试行期满"}
        }
    )

    version: UUID
    reason: Words


def repeal_policy_version(command: RepealPolicyVersion, work: Work) -> Result:
    """Raises `DomainError` with every broken rule."""
    refer_to_register(work, command)
    events = versions.repeal(
        decided(work),
        version=command.version,
        decision=command.decision,
        decided_by=command.decided_by,
        decided_on=command.decided_on,
        effective_from=command.effective_from,
        reason=command.reason,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(STREAM, *events)
    return Result(id=command.version)
