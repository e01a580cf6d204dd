# SPDX-License-Identifier: Apache-2.0
"""Approve a policy version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result
from application.policy.stating import EXAMPLE, CouncilDecision, decided, refer_to_register
from domain.kernel.time import local_date
from domain.policy import versions
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class ApprovePolicyVersion(CouncilDecision):
    """Put a draft in force from local midnight of a day on, by decision of the council (JS 5, CQ 6; JS-5.1)."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": "5e0d3a44-3a5b-4c8e-9a56-0d6f7f9c2b11", **EXAMPLE}}
    )

    version: UUID


def approve_policy_version(command: ApprovePolicyVersion, work: Work) -> Result:
    """Raises `DomainError` with every broken rule."""
    refer_to_register(work, command)
    today = local_date(work.now)
    events = versions.approve(
        decided(work),
        version=command.version,
        decision=command.decision,
        decided_by=command.decided_by,
        decided_on=command.decided_on,
        effective_from=command.effective_from,
        # Where the day is past, the refusal is about that, under the edition of today.
        edition=work.edition(max(command.effective_from, today)),
        today=today,
    )
    work.append(STREAM, *events)
    return Result(id=command.version)
