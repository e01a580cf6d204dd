# SPDX-License-Identifier: Apache-2.0
"""Closed time of a whole unit."""

from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.time import Instant, Span


class UnitClosureAnnounced(Event):
    """All instruments of the unit are closed for a time (JS 8(1), 15; CQ 14.c).

    `calendar` is the version of the working-day calendar that told the days (ruling 8.21). `kept` are the reservations
    in that time which stand all the same, `cancelled` those that the provider cancelled with it.
    """

    TYPE: ClassVar[str] = "parties.UnitClosureAnnounced"

    closure: UUID
    spans: tuple[Span, ...]
    calendar: str | None
    reason: str
    kept: tuple[UUID, ...] = ()
    cancelled: tuple[UUID, ...] = ()


class UnitClosureLifted(Event):
    """What is left of a closure is open time again."""

    TYPE: ClassVar[str] = "parties.UnitClosureLifted"

    closure: UUID
    lifted_from: Instant
    reason: str
