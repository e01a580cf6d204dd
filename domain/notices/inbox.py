# SPDX-License-Identifier: Apache-2.0
"""An inbox: where its owner is reached outside the platform, and how they want to be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.notices.events import ContactAddressRemoved, ContactAddressSet, PreferencesSet
from domain.notices.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.notices.events import Channel, Language, Way

A_DAY = 24 * 60
REMINDERS = (A_DAY, 60)
"""Minutes before a reservation at which those are reminded who have not said otherwise."""
LEAST_MINUTES, MOST_MINUTES, MOST_REMINDERS = 5, 30 * A_DAY, 5
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
HANDLE = re.compile(r"\+?[0-9][0-9 -]{4,30}|[A-Za-z0-9._@-]{2,100}")
"""A telephone number, or a name in an enterprise chat. Neither has room for a line break."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody wants to be told; the defaults are for those who never said."""

    channel: Channel | None = None
    language: Language = "zh"
    quiet_from: int | None = None
    quiet_until: int | None = None
    reminders: tuple[int, ...] = REMINDERS
    muted: tuple[str, ...] = ()

    def quiet_at(self, minute: int) -> bool:
        """Whether a minute after local midnight lies in the quiet hours, which may pass over midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= minute < self.quiet_until
        return minute >= self.quiet_from or minute < self.quiet_until


@dataclass(frozen=True, slots=True)
class Inbox:
    """Addresses by way; those `removed` are not replaced by what was given at registration."""

    addresses: dict[Way, Personal] = field(default_factory=dict)
    removed: frozenset[Way] = frozenset()
    preferences: Preferences = Preferences()


def evolve(state: Inbox | None, event: ContactAddressSet | ContactAddressRemoved | PreferencesSet) -> Inbox:
    """The inbox after an event."""
    state = state or Inbox()
    match event:
        case ContactAddressSet():
            known = {**state.addresses, event.way: event.address}
            return replace(state, addresses=known, removed=state.removed - {event.way})
        case ContactAddressRemoved():
            left = {way: address for way, address in state.addresses.items() if way != event.way}
            return replace(state, addresses=left, removed=state.removed | {event.way})
        case PreferencesSet():
            said = event.model_dump(include=set(Preferences.__dataclass_fields__))
            return replace(state, preferences=Preferences(**said))


INBOX = Aggregate("notices.Inbox", evolve, (ContactAddressSet, ContactAddressRemoved, PreferencesSet))


def set_address(state: Inbox | None, change: ContactAddressSet) -> list[Event]:
    """Say where to reach the owner. Raises `notices.address_malformed`, `notices.nothing_changed`."""
    shape = MAIL if change.way == "email" else HANDLE
    if not shape.fullmatch(change.address.value or ""):
        raise refusal("notices.address_malformed", field="address", way=change.way)
    if state is not None and state.addresses.get(change.way) == change.address:
        raise refusal("notices.nothing_changed", field="address")
    return [change]


def remove_address(state: Inbox | None, change: ContactAddressRemoved, *, registered: AbstractSet[Way]) -> list[Event]:
    """No longer reach the owner by a way; `registered` are those given at registration.

    Raises `notices.no_such_address`.
    """
    if change.way not in ways_of(state, registered):
        raise refusal("notices.no_such_address", field="way", way=change.way)
    return [change]


def set_preferences(state: Inbox | None, change: PreferencesSet, *, registered: AbstractSet[Way]) -> list[Event]:
    """Say how to be told. Every broken rule at once.

    Raises `notices.no_address_for_channel`, `notices.quiet_hours_incomplete`, `notices.quiet_hours_malformed`,
    `notices.reminder_out_of_range`, `notices.too_many_reminders`, `notices.unknown_kind`.
    """
    rules = Rules()
    rules.require(
        change.channel in (None, "in_app", *ways_of(state, registered)),
        "notices.no_address_for_channel",
        field="channel",
        way=change.channel or "",
    )
    quiet = (change.quiet_from, change.quiet_until)
    rules.require((quiet[0] is None) == (quiet[1] is None), "notices.quiet_hours_incomplete", field="quiet_until")
    inside = all(minute is None or 0 <= minute < A_DAY for minute in quiet)
    rules.require(
        inside and (quiet[0] is None or quiet[0] != quiet[1]), "notices.quiet_hours_malformed", field="quiet_from"
    )
    rules.require(
        all(LEAST_MINUTES <= minutes <= MOST_MINUTES for minutes in change.reminders),
        "notices.reminder_out_of_range",
        field="reminders",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
    )
    few = len(change.reminders) <= MOST_REMINDERS and len(set(change.reminders)) == len(change.reminders)
    rules.require(few, "notices.too_many_reminders", field="reminders", most=MOST_REMINDERS)
    unknown = [kind for kind in change.muted if kind not in KINDS]
    rules.require(not unknown, "notices.unknown_kind", field="muted", kind=", ".join(unknown), known=", ".join(KINDS))
    rules.enforce()
    return [change]


def ways_of(state: Inbox | None, registered: AbstractSet[Way]) -> frozenset[Way]:
    """The ways by which the owner can be reached."""
    inbox = state or Inbox()
    return frozenset(inbox.addresses) | (frozenset(registered) - inbox.removed)
