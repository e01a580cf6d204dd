# SPDX-License-Identifier: Apache-2.0
"""What is noted of uses that were entered after they took place (JS 16.b, CQ 12.a, 14.b)."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.kernel.time import Instant

Origin = Literal["walk_in", "offline", "other_platform", "sample_order"]
"""Where a use was noted first: at the counter, by an offline agent, in another platform, in a sample order."""


class UseEnteredAfterwards(Event):
    """Stands beside the record of a use that took place without a booking here, on the sheet of its day.

    `overlaps` are other uses of the same instrument at the same time, as they were known when this one was entered.
    """

    TYPE: ClassVar[str] = "reservations.UseEnteredAfterwards"

    reservation: UUID
    resource: UUID
    unit: UUID
    user: UUID
    origin: Origin
    started_at: Instant
    ended_at: Instant
    used_minutes: int = Field(ge=0)
    samples: int = Field(ge=0)
    persons: int = Field(ge=1)
    entered_by: UUID
    external_id: str | None = None
    overlaps: tuple[UUID, ...] = ()


class DuplicateSuspected(Event):
    """An entered use says the same as an earlier one under another identity of its source (JS-16.2)."""

    TYPE: ClassVar[str] = "reservations.DuplicateSuspected"

    reservation: UUID
    duplicate_of: UUID


class DuplicateDismissed(Event):
    """The unit has looked at what was suspected to stand twice: it is a use of its own."""

    TYPE: ClassVar[str] = "reservations.DuplicateDismissed"

    reservation: UUID
    duplicate_of: UUID
    reason: str
