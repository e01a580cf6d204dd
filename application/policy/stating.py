# SPDX-License-Identifier: Apache-2.0
"""What every decision on policy states, and the register it refers to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import Field

from application.command import Command, Words
from application.governance.deciding import require_registered, require_same_day
from domain.governance.decision import APPROVAL, require_body
from domain.policy.decided import DECIDED, STREAM, Decided
from domain.policy.values import ListEntry, ParameterValue

if TYPE_CHECKING:
    from application.work import Work

EXAMPLE = {
    "decision": "苏科统理〔2026〕1号",
    "decided_by": "省科技资源统筹服务理事会",
    "decided_on": "2026-02-27",
    "effective_from": "2026-04-01",
}
Values = tuple[ParameterValue, ...]
Entries = tuple[ListEntry, ...]


class CouncilDecision(Command):
    """What the council decided: under which number, when, and from which local day on."""

    TARGET: ClassVar[UUID] = STREAM

    decision: Words = Field(description="Number of the council's decision")
    decided_by: Words
    decided_on: date
    effective_from: date = Field(description="Holds from local midnight of this day; never a day that is past")


def decided(work: Work) -> Decided:
    """All drafts and decisions of the jurisdiction so far."""
    known = work.find(DECIDED, STREAM)
    return known.state if known else Decided()


def refer_to_register(work: Work, command: CouncilDecision) -> None:
    """The one place where a decision on policy is compared with the register of decisions (JS 5, CQ 6).

    Raises `DomainError` `governance.decision_not_registered`, `governance.decision_annulled`,
    `governance.decision_of_another_body`, `governance.decided_on_another_day`.
    """
    found = require_registered(work, command.decision, field="decision").state
    require_body(found, ("council",), work.edition(), APPROVAL, field="decision")
    require_same_day(found, command.decided_on)


__all__ = ["EXAMPLE", "CouncilDecision", "Entries", "Values", "decided", "refer_to_register"]
