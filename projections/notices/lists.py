# SPDX-License-Identifier: Apache-2.0
"""Queries on notices: the queue of those to send, inboxes, wordings, and the list for who looks after delivery."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from domain.kernel.time import local
from projections.notices.model import MODEL
from projections.notices.tables import INBOXES, NOTICES
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import Row

FORGOTTEN = timedelta(days=60)
"""What was due longer ago is not even noted as lapsed: it was due before anything could be sent."""
LATEST_FIRST = Keyset(("due_at", "id"), descending=True)
_TO_SEND: LiteralString = """
    WITH clock AS (SELECT %s::timestamptz AS now, %s::int AS minute)
    SELECT n.*, i.channel, i.language, i.quiet_from, i.quiet_until
    FROM clock c, notices n JOIN notice_inboxes i ON i.owner = n.addressee
    WHERE n.state = 'waiting' AND n.next_attempt_at <= c.now AND n.due_at > %s AND i.channel = ANY(%s)
    AND NOT coalesce(
        CASE WHEN i.quiet_from < i.quiet_until THEN c.minute >= i.quiet_from AND c.minute < i.quiet_until
        ELSE c.minute >= i.quiet_from OR c.minute < i.quiet_until END
        AND n.useful_until > c.now + make_interval(mins => ((i.quiet_until - c.minute + 1440) %% 1440)::int), false)
    ORDER BY n.next_attempt_at, n.id LIMIT %s
"""


def to_send(cursor: Cursor, now: datetime, *, ways: Sequence[str], limit: int) -> list[Row]:
    """Notices that are due, of owners whose channel is one of the `ways`, by the time of their next attempt.

    Those that wait for the end of their owner's quiet hours are left out; `channel` and `language` are the owner's.
    """
    clock = local(now)
    minute = clock.hour * 60 + clock.minute
    return fetch(cursor, _TO_SEND, (now, minute, now - FORGOTTEN, list(ways), limit))


def inbox_page(
    cursor: Cursor, owners: Sequence[UUID], now: datetime, *, unread: bool = False, after: str | None, limit: int
) -> Page:
    """What is due in some inboxes, the latest first."""
    where = Where().holds("addressee = ANY(%s)", list(owners)).holds("due_at <= %s", now)
    if unread:
        where.holds("read_at IS NULL")
    return read_page(cursor, MODEL.name, NOTICES, where, LATEST_FIRST, after=after, limit=limit)


def unread_count(cursor: Cursor, owners: Sequence[UUID], now: datetime) -> int:
    """How many of them nobody has read."""
    query = "SELECT count(*) AS unread FROM notices WHERE addressee = ANY(%s) AND due_at <= %s AND read_at IS NULL"
    return int(fetch(cursor, query, (list(owners), now))[0]["unread"])


def notices(
    cursor: Cursor,
    *,
    state: str | None = None,
    kind: str | None = None,
    subject: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """All notices, the latest first: state, attempts and failures, for who looks after delivery."""
    where = Where().equals(state=state, kind=kind, subject=subject)
    return read_page(cursor, MODEL.name, NOTICES, where, LATEST_FIRST, after=after, limit=limit)


def notice(cursor: Cursor, notice_id: UUID) -> Row | None:
    """One notice."""
    return find(cursor, NOTICES, id=notice_id)


def inbox_row(cursor: Cursor, owner: UUID) -> Row | None:
    """How an owner wants to be told; None where nothing was ever said."""
    return find(cursor, INBOXES, owner=owner)


def names_of(cursor: Cursor, streams: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """The names of instruments and units in Chinese and English."""
    query = "SELECT id, name_zh, name_en FROM notice_subjects WHERE id = ANY(%s) AND name_zh IS NOT NULL"
    return {row["id"]: (row["name_zh"], row["name_en"] or "") for row in fetch(cursor, query, (list(streams),))}


def unit_wordings(cursor: Cursor, units: Sequence[UUID]) -> dict[tuple[UUID, str, str], Row]:
    """The own wordings of some units by unit, kind and language."""
    rows = fetch(cursor, "SELECT * FROM notice_templates WHERE unit = ANY(%s)", (list(units),))
    return {(row["unit"], row["kind"], row["language"]): row for row in rows}
