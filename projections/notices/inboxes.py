# SPDX-License-Identifier: Apache-2.0
"""Inboxes as far as sending asks: by which way their owners want to be told. No address ever stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.notices.addressee import Addressee
from domain.notices.events import ContactAddressRemoved, ContactAddressSet, PreferencesSet
from domain.notices.inbox import REMINDERS
from domain.parties.events import UserDeactivated, UserRegistered
from projections.handlers import new_row
from projections.notices.tables import INBOXES

if TYPE_CHECKING:
    from domain.kernel.event import Recorded
    from projections.readmodel import Row, Rows


def inbox(rows: Rows, addressee: Addressee) -> Row:
    """An inbox; where nothing was ever said, as it is by default."""
    return rows.get(INBOXES, addressee.id) or new_row(
        INBOXES,
        owner=addressee.id,
        owner_kind=addressee.kind,
        ways=[],
        channel="in_app",
        language="zh",
        reminders=list(REMINDERS),
        muted=[],
        days_ahead=[],
        version=0,
    )


def channel_of(rows: Rows, addressee: Addressee, kind: str) -> str:
    """By which channel the addressee is told of a kind: muted ones are only laid into the inbox."""
    row = rows.get(INBOXES, addressee.id)
    return "in_app" if row is None or kind in row["muted"] else str(row["channel"])


def register(event: UserRegistered, recorded: Recorded, rows: Rows) -> None:
    """Where somebody was reached at registration is where they are told, until they say otherwise."""
    row = inbox(rows, Addressee(kind="person", id=recorded.stream))
    given = {"email": event.email, "message": event.phone}
    _put(rows, row, ways=[way for way, address in given.items() if address is not None])


def leave(_event: UserDeactivated, recorded: Recorded, rows: Rows) -> None:
    """Whoever has left is written to no more."""
    row = inbox(rows, Addressee(kind="person", id=recorded.stream))
    _put(rows, row, ways=[], wished="in_app")


def set_address(event: ContactAddressSet, recorded: Recorded, rows: Rows) -> None:
    """A further way, or another address for it."""
    row = inbox(rows, event.addressee)
    _put(rows, row, ways=sorted({*row["ways"], event.way}), version=recorded.version)


def remove_address(event: ContactAddressRemoved, recorded: Recorded, rows: Rows) -> None:
    """A way less."""
    row = inbox(rows, event.addressee)
    _put(rows, row, ways=[way for way in row["ways"] if way != event.way], version=recorded.version)


def set_preferences(event: PreferencesSet, recorded: Recorded, rows: Rows) -> None:
    """Everything anew."""
    said = event.model_dump(include={"language", "quiet_from", "quiet_until"})
    lists = {"reminders": list(event.reminders), "muted": list(event.muted)}
    _put(rows, inbox(rows, event.addressee), wished=event.channel, version=recorded.version, **said, **lists)


def _put(rows: Rows, row: Row, **changed: object) -> None:
    row = {**row, **changed}
    wished, ways = row["wished"], row["ways"]
    by_itself = next((way for way in ("email", "message") if way in ways), "in_app")
    row["channel"] = by_itself if wished is None else wished if wished in ways else "in_app"
    rows.put(INBOXES, row)
