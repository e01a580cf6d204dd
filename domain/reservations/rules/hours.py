# SPDX-License-Identifier: Apache-2.0
"""Time against the published opening hours and terms (JS 15, CQ 14.c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def in_future(case: Case, rules: Rules) -> None:
    """Nobody reserves, or moves a reservation into, the past; what took place is entered as what it is."""
    rules.require(case.wish.span.start > case.now, "reservations.start_in_past", field="span.start")


def opening_published(case: Case, rules: Rules) -> None:
    """Opening hours are published for the day."""
    found = case.offer.opening is not None
    rules.require(found, "reservations.no_opening_published", citation=case.published, field="span")


def grid(case: Case, rules: Rules) -> None:
    """Start and end lie on the grid of slots; a time that was measured lies on none."""
    opening = case.offer.opening
    if opening is not None:
        rules.require(
            opening.on_grid,
            "reservations.off_grid",
            citation=case.published,
            field="span",
            slot_minutes=opening.slot_minutes,
        )


def opening_length(case: Case, rules: Rules) -> None:
    """The length lies within the published terms."""
    opening, minutes = case.offer.opening, case.wish.span.minutes
    if opening is None:
        return
    for holds, code, bound in (
        (minutes >= opening.min_minutes, "reservations.too_short", opening.min_minutes),
        (minutes <= opening.max_minutes, "reservations.too_long", opening.max_minutes),
    ):
        rules.require(holds, code, citation=case.published, field="span", minutes=minutes, bound=bound)


def opening_hours(case: Case, rules: Rules) -> None:
    """The resource is open for the whole span."""
    opening = case.offer.opening
    if opening is not None:
        rules.require(
            opening.within_hours,
            "reservations.outside_opening_hours",
            citation=case.published,
            field="span",
            opening=opening.version,
        )


def closure(case: Case, rules: Rules) -> None:
    """No closure announced before covers any of the span; who announced it may let somebody in all the same."""
    for closed in case.offer.closed:
        rules.require(
            False,  # noqa: FBT003 - each closure that is met is a broken rule
            "reservations.closed",
            citation=case.published,
            field="span",
            overridable_by=BY_THE_UNIT,
            closure=str(closed.closure),
            level=closed.level,
            start=closed.start.isoformat(),
            end=closed.end.isoformat(),
            why=closed.reason,
        )
