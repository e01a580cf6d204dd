# SPDX-License-Identifier: Apache-2.0
"""Units that have ended in others (ruling 8.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.parties.unit import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from application.work import Work


def succession(work: Work, unit: UUID) -> Iterator[UUID]:
    """The unit, the one in which it has ended, and so on to the one that lives. Reads no further than it is asked."""
    at: UUID | None = unit
    while at is not None:
        yield at
        found = work.find(UNIT, at)
        at = found.state.merged_into if found else None


def living(work: Work, unit: UUID) -> UUID:
    """The unit that answers today for what the unit has done: itself, or the one in which it has ended at last."""
    *_, last = succession(work, unit)
    return last
