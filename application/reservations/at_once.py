# SPDX-License-Identifier: Apache-2.0
"""Looks up what stands at the same time as a use or a booking of a unit's own platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import Span
from domain.reservations.beside import Beside
from domain.reservations.day_sheet import DAY_SHEET, sheet_days, sheet_id
from domain.reservations.reservation import RESERVATION, Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from application.work import Work
    from domain.reservations.day_sheet import DaySheet


def beside(work: Work, resource: UUID, span: Span, *, but: UUID | None = None) -> list[Beside]:
    """Bookings by their claims, uses by the sheets of their days and by the read model; without `but` itself.

    Uses entered a moment ago are never missed: the sheet is a stream of its own. One that was booked here is found as
    far as the read model has come, and holds its lane until it is over.
    """
    known = [each for each in held(work, resource, span) if each.id != but]
    passed_over = {but, *(each.id for each in known)}
    return [*known, *_used(work, resource, span, passed_over)]


def held(work: Work, resource: UUID, span: Span) -> list[Beside]:
    """What holds a lane still during a span, by start."""
    return [_held(work, each.holder, each.lane) for each in work.claims.occupants(resource, span.start, span.end)]


def sheets(work: Work, resource: UUID, span: Span) -> list[DaySheet]:
    """The sheets on which a use of that time may stand."""
    streams = [sheet_id(resource, day) for day in sheet_days(span.start, span.end)]
    return [found.state for stream in streams if (found := work.find(DAY_SHEET, stream)) is not None]


def _held(work: Work, holder: UUID, lane: int) -> Beside:
    found = _reservation(work, holder)
    begun = found.started_at if found and found.state == "in_use" else None
    return Beside(id=holder, lane=lane, user=found.user if found else None, begun=begun)


def _used(work: Work, resource: UUID, span: Span, but: set[UUID | None]) -> Iterator[Beside]:
    entered = [use.reservation for sheet in sheets(work, resource, span) for use in sheet.uses]
    for each in dict.fromkeys((*entered, *work.registry.uses(resource, span.start, span.end))):
        found = None if each in but else _reservation(work, each)
        used = _time_of(found) if found else None
        if found is not None and used is not None and used.start < span.end and span.start < used.end:
            yield Beside(id=each, lane=found.lane, user=found.user, used=used)


def _time_of(use: Reservation) -> Span | None:
    """What a use took as its record stands now, corrections included; None where it took no time at all."""
    if use.started_at is None or use.ended_at is None or use.ended_at <= use.started_at:
        return None
    return Span(start=use.started_at, end=use.ended_at)


def _reservation(work: Work, holder: UUID) -> Reservation | None:
    """None for what is no reservation: a block of the unit holds lanes too."""
    found = work.find(RESERVATION, holder)
    return found.state if found and isinstance(found.state, Reservation) else None
