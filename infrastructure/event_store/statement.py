# SPDX-License-Identifier: Apache-2.0
"""The append as SQL: lock, claims, events and command row in one statement or two.

The shared advisory lock comes before the first position is drawn from the sequence; a reader that takes the lock
exclusively has therefore drained every writer below the value it noted (the reader barrier).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range

from domain.kernel.claims import (
    Claim,
    Draw,
    DrawWithin,
    GrantToken,
    HoldSlot,
    MoveSlot,
    NextNumber,
    OpenAccount,
    RaiseCap,
    ReleaseKey,
    ReleaseSlot,
    RevokeToken,
    TakeKey,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent

LOCK = "SELECT pg_advisory_xact_lock_shared(%(lock)s)"

_EVENTS = """
    INSERT INTO events (stream, version, type, state, recorded_at)
    SELECT e.stream, e.version, e.type, e.state, coalesce(%(recorded_at)s, clock_timestamp())
    FROM {source}unnest(%(streams)s::uuid[], %(versions)s::bigint[], %(types)s::text[], %(states)s::bytea[])
        WITH ORDINALITY AS e (stream, version, type, state, place)
    ORDER BY e.place
    RETURNING position
"""


@dataclass
class Part:
    """One claim operation: a common table expression and how many rows it must touch."""

    name: str
    sql: str
    rows: int


def append_sql(
    events: Sequence[StoredEvent], claims: Iterable[Claim], *, with_command: bool, lock_inside: bool
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters, save `lock`, `recorded_at` and the command's own."""
    source = "lock, " if lock_inside else ""
    parts, parameters = _claim_parts(claims, source)
    parameters |= {
        "streams": [event.originator_id for event in events],
        "versions": [event.originator_version for event in events],
        "types": [event.topic for event in events],
        "states": [event.state for event in events],
    }
    clauses = [f"lock AS MATERIALIZED ({LOCK})"] if lock_inside else []
    clauses += [f"{part.name} AS ({part.sql})" for part in parts]
    # A claim that touched fewer rows than it must divides by zero: the statement fails as a whole.
    checks = [f"1 / (CASE WHEN (SELECT count(*) FROM {part.name}) = {part.rows} THEN 1 ELSE 0 END)" for part in parts]
    clauses.append(f"appended AS ({_EVENTS.format(source=source)})")
    checked = " + ".join(checks) or "1"
    position = "coalesce((SELECT max(position) FROM appended), 0)"
    if with_command:
        final = f"""
            INSERT INTO commands (command_id, body_hash, result, position)
            SELECT %(command_id)s, %(body_hash)s, %(result)s, {position} {"FROM lock" if lock_inside else ""}
            WHERE {checked} > 0
            RETURNING position, (SELECT array_agg(position ORDER BY position) FROM appended)
        """
    else:
        final = f"SELECT {position}, (SELECT array_agg(position ORDER BY position) FROM appended) WHERE {checked} > 0"
    return f"WITH {', '.join(clauses)} {final}", parameters


def _claim_parts(claims: Iterable[Claim], source: str) -> tuple[list[Part], dict[str, Any]]:
    by_kind: dict[type, list[Any]] = defaultdict(list)
    for claim in condensed(claims):
        by_kind[type(claim)].append(claim)
    parts: list[Part] = []
    parameters: dict[str, Any] = {}
    for kind, members in by_kind.items():
        name, sql, columns = _SHAPES[kind]
        parts.append(Part(name, sql.format(source=source), len(members)))
        for column, read in columns.items():
            parameters[f"{name}_{column}"] = [read(member) for member in members]
    return parts, parameters


def condensed(claims: Iterable[Claim]) -> list[Claim]:
    """Claims on one row merged into one, sorted so that concurrent writers lock rows in the same order."""
    slots: dict[UUID, Claim | None] = {}
    draws: dict[str, int] = defaultdict(int)
    opened: dict[str, int] = {}
    others: list[Claim] = []
    for claim in claims:
        match claim:
            case HoldSlot():
                slots[claim.holder] = claim
            case MoveSlot():
                before = slots.get(claim.holder)
                slots[claim.holder] = (
                    HoldSlot(claim.holder, before.resource, claim.lane, claim.start, claim.end)
                    if isinstance(before, HoldSlot)
                    else claim
                )
            case ReleaseSlot():
                slots[claim.holder] = None if isinstance(slots.get(claim.holder), HoldSlot) else claim
            case OpenAccount():
                opened[claim.account] = claim.cap
            case Draw():
                draws[claim.account] += claim.amount
            case _:
                others.append(claim)
    accounts: list[Claim] = [
        _Opened(account, cap, draws.pop(account, 0))  # type: ignore[list-item]
        for account, cap in sorted(opened.items())
    ]
    drawn: list[Claim] = [Draw(account, amount) for account, amount in sorted(draws.items()) if amount]
    return [*(claim for claim in slots.values() if claim is not None), *accounts, *drawn, *others]


@dataclass(frozen=True, slots=True)
class _Opened:
    """An account opened and drawn upon in the same append."""

    account: str
    cap: int
    used: int


def _during(claim: HoldSlot | MoveSlot) -> Range[datetime]:
    return Range(claim.start, claim.end, "[)")


