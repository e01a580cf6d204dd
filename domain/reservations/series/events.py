# SPDX-License-Identifier: Apache-2.0
"""What happens to a series of bookings."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.kernel.event import Event
from domain.kernel.time import Instant, Span
from domain.reservations.series.pattern import AtConflict, Pattern, Wall


class Part(BaseModel):
    """Base of the parts of these events."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Booked(Part):
    """An occurrence that became a reservation."""

    span: Span
    reservation: UUID


class Skipped(Part):
    """An occurrence that was left out, with the codes that say why; without a span where the zone has no such time."""

    day: str
    span: Span | None
    codes: tuple[str, ...]


class SeriesRequested(Event):
    """A user asks for time again and again; each occurrence booked is a reservation of its own.

    Times are those on the wall of `zone`. `calendar` is the version of the working-day calendar where holidays were
    left out; `provisional` where it does not know the holidays of every year concerned (ruling 8.21).
    """

    TYPE: ClassVar[str] = "reservations.SeriesRequested"

    resource: UUID
    unit: UUID
    provider: UUID
    user: UUID
    customer: UUID | None
    requested_by: UUID
    first: Wall
    zone: str
    pattern: Pattern
    at_conflict: AtConflict
    skip_holidays: bool
    calendar: str | None
    provisional: bool
    booked: tuple[Booked, ...]
    skipped: tuple[Skipped, ...]


class SeriesEnded(Event):
    """What was left of the series from a moment on was cancelled; what was used or had begun stays."""

    TYPE: ClassVar[str] = "reservations.SeriesEnded"

    ended_from: Instant
    by: str
    reason: str
    cancelled: tuple[UUID, ...]
