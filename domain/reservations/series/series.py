# SPDX-License-Identifier: Apache-2.0
"""The series: which reservations were booked together, and whether the rest of them was cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate
from domain.reservations.series.events import Booked, SeriesEnded, SeriesRequested

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.reservations.answering import Canceller
    from domain.reservations.series.pattern import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series as it stands; what became of each reservation stands in its own stream, whose `judged` names this."""

    resource: UUID
    unit: UUID
    provider: UUID
    user: UUID
    customer: UUID | None
    requested_by: UUID
    zone: str
    pattern: Pattern
    booked: tuple[Booked, ...]
    ended_from: datetime | None = None


def evolve(state: Series | None, event: Event) -> Series:
    """The series after one more event."""
    if isinstance(event, SeriesRequested):
        return Series(
            resource=event.resource,
            unit=event.unit,
            provider=event.provider,
            user=event.user,
            customer=event.customer,
            requested_by=event.requested_by,
            zone=event.zone,
            pattern=event.pattern,
            booked=event.booked,
        )
    assert state is not None, "every history begins with a request"
    assert isinstance(event, SeriesEnded)
    earlier = state.ended_from or event.ended_from
    return replace(state, ended_from=min(earlier, event.ended_from))


SERIES = Aggregate("reservations.Series", evolve, (SeriesRequested, SeriesEnded))


def begin(request: SeriesRequested) -> list[Event]:
    """Write the series down. Raises `reservations.series_books_nothing` where every occurrence was left out."""
    if not request.booked:
        codes = sorted({code for each in request.skipped for code in each.codes})
        raise refusal(
            "reservations.series_books_nothing",
            field="pattern",
            count=len(request.skipped),
            codes=", ".join(codes),
        )
    return [request]


def end(series: Series, *, ended_from: datetime, by: Canceller, reason: str, cancelled: Sequence[UUID]) -> list[Event]:
    """End it from a moment on. Raises `reservations.series_over` where nothing is left to cancel."""
    if not cancelled:
        raise refusal("reservations.series_over", field="series_id", booked=len(series.booked))
    return [SeriesEnded(ended_from=ended_from, by=by, reason=reason, cancelled=tuple(cancelled))]
