# SPDX-License-Identifier: Apache-2.0
"""By which edition the listing period of a resource is judged: that of the day of its acceptance (A04, A13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from application.work import Work
    from domain.policy import Edition


def edition_of_acceptance(work: Work, accepted_on: date | None) -> Edition | None:
    """The edition of that day with what was decided for it; None where none was in force, or the day is unknown."""
    if accepted_on is None:
        return None
    try:
        return work.edition(accepted_on)
    except DomainError:
        return None
