# SPDX-License-Identifier: Apache-2.0
"""By which editions a resource is judged: those of the days it was accepted and bought on (A04, A13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError
from domain.resources.assessment import Then

if TYPE_CHECKING:
    from datetime import date

    from application.work import Work
    from domain.policy import Edition


def editions_of(work: Work, *, accepted_on: date | None, acquired_on: date | None) -> Then:
    """The editions of both days; an unknown day of purchase is taken to be that of acceptance."""
    accepted = _edition_on(work, accepted_on)
    return Then(accepted=accepted, bought=_edition_on(work, acquired_on) if acquired_on else accepted)


def _edition_on(work: Work, day: date | None) -> Edition | None:
    """The edition of that day with what was decided for it; None where none was in force, or the day is unknown."""
    if day is None:
        return None
    try:
        return work.edition(day)
    except DomainError:
        return None
