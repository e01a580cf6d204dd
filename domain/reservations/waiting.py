# SPDX-License-Identifier: Apache-2.0
"""A place on the waiting lists of one or several instruments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.kernel.lifecycle import require_one_of
from domain.kernel.time import local
from domain.reservations.waiting_events import (
    WaitlistJoined,
    WaitlistLapsed,
    WaitlistLeft,
    WaitlistNotified,
    WaitlistPassedOver,
    WaitlistServed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.kernel.time import Span
    from domain.policy import Edition

WaitingState = Literal["queued", "left", "served", "told", "expired"]
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument somebody would wait for: whether it can be booked, and whether a list is published for it."""

    resource: UUID
    bookable: bool
    waiting_list: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place as it stands; `joined` says what is waited for."""

    joined: WaitlistJoined
    state: WaitingState = "queued"
    reservation: UUID | None = None

    @property
    def user(self) -> UUID:
        """Who waits."""
        return self.joined.user

    def fits(self, resource: UUID, span: Span) -> bool:
        """Whether a time is one that is waited for: instrument, length, range and hours of the day."""
        joined, begin, end = self.joined, local(span.start), local(span.end)
        first = begin.hour * 60 + begin.minute
        inside = joined.earliest <= span.start and span.end <= joined.latest
        day = first >= joined.from_minute and first + span.minutes <= joined.until_minute
        same = end.date() == begin.date() or joined.until_minute == DAY_MINUTES
        listed = any(place.resource == resource for place in joined.places)
        return listed and span.minutes >= joined.minutes and inside and day and same


def evolve(state: Waiting | None, event: Event) -> Waiting:
    """The place after one more event."""
    if isinstance(event, WaitlistJoined):
        return Waiting(event)
    assert state is not None, "every history begins with joining"
    match event:
        case WaitlistLeft():
            return replace(state, state="left")
        case WaitlistServed(reservation=reservation):
            return replace(state, state="served", reservation=reservation)
        case WaitlistNotified():
            return replace(state, state="told")
        case WaitlistLapsed():
            return replace(state, state="expired")
        case _:
            return state


WAITING = Aggregate(
    "reservations.Waiting",
    evolve,
    (WaitlistJoined, WaitlistLeft, WaitlistServed, WaitlistNotified, WaitlistPassedOver, WaitlistLapsed),
)


def join(
    wanted: WaitlistJoined,
    listed: Sequence[Listed],
    *,
    edition: Edition,
    now: datetime,
    also: Sequence[Violation] = (),
) -> list[Event]:
    """Take a place, in the order of joining. Every broken rule comes back at once; `also` were found broken before.

    Raises `reservations.no_waiting_list`, `reservations.waited_for_unbookable`, `reservations.waiting_range`,
    `reservations.waiting_range_over`, `reservations.waiting_hours`, `reservations.waited_for_twice`.
    """
    rules, length = Rules(), timedelta(minutes=wanted.minutes)
    for place in listed:
        resource = str(place.resource)
        rules.require(place.bookable, "reservations.waited_for_unbookable", field="resources", resource=resource)
        rules.require(
            place.waiting_list,
            "reservations.no_waiting_list",
            citation=edition.citation("resource.publication_items"),
            field="resources",
            resource=resource,
        )
    names = [place.resource for place in wanted.places]
    rules.require(len(set(names)) == len(names), "reservations.waited_for_twice", field="resources")
    fits = wanted.earliest + length <= wanted.latest
    rules.require(fits, "reservations.waiting_range", field="latest", minutes=wanted.minutes)
    over = now + length > wanted.latest
    rules.require(not fits or not over, "reservations.waiting_range_over", field="latest")
    hours = wanted.from_minute + wanted.minutes <= wanted.until_minute
    rules.require(hours, "reservations.waiting_hours", field="until_minute", minutes=wanted.minutes)
    rules.broken.extend(violation for place, violation in enumerate(also) if violation not in also[:place])
    rules.enforce()
    return [wanted.model_copy(update={"basis": edition.basis("resource.publication_items")})]


def leave(waiting: Waiting, *, reason: str) -> list[Event]:
    """Wait no longer. Raises `reservations.waiting_over`."""
    _require_waiting(waiting, "leave_waiting_list")
    return [WaitlistLeft(reason=reason)]


def lapse(waiting: Waiting, *, now: datetime) -> list[Event]:
    """Let a place lapse from the end of its range on.

    Raises `reservations.waiting_over`, `reservations.waiting_goes_on`.
    """
    _require_waiting(waiting, "lapse")
    due = waiting.joined.latest
    if now < due:
        raise refusal("reservations.waiting_goes_on", until=due.isoformat())
    return [WaitlistLapsed(due_at=due)]


def serve(waiting: Waiting, *, reservation: UUID, resource: UUID, unit: UUID, span: Span) -> list[Event]:
    """Note that free time was requested for the user. Raises what `require_served` raises."""
    require_served(waiting, resource, span)
    return [WaitlistServed(reservation=reservation, resource=resource, unit=unit, user=waiting.user, span=span)]


def notify(waiting: Waiting, *, resource: UUID, unit: UUID, span: Span) -> list[Event]:
    """Note that the user is told of free time. Raises what `require_served` raises."""
    require_served(waiting, resource, span)
    return [WaitlistNotified(resource=resource, unit=unit, user=waiting.user, span=span)]


def require_served(waiting: Waiting, resource: UUID, span: Span) -> None:
    """Refuse time that is not waited for. Raises `reservations.waiting_over`, `reservations.not_waited_for`."""
    _require_waiting(waiting, "serve")
    if not waiting.fits(resource, span):
        raise refusal("reservations.not_waited_for", resource=str(resource))


def _require_waiting(waiting: Waiting, command: str) -> None:
    require_one_of(("queued",), "reservations.waiting_over", state=waiting.state, command=command)
