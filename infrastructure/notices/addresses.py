# SPDX-License-Identifier: Apache-2.0
"""Where somebody is reached, opened from the log at the moment of sending and kept nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.notices.inbox import INBOX, Inbox
from domain.parties.events import UserRegistered

if TYPE_CHECKING:
    from domain.kernel.personal import Personal
    from domain.notices.addressee import Addressee
    from domain.notices.events import Way
    from infrastructure.event_store.log import PostgresEventLog


def inbox_of(log: PostgresEventLog, addressee: Addressee) -> Inbox:
    """Addresses and preferences as they stand, not as a read model last knew them."""
    return INBOX.fold(item.event for item in log.stream(addressee.inbox)) or Inbox()


def address_of(log: PostgresEventLog, addressee: Addressee, inbox: Inbox, way: Way) -> str | None:
    """The address, by default the one given at registration; None where there is none or its key was destroyed."""
    if way in inbox.addresses:
        return inbox.addresses[way].value
    if way in inbox.removed or addressee.kind != "person":
        return None
    given: Personal | None = None
    for item in log.stream(addressee.id):
        if isinstance(item.event, UserRegistered):
            given = item.event.email if way == "email" else item.event.phone
    return given.value if given else None
