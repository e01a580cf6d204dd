# SPDX-License-Identifier: Apache-2.0
"""Draft a policy version."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.policy.stating import Entries, Values
from domain.policy import versions
from domain.policy.decided import STREAM

if TYPE_CHECKING:
    from application.work import Work


class DraftPolicyVersion(Command):
    """Propose values of parameters and entries of open lists to the council; without effect (JS 7(1), CQ 7).

    Dates and numbers with decimals are text ("0.30"); null says that there is to be none, where that may be decided.
    """

    TARGET: ClassVar[UUID] = STREAM
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "2026年度参数",
                "reason": "办法第二十二条授权确定比例",
                "values": [
                    {"parameter": "fee.max_margin", "value": "0.05"},
                    {"parameter": "voucher.validity_days", "value": 180},
                ],
                "entries": [
                    {"list": "resource.types", "code": "consumable_stock", "name_zh": "耗材库", "name_en": "Stock"}
                ],
            }
        }
    )

    title: Words
    reason: Words
    values: Values = Field(default=(), max_length=200)
    entries: Entries = Field(default=(), max_length=200)


def draft_policy_version(command: DraftPolicyVersion, work: Work) -> Result:
    """Raises `DomainError` with everything that cannot be decided so."""
    version = work.new_id()
    drafted = versions.draft(
        version=version,
        title=command.title,
        reason=command.reason,
        values=command.values,
        entries=command.entries,
        drafted_by=work.actor.role.value,
        edition=work.edition(),
    )
    work.append(STREAM, *drafted)
    return Result(id=version)
