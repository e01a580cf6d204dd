# SPDX-License-Identifier: Apache-2.0
"""Up to which day the records and charges of a unit are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.period import Lock
from domain.parties.unit import UNIT

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def lock_of(work: Work, unit: UUID) -> Lock | None:
    """The lock of a unit, None where it never set one. Raises `NotFound`."""
    period = work.load(UNIT, unit).state.period
    return Lock(period.locked_through, period.head) if period else None
