# SPDX-License-Identifier: Apache-2.0
"""The sheet of one instrument and local day: the uses entered afterwards, so that none is entered twice unnoticed.

The sheet is a stream of its own: of two entries at the same moment one is decided after it has seen the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate
from domain.kernel.time import local_date
from domain.reservations.afterwards_events import DuplicateDismissed, DuplicateSuspected, UseEnteredAfterwards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.event import Event

SAID = ("resource", "user", "started_at", "ended_at", "used_minutes", "samples", "persons")
"""What two records of one use have in common."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The uses entered that began on the day, in the order of their entry."""

    uses: tuple[UseEnteredAfterwards, ...] = ()
    suspected: dict[UUID, UUID] = field(default_factory=dict)
    """Of those that may stand twice, the earlier ones that they say the same as."""


def evolve(state: DaySheet | None, event: Event) -> DaySheet:
    """The sheet after one more event."""
    sheet = state or DaySheet()
    match event:
        case UseEnteredAfterwards():
            return replace(sheet, uses=(*sheet.uses, event))
        case DuplicateSuspected(reservation=reservation, duplicate_of=twin):
            return replace(sheet, suspected={**sheet.suspected, reservation: twin})
        case DuplicateDismissed(reservation=reservation):
            left = {one: twin for one, twin in sheet.suspected.items() if one != reservation}
            return replace(sheet, suspected=left)
        case _:
            return sheet


DAY_SHEET = Aggregate("reservations.DaySheet", evolve, (UseEnteredAfterwards, DuplicateSuspected, DuplicateDismissed))


def sheet_id(resource: UUID, day: date) -> UUID:
    """The stream of the sheet of one instrument and day."""
    return uuid5(resource, f"uses entered {day.isoformat()}")


def sheet_days(started_at: datetime, ended_at: datetime) -> list[date]:
    """The days whose sheets may hold a use that touches the span: its own, and the one before for night work."""
    first, last = local_date(started_at) - A_DAY, local_date(ended_at)
    return [first + A_DAY * number for number in range((last - first).days + 1)]


def enter(
    sheets: Iterable[DaySheet], entry: UseEnteredAfterwards, known: Iterable[UUID] = (), *, twin: UUID | None = None
) -> list[Event]:
    """Note a use; `known` are uses booked here that it overlaps.

    What says the same as an earlier entry is flagged, as is what the same user has at that time already (`twin`).
    """
    before = [use for sheet in sheets for use in sheet.uses]
    touched = [use.reservation for use in before if _touch(use, entry)]
    others = tuple(dict.fromkeys(each for each in (*touched, *known) if each != entry.reservation))
    noted: list[Event] = [entry.model_copy(update={"overlaps": others})]
    twin = next((use.reservation for use in before if _said(use) == _said(entry)), twin)
    return [*noted, *suspect(entry.reservation, twin)]


def suspect(reservation: UUID, twin: UUID | None) -> list[Event]:
    """Flag what the same user has at the same time already, a booking as well; nothing without such a `twin`."""
    return [DuplicateSuspected(reservation=reservation, duplicate_of=twin)] if twin else []


def dismiss(sheet: DaySheet | None, reservation: UUID, *, reason: str) -> list[Event]:
    """Let a suspicion go. Raises `reservations.no_duplicate_suspected`."""
    twin = sheet.suspected.get(reservation) if sheet else None
    if twin is None:
        raise refusal("reservations.no_duplicate_suspected", field="reservation_id")
    return [DuplicateDismissed(reservation=reservation, duplicate_of=twin, reason=reason)]


def _touch(one: UseEnteredAfterwards, other: UseEnteredAfterwards) -> bool:
    return one.started_at < other.ended_at and other.started_at < one.ended_at


def _said(use: UseEnteredAfterwards) -> tuple[object, ...]:
    return tuple(getattr(use, name) for name in SAID)
