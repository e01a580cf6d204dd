# SPDX-License-Identifier: Apache-2.0
"""The worker's rounds: what is due and not yet processed is sent, and what became of it noted in the log.

One worker sends: it holds an advisory lock for the length of a round. What the log says is asked once more before
each letter, because the list may be behind. Between the server's yes and its note in the log lies a moment in which a
crash makes the letter go out again after the restart, under the same Message-ID: at least once, never silently lost.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from application.bus import Request
from application.errors import ApplicationError, Unavailable
from application.notices.lapse_notice import LapseNotice
from application.notices.record_notice_delivery import RecordNoticeDelivery
from application.notices.record_notice_failure import RecordNoticeFailure
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import DomainError
from domain.notices.addressee import Addressee
from domain.notices.delivery import NOTICE, next_step
from domain.notices.events import Told
from infrastructure.notices.addresses import address_of, inbox_of
from infrastructure.notices.gateways import Letter, SendingFailed
from infrastructure.notices.wordings import Wordings
from projections.notices import lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from application.command import Command
    from application.ports import Clock
    from domain.notices.delivery import Notice
    from domain.notices.inbox import Inbox
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.notices.gateways import Gateway
    from infrastructure.notices.wordings import Text
    from projections.readmodel import Row

A_ROUND = 200
"""Notices of one round; the next tick goes on."""
PATIENCE = (timedelta(seconds=0), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""How long a way is left alone after it has failed as a whole so many times in a row."""
logger = logging.getLogger("tongchou.notices")


class Rounds:
    """Sends the notices of one jurisdiction. Without gateways nothing is asked and nothing is noted."""

    def __init__(self, home: Jurisdiction, gateways: Sequence[Gateway], clock: Clock) -> None:
        self._home = home
        self._gateways = {gateway.way: gateway for gateway in gateways}
        self._clock = clock
        self._broken: dict[str, tuple[int, datetime]] = {}

    def go(self) -> int:
        """One round; returns how many notices were dealt with. Raises `Unavailable` and psycopg's errors."""
        now = self._clock()
        ways = [way for way in self._gateways if way not in self._broken or self._broken[way][1] <= now]
        if not ways:
            return 0
        with _leading(self._home) as leads:
            return self._round(ways, now) if leads else 0

    def _round(self, ways: Sequence[str], now: datetime) -> int:
        with self._home.database.reading() as cursor:
            rows = lists.to_send(cursor, now, ways=ways, limit=A_ROUND)
            wordings = Wordings.of(cursor, rows) if rows else Wordings({}, {})
        open_ways = set(ways)
        done = 0
        for row in rows:
            if row["channel"] in open_ways:
                done += self._deal_with(row, wordings, open_ways)
        return done

    def _deal_with(self, row: Row, wordings: Wordings, open_ways: set[str]) -> bool:
        told = told_of(row)
        state = self._state(row)
        inbox = inbox_of(self._home.log, told.addressee)
        step = next_step(state, told, inbox.preferences, now=self._clock())
        if step in ("done", "wait"):
            return False
        if step in ("over", "quiet_hours"):
            return self._note(LapseNotice(notice=row["id"], told=told, reason=step), state)
        way = row["channel"]
        text = wordings.text(row, inbox.preferences.language)
        try:
            self._send(row, told, inbox, text)
        except SendingFailed as failed:
            if failed.whole_way:
                open_ways.discard(way)
                self._leave_alone(way)
            logger.warning("notice %s did not leave by %s: %s", row["id"], way, failed)
            command = RecordNoticeFailure(
                notice=row["id"], told=told, way=way, reason=failed.reason, answer=failed.answer
            )
            return self._note(command, state)
        self._broken.pop(way, None)
        digest = hashlib.sha256(f"{text.subject}\n{text.body}".encode()).hexdigest()
        delivered = RecordNoticeDelivery(
            notice=row["id"], told=told, way=way, language=text.language, wording=text.wording, digest=digest
        )
        return self._note(delivered, state)

    def _send(self, row: Row, told: Told, inbox: Inbox, text: Text) -> None:
        address = address_of(self._home.log, told.addressee, inbox, row["channel"])
        if address is None:
            raise SendingFailed("no_address")
        self._gateways[row["channel"]].send(Letter(row["id"], row["kind"], address, text, told.due_at))

    def _state(self, row: Row) -> Notice | None:
        return NOTICE.fold(item.event for item in self._home.log.stream(row["id"]))

    def _note(self, command: Command, state: Notice | None) -> bool:
        """Each attempt has a command id of its own, so that noting it twice changes nothing."""
        attempt = f"{type(command).__name__}/{state.in_all if state else 0}/{state.attempts if state else 0}"
        key = uuid5(command.model_dump()["notice"], attempt)
        try:
            return not self._home.bus.execute(Request(command, SYSTEM, key, key)).repeated
        except Unavailable:
            raise
        except (DomainError, ApplicationError) as refused:
            logger.warning("%s was refused: %s", type(command).__name__, refused)
            return False

    def _leave_alone(self, way: str) -> None:
        times = self._broken.get(way, (0, None))[0]
        patience = PATIENCE[min(times + 1, len(PATIENCE) - 1)]
        self._broken[way] = (times + 1, self._clock() + patience)


def told_of(row: Row) -> Told:
    """Which notice a row is, for the log."""
    return Told(
        kind=row["kind"],
        addressee=Addressee(kind=row["addressee_kind"], id=row["addressee"]),
        subject=row["subject"],
        due_at=row["due_at"],
        useful_until=row["useful_until"],
    )


@contextmanager
def _leading(home: Jurisdiction) -> Iterator[bool]:
    """Whether this worker alone sends for now. A connection of its own, because a round may take minutes."""
    key = zlib.crc32(f"notices/{home.name}".encode())
    with home.database.connect() as connection:
        found: Any = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
        yield bool(found[0])
