# SPDX-License-Identifier: Apache-2.0
"""No time is used, and paid for, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from domain.kernel.errors import Rules
    from domain.kernel.time import Span
    from domain.reservations.rules.case import Case

OVERLAPS_USE: Final = "reservations.overlaps_use"


def used_once(case: Case, rules: Rules) -> None:
    """A use entered afterwards leaves a lane to each use recorded for the same time; the unit may know better."""
    full(rules, case.wish.span, case.offer.full_of)


def full(rules: Rules, span: Span, uses: Sequence[UUID]) -> None:
    """Say which uses leave no lane to another one."""
    rules.require(
        not uses,
        "reservations.overlaps_use",
        field="span",
        overridable_by=BY_THE_UNIT,
        duplicates=", ".join(str(each) for each in uses),
        start=span.start.isoformat(),
        end=span.end.isoformat(),
    )
