# SPDX-License-Identifier: Apache-2.0
"""The append as SQL: lock, claims, events and command row in one statement or two.

The shared advisory lock comes before the first position is drawn from the sequence; a reader that takes the lock
exclusively has therefore drained every writer below the value it noted (the reader barrier).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Opened:
    """An account opened, and drawn upon, in one append."""

    account: str
    cap: int
    used: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An account drawn upon, and its cap raised, in one append."""

    account: str
    used: int
    cap: int


Condensed = Claim | Opened | Changed


def append_sql(
    events: Sequence[StoredEvent],
    claims: Iterable[Claim] = (),
    reads: Sequence[tuple[UUID, int]] = (),
    *,
    with_command: bool,
    lock_inside: bool,
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters, save `lock`, `recorded_at` and the command's own."""
    names, parameters = _claim_parameters(claims)
    if reads:
        names = (*names, STALE)
        parameters |= {"read_streams": [read[0] for read in reads], "read_versions": [read[1] for read in reads]}
        parameters[f"{STALE}_rows"] = 0
    parameters |= {
        "streams": [event.originator_id for event in events],
        "versions": [event.originator_version for event in events],
        "types": [event.topic for event in events],
        "states": [event.state for event in events],
    }
    return _text(names, with_command=with_command, lock_inside=lock_inside), parameters


@cache
def _text(names: tuple[str, ...], *, with_command: bool, lock_inside: bool) -> str:
    """One statement for each combination of parts, so that the database can keep its plan.

    A part that touches more or fewer rows than it must divides by zero: the statement fails as a whole.
    """
    source = "lock, " if lock_inside else ""
    clauses = [f"lock AS MATERIALIZED ({LOCK})"] if lock_inside else []
    clauses += [f"{name} AS ({_PARTS[name].format(source=source)})" for name in names]
    clauses.append(f"appended AS ({_EVENTS.format(source=source)})")
    checks = [f"1 / (CASE WHEN (SELECT count(*) FROM {name}) = %({name}_rows)s THEN 1 ELSE 0 END)" for name in names]
    checked = " + ".join(checks) or "1"
    position = "coalesce((SELECT max(position) FROM appended), 0)"
    positions = "(SELECT array_agg(position ORDER BY position) FROM appended)"
    if with_command:
        final = f"""
            INSERT INTO commands (command_id, body_hash, result, position)
            SELECT %(command_id)s, %(body_hash)s, %(result)s, {position} {"FROM lock" if lock_inside else ""}
            WHERE {checked} > 0
            RETURNING position, {positions}
        """
    else:
        final = f"SELECT {position}, {positions} WHERE {checked} > 0"
    return f"WITH {', '.join(clauses)} {final}"


def _claim_parameters(claims: Iterable[Claim]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The names of the parts in a fixed order, and their parameters."""
    by_kind: dict[type, list[Any]] = defaultdict(list)
    for claim in condensed(claims):
        by_kind[type(claim)].append(claim)
    parameters: dict[str, Any] = {}
    names = []
    for kind, (name, _, columns) in _SHAPES.items():
        if members := by_kind.get(kind):
            names.append(name)
            parameters[f"{name}_rows"] = len(members)
            for column, read in columns.items():
                parameters[f"{name}_{column}"] = [read(member) for member in members]
    return tuple(names), parameters


def condensed(claims: Iterable[Claim]) -> list[Condensed]:
    """Claims on one row merged into one, sorted so that concurrent writers lock rows in the same order."""
    slots = _Slots()
    accounts: dict[str, _Account] = defaultdict(_Account)
    others: list[Condensed] = []
    for claim in claims:
        match claim:
            case HoldSlot() | MoveSlot() | ReleaseSlot():
                slots.add(claim)
            case OpenAccount() | DrawWithin() | Draw() | RaiseCap():
                accounts[claim.account].add(claim)
            case _:
                others.append(claim)
    changed = (accounts[name].condensed(name) for name in sorted(accounts))
    return [*slots.condensed(), *(claim for claim in changed if claim), *others]


class _Slots:
    """What becomes of each holder's slot in one append."""

    def __init__(self) -> None:
        self._held: dict[UUID, HoldSlot | MoveSlot | ReleaseSlot | None] = {}

    def add(self, claim: HoldSlot | MoveSlot | ReleaseSlot) -> None:
        before = self._held.get(claim.holder)
        if isinstance(before, HoldSlot) and isinstance(claim, MoveSlot):
            self._held[claim.holder] = HoldSlot(claim.holder, before.resource, claim.lane, claim.start, claim.end)
        elif isinstance(before, HoldSlot) and isinstance(claim, ReleaseSlot):
            self._held[claim.holder] = None
        else:
            self._held[claim.holder] = claim

    def condensed(self) -> list[Condensed]:
        return [claim for claim in self._held.values() if claim is not None]


@dataclass
class _Account:
    """What becomes of one account in one append."""

    used: int = 0
    raised: int = 0
    opened: int | None = None
    within: int | None = None

    def add(self, claim: OpenAccount | DrawWithin | Draw | RaiseCap) -> None:
        match claim:
            case OpenAccount(cap=cap):
                self.opened = cap
            case DrawWithin(cap=cap, amount=amount):
                self.within, self.used = cap, self.used + amount
            case Draw(amount=amount):
                self.used += amount
            case RaiseCap(amount=amount):
                self.raised += amount

    def condensed(self, account: str) -> Condensed | None:
        if self.opened is not None:
            return Opened(account, self.opened + self.raised, self.used)
        if self.within is not None:
            return DrawWithin(account, self.within, self.used)
        return Changed(account, self.used, self.raised) if self.used or self.raised else None


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
    Opened: (
        "opened",
        """INSERT INTO account_claims (account, used, cap)
           SELECT c.* FROM {source}unnest(%(opened_account)s::text[], %(opened_used)s::bigint[],
               %(opened_cap)s::bigint[]) AS c (account, used, cap) RETURNING 1""",
        {"account": lambda c: c.account, "used": lambda c: c.used, "cap": lambda c: c.cap},
    ),
    Changed: (
        "changed",
        """UPDATE account_claims AS a SET used = a.used + c.used, cap = a.cap + c.cap
           FROM {source}unnest(%(changed_account)s::text[], %(changed_used)s::bigint[], %(changed_cap)s::bigint[])
               AS c (account, used, cap) WHERE a.account = c.account RETURNING 1""",
        {"account": lambda c: c.account, "used": lambda c: c.used, "cap": lambda c: c.cap},
    ),
    DrawWithin: (
        "within",
        """INSERT INTO account_claims AS a (account, used, cap)
           SELECT c.* FROM {source}unnest(%(within_account)s::text[], %(within_used)s::bigint[],
               %(within_cap)s::bigint[]) AS c (account, used, cap)
           ON CONFLICT ON CONSTRAINT accounts_pk DO UPDATE SET used = a.used + excluded.used RETURNING 1""",
        {"account": lambda c: c.account, "used": lambda c: c.amount, "cap": lambda c: c.cap},
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

STALE = "stale"
"""The part that finds streams which have moved on since the decision read them."""
_PARTS = {name: sql for name, sql, _ in _SHAPES.values()} | {
    STALE: """SELECT FROM {source}unnest(%(read_streams)s::uuid[], %(read_versions)s::bigint[]) AS r (stream, version)
              WHERE EXISTS (SELECT FROM events AS e WHERE e.stream = r.stream AND e.version = r.version + 1)"""
}
