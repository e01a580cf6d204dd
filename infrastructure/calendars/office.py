# SPDX-License-Identifier: Apache-2.0
"""Opens a feed by its secret: whose calendar it is, whether its owner may still read it, and what they may see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid5

from domain.calendars.feed import FEED, TOKEN
from infrastructure.calendars.duties import duties_of
from infrastructure.calendars.ical import Entry, written
from infrastructure.readable import Text
from projections import calendar_feeds, instruments, parties

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from domain.calendars.feed import Feed
    from infrastructure.database.claims import PostgresClaims
    from infrastructure.event_store.log import PostgresEventLog
    from projections.paging import Cursor
    from projections.readmodel import Row

KINDS = {
    "reservation": Text(zh="预约", en="reserved"),
    "maintenance": Text(zh="停用", en="out of service"),
    "internal_block": Text(zh="本单位自用", en="kept for own use"),
}
BUSY = Text(zh="已占用", en="busy")
MINE = Text(zh="我的预约", en="my reservations")


@dataclass(frozen=True)
class Opened:
    """A calendar as its reader may see it now."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def etag(self) -> str:
        """Changes exactly when the text would."""
        return hashlib.sha256(repr((self.name, self.entries)).encode()).hexdigest()[:32]

    def text(self) -> bytes:
        """The calendar in the format of RFC 5545."""
        return written(self.name, self.entries)


@dataclass(frozen=True)
class CalendarOffice:
    """The feeds of one jurisdiction."""

    jurisdiction: str
    log: PostgresEventLog
    claims: PostgresClaims

    def open(self, secret: str, cursor: Cursor, now: datetime) -> Opened | None:
        """The calendar behind a secret; None where it is unknown, taken back, or its owner lost the right to read it.

        The secret is looked up in the claims, which change with the log itself: no projector has to come first.
        """
        stream = self.claims.owner(TOKEN, hashlib.sha256(secret.encode()).hexdigest())
        feed = FEED.fold(item.event for item in self.log.stream(stream)) if stream else None
        user = parties.user(cursor, feed.user) if feed else None
        if stream is None or feed is None or feed.revoked or user is None or not user["active"]:
            return None
        open_as = {"person": self._person, "instrument": self._instrument, "unit": self._unit}[feed.scope]
        return open_as(stream, feed, user, cursor, now)

    def _person(self, _stream: UUID, feed: Feed, _user: Row, cursor: Cursor, now: datetime) -> Opened:
        rows = calendar_feeds.entries(cursor, now, person=feed.user)
        reserved = [self._seen(row, feed) for row in rows]
        own = duties_of(cursor, feed, now, self.jurisdiction)
        return Opened(MINE.read(feed.language), (*reserved, *own))

    def _unit(self, _stream: UUID, feed: Feed, user: Row, cursor: Cursor, now: datetime) -> Opened | None:
        row = parties.unit(cursor, feed.of)
        if row is None or user["unit"] != feed.of:
            return None
        rows = calendar_feeds.entries(cursor, now, unit=feed.of)
        return Opened(_name(row, feed), tuple(self._seen(each, feed) for each in rows))

    def _instrument(self, stream: UUID, feed: Feed, user: Row, cursor: Cursor, now: datetime) -> Opened | None:
        row = instruments.instrument(cursor, feed.of)
        inside = row is not None and user["unit"] == row["unit"]
        if row is None or not (inside or instruments.is_public(row)):
            return None
        rows = calendar_feeds.entries(cursor, now, resource=feed.of)
        see: Callable[[Row], Entry] = (
            (lambda each: self._seen(each, feed)) if inside else (lambda each: self._busy(stream, each, feed))
        )
        return Opened(_name(row, feed), tuple(see(each) for each in rows))

    def _seen(self, row: Row, feed: Feed) -> Entry:
        """What it is and of which instrument; never who else."""
        what = KINDS[row["kind"]].read(feed.language)
        return _entry(row, f"{row['holder']}@{self.jurisdiction}.tongchou", f"{_name(row, feed)} · {what}", feed)

    def _busy(self, stream: UUID, row: Row, feed: Feed) -> Entry:
        """To third parties the time is taken, by nobody they could find: even the id is one of this feed alone."""
        if feed.user in (row["user_id"], row["requested_by"]):
            return self._seen(row, feed)
        uid = f"{uuid5(stream, str(row['holder']))}@{self.jurisdiction}.tongchou"
        return _entry(row, uid, BUSY.read(feed.language), feed)


def _entry(row: Row, uid: str, summary: str, feed: Feed) -> Entry:
    same = ("status", "starts_at", "ends_at", "sequence", "created_at", "changed_at")
    mine = feed.user in (row["user_id"], row["requested_by"])
    return Entry(uid=uid, summary=summary, mine=mine, **{name: row[name] for name in same})


def _name(row: Row, feed: Feed) -> str:
    return str((row["name_en"] or row["name_zh"]) if feed.language == "en" else row["name_zh"])
