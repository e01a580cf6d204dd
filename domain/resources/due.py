# SPDX-License-Identifier: Apache-2.0
"""Whether a day of the registry still stands for a resource: asked of its state when the day comes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.resources.state import Resource

SETTLED = ("published", "suspended", "exempt", "withdrawn")


def listing_stands(state: Resource, due_on: date, *, binding: bool) -> bool:
    """Whether the resource is to be listed by that day and is not yet (CQ 12.b; a warning where it does not bind)."""
    judged = state.assessment
    if judged is None or state.listing_excused or state.state in SETTLED:
        return False
    return (judged.listing_due_on, judged.listing_binding) == (due_on, binding)


def submission_stands(state: Resource, due_on: date) -> bool:
    """Whether the resource is to be submitted by that day for its project and is not yet (JS 11.b, A10)."""
    project = state.project
    if project is None or not project.binding or state.state not in ("draft", "exempt_claimed"):
        return False
    forgiven = state.returns > 0 and state.returns == state.conceded_return
    limit = project.accepted_at or project.planned_acceptance_at
    return not forgiven and last_day_before(limit) == due_on


def last_day_before(acceptance_at: datetime) -> date:
    """The last day on which something may still be done strictly before a moment: at midnight, the day before."""
    return local_date(acceptance_at - timedelta(microseconds=1))
