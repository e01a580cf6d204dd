# SPDX-License-Identifier: Apache-2.0
"""A year has one annual plan: what is to change becomes its next version (JS 5, CQ 6).

Another document can take its place only from the day on which the plan before it is repealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.governance.events import PlanYearTaken

if TYPE_CHECKING:
    from datetime import date

    from domain.governance.document import Document
    from domain.kernel.citation import Citation
    from domain.kernel.errors import Rules
    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class PlansOfYear:
    """The plans that a year has had: how many, and the last of them."""

    count: int = 0
    last: Document | None = None


NONE_YET = PlansOfYear()


def require_free_year(
    rules: Rules, state: Document, plans: PlansOfYear, effective_from: date, *, citation: Citation | None
) -> None:
    """Note `governance.year_has_a_plan` where another plan of the year is in force on the day, or after it."""
    last = plans.last
    if state.year is None or state.place_in_year is not None or last is None:
        return
    rules.require(
        last.repealed_from is not None and last.repealed_from <= effective_from,
        "governance.year_has_a_plan",
        citation=citation,
        field="document",
        year=state.year,
        title=last.title_zh,
    )


def year_taken(state: Document, plans: PlansOfYear) -> list[Event]:
    """The year belongs to the plan from its first adoption on; nothing for any other document or version."""
    if state.year is None or state.place_in_year is not None:
        return []
    return [PlanYearTaken(year=state.year, place=plans.count + 1)]
