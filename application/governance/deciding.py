# SPDX-License-Identifier: Apache-2.0
"""Every deciding fact elsewhere refers to a registered decision (JS 5, CQ 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.claims import DECISION_NUMBER
from domain.governance.decision import APPROVAL, DECISION, Decision, require_standing
from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from datetime import date

    from application.work import Loaded, Work


def require_decision(work: Work, number: str, *, field: str = "decision_reference") -> Loaded[Decision]:
    """The decision of that number, which is registered and not annulled.

    `field` is the input that names it. The commit proves that it was still not annulled. Raises `DomainError`
    `governance.decision_not_registered`, `governance.decision_annulled`.
    """
    stream = work.claims.owner(DECISION_NUMBER, number)
    if stream is None:
        citation = work.edition().citation(APPROVAL)
        raise refusal("governance.decision_not_registered", citation=citation, field=field, number=number)
    decision = work.load(DECISION, stream)
    if decision.state.annulled:
        require_standing(decision.state, work.edition(), field=field)
    return decision


def require_same_day(decision: Decision, decided_on: date, *, field: str = "decided_on") -> None:
    """Who states the day of a decision states that of the register: `governance.decided_on_another_day`."""
    if decision.decided_on != decided_on:
        raise refusal(
            "governance.decided_on_another_day",
            field=field,
            number=decision.number,
            decided_on=decision.decided_on.isoformat(),
        )
