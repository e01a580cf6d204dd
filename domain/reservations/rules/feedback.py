# SPDX-License-Identifier: Apache-2.0
"""Feedback that is owed keeps from further booking, once it is older than published."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def feedback_owed(case: Case, rules: Rules) -> None:
    """No feedback is owed for longer than `block_after_hours`; exactly so long still belongs to the user."""
    rule = case.house.feedback
    if rule is None:
        return
    allowed = timedelta(hours=rule.block_after_hours)
    overdue = [end for end in case.conduct.feedback_owed if case.now - end > allowed]
    rules.require(
        not overdue,
        "reservations.feedback_owed",
        citation=case.published,
        field="on_behalf_of",
        overridable_by=BY_THE_UNIT,
        count=len(overdue),
        since=min(overdue).isoformat() if overdue else "",
        hours=rule.block_after_hours,
        **case.versions,
    )
