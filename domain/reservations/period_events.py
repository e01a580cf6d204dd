# SPDX-License-Identifier: Apache-2.0
"""What is noted where a settled period is touched all the same."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event


class LockSetAside(Event):
    """The unit's head let a use of a locked day be entered or corrected."""

    TYPE: ClassVar[str] = "reservations.LockSetAside"

    day: date
    locked_through: date
    head: UUID
    reason: str
