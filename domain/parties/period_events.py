# SPDX-License-Identifier: Apache-2.0
"""Up to which day a unit's records of use are settled."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event


class UnitPeriodLocked(Event):
    """Uses up to and with a day are reported and settled: none is entered or corrected, unless `head` says why.

    `head` is the person who answers for the unit. An earlier day than before opens time again.
    """

    TYPE: ClassVar[str] = "parties.UnitPeriodLocked"

    locked_through: date
    head: UUID
    reason: str
