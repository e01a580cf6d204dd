# SPDX-License-Identifier: Apache-2.0
"""The annual plans that a year has had, by the places they claimed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.claims import PLAN_YEAR, place_of
from domain.governance.document import DOCUMENT
from domain.governance.yearly import NONE_YET, PlansOfYear

if TYPE_CHECKING:
    from application.work import Work
    from domain.governance.document import Document


def plans_of_year(work: Work, state: Document) -> PlansOfYear:
    """What stands before a document that would be the plan of its year; nothing for any other document.

    The commit proves that the last plan has not changed, and its claim that nobody else took the next place.
    """
    plans = NONE_YET
    while state.year is not None:
        owner = work.claims.owner(PLAN_YEAR, place_of(state.year, plans.count + 1))
        if owner is None:
            break
        plans = PlansOfYear(plans.count + 1, work.load(DOCUMENT, owner).state)
    return plans
