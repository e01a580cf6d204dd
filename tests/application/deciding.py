# SPDX-License-Identifier: Apache-2.0
"""Decisions that others refer to, and what they put in force, registered by whom it takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from application.bus import Request
from application.governance.adopt_document import AdoptDocument
from application.governance.draft_document import DraftDocument
from application.governance.record_decision import RecordDecision
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from domain.governance.claims import number_of
from domain.governance.values import Minutes, Seat
from domain.kernel.actor import Actor, Role
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.command import Command, Result
    from domain.governance.values import Body
    from infrastructure.bootstrap import Jurisdiction

YEAR_BEGAN = date(2026, 1, 1)
ATTENDED = Minutes(seats=(Seat(seat="示例成员单位"),))


def decided(
    home: Jurisdiction,
    number: str,
    *,
    body: Body = "council",
    decided_on: date = YEAR_BEGAN,
    now: datetime | None = None,
) -> str:
    """The number of a decision that is in the register, at the latest from now on."""
    if home.claims.owner(number_of(body), number) is None:
        command = RecordDecision(
            number=number,
            body=body,
            title="示例决定",
            decided_on=decided_on,
            digest="d" * 64,
            minutes=ATTENDED,
        )
        _issue(home, command, now)
    return number


def standard_in_force(home: Jurisdiction, now: datetime | None = None) -> UUID:
    """A technical standard that the council has put in force this year."""
    draft = DraftDocument(
        kind="technical_standard", title_zh="信息汇交技术标准", title_en="Data standard", digest="e" * 64
    )
    document = _issue(home, draft, now).id
    adopt = AdoptDocument(
        document=document,
        document_version=1,
        decision_reference=decided(home, "标准〔2026〕1号", now=now),
        effective_from=YEAR_BEGAN,
    )
    _issue(home, adopt, now)
    return document


def rule_decided(home: Jurisdiction, parameter: str, value: str, now: datetime) -> None:
    """Let the council decide a parameter from that day on."""
    draft = DraftPolicyVersion.model_validate(
        {"title": "参数", "reason": "授权", "values": [{"parameter": parameter, "value": value}]}
    )
    approve = ApprovePolicyVersion(
        version=_issue(home, draft, now).id,
        decision=decided(home, "参数〔2026〕1号", now=now),
        decided_by="理事会",
        decided_on=YEAR_BEGAN,
        effective_from=local_date(now),
    )
    _issue(home, approve, now)


def _issue(home: Jurisdiction, command: Command, now: datetime | None) -> Result:
    key = uuid4()
    return home.bus.execute(Request(command, Actor(user=uuid4(), role=Role.SYSTEM), key, key, occurred_at=now))