_SHAPES: dict[type, tuple[str, str, dict[str, Any]]] = {
    HoldSlot: (
        "hold",
        """INSERT INTO slot_claims (holder, resource, lane, during)
           SELECT c.* FROM {source}unnest(%(hold_holder)s::uuid[], %(hold_resource)s::uuid[], %(hold_lane)s::int[],
               %(hold_during)s::tstzrange[]) AS c (holder, resource, lane, during) RETURNING 1""",
        {
            "holder": lambda c: c.holder,
            "resource": lambda c: c.resource,
            "lane": lambda c: c.lane,
            "during": _during,
        },
    ),
    MoveSlot: (
        "move",
        """UPDATE slot_claims AS s SET lane = c.lane, during = c.during
           FROM {source}unnest(%(move_holder)s::uuid[], %(move_lane)s::int[], %(move_during)s::tstzrange[])
               AS c (holder, lane, during) WHERE s.holder = c.holder RETURNING 1""",
        {"holder": lambda c: c.holder, "lane": lambda c: c.lane, "during": _during},
    ),
    ReleaseSlot: (
        "release",
        """DELETE FROM slot_claims AS s USING {source}unnest(%(release_holder)s::uuid[]) AS c (holder)
           WHERE s.holder = c.holder RETURNING 1""",
        {"holder": lambda c: c.holder},
    ),
    _Opened: (
        "opened",
        """INSERT INTO account_claims (account, used, cap)
           SELECT c.* FROM {source}unnest(%(opened_account)s::text[], %(opened_used)s::bigint[],
               %(opened_cap)s::bigint[]) AS c (account, used, cap) RETURNING 1""",
        {"account": lambda c: c.account, "used": lambda c: c.used, "cap": lambda c: c.cap},
    ),
    Draw: (
        "draw",
        """UPDATE account_claims AS a SET used = a.used + c.amount
           FROM {source}unnest(%(draw_account)s::text[], %(draw_amount)s::bigint[]) AS c (account, amount)
           WHERE a.account = c.account RETURNING 1""",
        {"account": lambda c: c.account, "amount": lambda c: c.amount},
    ),
    DrawWithin: (
        "within",
        """INSERT INTO account_claims AS a (account, used, cap)
           SELECT c.* FROM {source}unnest(%(within_account)s::text[], %(within_used)s::bigint[],
               %(within_cap)s::bigint[]) AS c (account, used, cap)
           ON CONFLICT ON CONSTRAINT accounts_pk DO UPDATE SET used = a.used + excluded.used RETURNING 1""",
        {"account": lambda c: c.account, "used": lambda c: c.amount, "cap": lambda c: c.cap},
    ),
    RaiseCap: (
        "raised",
        """UPDATE account_claims AS a SET cap = a.cap + c.amount
           FROM {source}unnest(%(raised_account)s::text[], %(raised_amount)s::bigint[]) AS c (account, amount)
           WHERE a.account = c.account RETURNING 1""",
        {"account": lambda c: c.account, "amount": lambda c: c.amount},
    ),
    TakeKey: (
        "take",
        """INSERT INTO key_claims (kind, value, owner)
           SELECT c.* FROM {source}unnest(%(take_kind)s::text[], %(take_value)s::text[], %(take_owner)s::uuid[])
               AS c (kind, value, owner) RETURNING 1""",
        {"kind": lambda c: c.kind, "value": lambda c: c.value, "owner": lambda c: c.owner},
    ),
    ReleaseKey: (
        "free",
        """DELETE FROM key_claims AS k USING {source}unnest(%(free_kind)s::text[], %(free_value)s::text[])
               AS c (kind, value) WHERE k.kind = c.kind AND k.value = c.value RETURNING 1""",
        {"kind": lambda c: c.kind, "value": lambda c: c.value},
    ),
    NextNumber: (
        "number",
        """INSERT INTO series_claims AS s (series, last)
           SELECT c.* FROM {source}unnest(%(number_series)s::text[], %(number_last)s::bigint[]) AS c (series, last)
           ON CONFLICT ON CONSTRAINT series_pk DO UPDATE SET last = excluded.last
           WHERE s.last = excluded.last - 1 RETURNING 1""",
        {"series": lambda c: c.series, "last": lambda c: c.number},
    ),
    GrantToken: (
        "token",
        """INSERT INTO token_claims (token_hash, user_id, role, organisation, unit, expires_at)
           SELECT c.* FROM {source}unnest(%(token_hash)s::text[], %(token_user)s::uuid[], %(token_role)s::text[],
               %(token_organisation)s::uuid[], %(token_unit)s::uuid[], %(token_expires)s::timestamptz[])
               AS c (token_hash, user_id, role, organisation, unit, expires_at) RETURNING 1""",
        {
            "hash": lambda c: c.token_hash,
            "user": lambda c: c.user,
            "role": lambda c: c.role,
            "organisation": lambda c: c.organisation,
            "unit": lambda c: c.unit,
            "expires": lambda c: c.expires_at,
        },
    ),
    RevokeToken: (
        "revoke",
        """DELETE FROM token_claims AS t USING {source}unnest(%(revoke_hash)s::text[]) AS c (token_hash)
           WHERE t.token_hash = c.token_hash RETURNING 1""",
        {"hash": lambda c: c.token_hash},
    ),
}
