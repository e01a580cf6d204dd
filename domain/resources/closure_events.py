# SPDX-License-Identifier: Apache-2.0
"""Closed time of one resource."""

from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.time import Instant, Span


class ClosureAnnounced(Event):
    """Lanes are closed for a time, all of them where `lanes` is None (JS 15, CQ 14.c).

    `calendar` is the version of the working-day calendar that told the days (ruling 8.21). `kept` are the reservations
    in that time which stand all the same, `cancelled` those that the provider cancelled with it.
    """

    TYPE: ClassVar[str] = "resources.ClosureAnnounced"

    closure: UUID
    spans: tuple[Span, ...]
    calendar: str | None
    lanes: tuple[int, ...] | None
    reason: str
    kept: tuple[UUID, ...] = ()
    cancelled: tuple[UUID, ...] = ()


class ClosureLifted(Event):
    """What is left of a closure is open time again."""

    TYPE: ClassVar[str] = "resources.ClosureLifted"

    closure: UUID
    lifted_from: Instant
    reason: str
