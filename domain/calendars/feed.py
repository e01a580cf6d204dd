# SPDX-License-Identifier: Apache-2.0
"""A calendar feed: whose calendar it shows, to whom it was given, and whether it still answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.calendars.events import CalendarTokenIssued, CalendarTokenRevoked
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from uuid import UUID

    from domain.calendars.events import FeedLanguage, FeedScope
    from domain.kernel.event import Event

TOKEN = "calendar_token"  # noqa: S105 - the kind of key, not a secret


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands."""

    user: UUID
    scope: FeedScope
    of: UUID
    token_hash: str
    language: FeedLanguage
    revoked: bool = False


def evolve(state: Feed | None, event: CalendarTokenIssued | CalendarTokenRevoked) -> Feed:
    """The feed after an event."""
    if isinstance(event, CalendarTokenIssued):
        return Feed(event.user, event.scope, event.of, event.token_hash, event.language)
    assert state is not None
    return replace(state, revoked=True)


FEED = Aggregate("calendars.Feed", evolve, (CalendarTokenIssued, CalendarTokenRevoked))


def issue(issued: CalendarTokenIssued) -> list[Event]:
    """Give somebody the address of a calendar. Raises `calendars.person_of_another`: one's own calendar alone."""
    if issued.scope == "person" and issued.of != issued.user:
        raise refusal("calendars.person_of_another", field="of")
    return [issued]


def revoke(state: Feed, *, reason: str) -> list[Event]:
    """Take the address back. Raises `calendars.revoked_already`."""
    if state.revoked:
        raise refusal("calendars.revoked_already")
    return [CalendarTokenRevoked(token_hash=state.token_hash, reason=reason)]
