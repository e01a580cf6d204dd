# SPDX-License-Identifier: Apache-2.0
"""The parts of an append: for each kind of row its columns, and the SQL that writes it.

In the SQL `{source}` joins the lock and the parts before this one, and `{rows}` is the table `c` of the part's rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range

from domain.kernel.claims import (
    DrawUpTo,
    DrawWithin,
    GrantToken,
    HoldSlot,
    MoveSlot,
    NextNumber,
    ReleaseKey,
    ReleaseSlot,
    RevokeToken,
    TakeKey,
)
from infrastructure.event_store.condensing import Changed, Opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Columns = dict[str, tuple[str, Callable[[Any], Any]]]


@dataclass(frozen=True)
class Part:
    """One clause of the statement; `columns` give each its SQL type and how to read it off a row.

    `fails` stands before a 1 where the part touched the rows it must, and before a 0 where it did not. The clauses of
    one statement run in no order of their own: `after` names the parts that must be done before this one.
    """

    name: str
    columns: Columns
    sql: str
    fails: str = "1 /"
    after: tuple[str, ...] = ()


def _during(claim: HoldSlot | MoveSlot) -> Range[datetime]:
    return Range(claim.start, claim.end, "[)")


def _read(**kinds: str) -> Columns:
    """Columns that bear the names of the row's attributes."""
    return {name: (kind, attrgetter(name)) for name, kind in kinds.items()}


EVENTS = Part(
    "event",
    {
        "stream": ("uuid", attrgetter("originator_id")),
        "version": ("bigint", attrgetter("originator_version")),
        "type": ("text", attrgetter("topic")),
        "state": ("bytea", attrgetter("state")),
    },
    """INSERT INTO events (stream, version, type, state, recorded_at)
       SELECT c.stream, c.version, c.type, c.state, coalesce(%(recorded_at)s::timestamptz, clock_timestamp())
       FROM {source}{rows} ORDER BY c.place RETURNING position""",
)

STALE = Part(
    "stale",
    {"stream": ("uuid", itemgetter(0)), "version": ("bigint", itemgetter(1))},
    """SELECT FROM {source}{rows}
       WHERE EXISTS (SELECT FROM events AS e WHERE e.stream = c.stream AND e.version = c.version + 1)""",
)
"""Finds streams that have moved on since the decision read them."""

CLAIM_PARTS: dict[type, Part] = {
    ReleaseSlot: Part(
        "release",
        _read(holder="uuid"),
        "DELETE FROM slot_claims AS s USING {source}{rows} WHERE s.holder = c.holder RETURNING 1",
    ),
    MoveSlot: Part(
        "move",
        _read(holder="uuid", lane="int") | {"during": ("tstzrange", _during)},
        """UPDATE slot_claims AS s SET lane = c.lane, during = c.during
           FROM {source}{rows} WHERE s.holder = c.holder RETURNING 1""",
        after=("release",),
    ),
    HoldSlot: Part(
        "hold",
        _read(holder="uuid", resource="uuid", lane="int") | {"during": ("tstzrange", _during)},
        """INSERT INTO slot_claims (holder, resource, lane, during)
           SELECT c.holder, c.resource, c.lane, c.during FROM {source}{rows}
           ON CONFLICT ON CONSTRAINT slots_free_ex DO NOTHING RETURNING 1""",
        # Two plain inserts that meet wait for each other until the server finds the deadlock, a second later.
        # Speculative ones (ON CONFLICT) do not: one of them waits, and then finds its slot taken.
        fails="ln",
        after=("release", "move"),  # what others give back in the same append is free for this one
    ),
    Opened: Part(
        "opened",
        _read(account="text", used="bigint", cap="bigint"),
        """INSERT INTO account_claims (account, used, cap)
           SELECT c.account, c.used, c.cap FROM {source}{rows} RETURNING 1""",
    ),
    Changed: Part(
        "changed",
        _read(account="text", used="bigint", cap="bigint"),
        """UPDATE account_claims AS a SET used = a.used + c.used, cap = a.cap + c.cap
           FROM {source}{rows} WHERE a.account = c.account RETURNING 1""",
    ),
    DrawWithin: Part(
        "within",
        _read(account="text", amount="bigint", cap="bigint"),
        """INSERT INTO account_claims AS a (account, used, cap)
           SELECT c.account, c.amount, c.cap FROM {source}{rows}
           ON CONFLICT ON CONSTRAINT accounts_pk DO UPDATE SET used = a.used + excluded.used RETURNING 1""",
    ),
    DrawUpTo: Part(
        "upto",
        _read(account="text", amount="bigint", cap="bigint"),
        """INSERT INTO account_claims AS a (account, used, cap)
           SELECT c.account, c.amount, c.cap FROM {source}{rows}
           ON CONFLICT ON CONSTRAINT accounts_pk DO UPDATE SET used = a.used + excluded.used, cap = excluded.cap
           RETURNING 1""",
    ),
    TakeKey: Part(
        "take",
        _read(kind="text", value="text", owner="uuid"),
        "INSERT INTO key_claims (kind, value, owner) SELECT c.kind, c.value, c.owner FROM {source}{rows} RETURNING 1",
    ),
    ReleaseKey: Part(
        "free",
        _read(kind="text", value="text"),
        """DELETE FROM key_claims AS k USING {source}{rows} WHERE k.kind = c.kind AND k.value = c.value RETURNING 1""",
    ),
    NextNumber: Part(
        "number",
        _read(series="text", number="bigint"),
        """INSERT INTO series_claims AS s (series, last) SELECT c.series, c.number FROM {source}{rows}
           ON CONFLICT ON CONSTRAINT series_pk DO UPDATE SET last = excluded.last
           WHERE s.last = excluded.last - 1 RETURNING 1""",
    ),
    GrantToken: Part(
        "token",
        {"token_hash": ("text", attrgetter("token_hash")), "user_id": ("uuid", attrgetter("user"))}
        | _read(role="text", organisation="uuid", unit="uuid", expires_at="timestamptz"),
        """INSERT INTO token_claims (token_hash, user_id, role, organisation, unit, expires_at)
           SELECT c.token_hash, c.user_id, c.role, c.organisation, c.unit, c.expires_at
           FROM {source}{rows} RETURNING 1""",
    ),
    RevokeToken: Part(
        "revoke",
        {"token_hash": ("text", attrgetter("token_hash"))},
        "DELETE FROM token_claims AS t USING {source}{rows} WHERE t.token_hash = c.token_hash RETURNING 1",
    ),
}

PARTS = {part.name: part for part in (*CLAIM_PARTS.values(), STALE)}
