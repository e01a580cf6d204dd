# SPDX-License-Identifier: Apache-2.0
"""The append as SQL: lock, claims, events and command row in one statement or two.

The shared advisory lock comes before the first position is drawn from the sequence; a reader that takes the lock
exclusively has therefore drained every writer below the value it noted (the reader barrier).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from infrastructure.event_store.condensing import condensed
from infrastructure.event_store.parts import CLAIM_PARTS, EVENTS, PARTS, STALE, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent

    from domain.kernel.claims import Claim

LOCK = "SELECT pg_advisory_xact_lock_shared(%(lock)s::bigint)"
WRITTEN_OUT = 8
"""Up to so many rows travel as plain values; more as arrays, which cost more but keep the statement's text."""

Count = tuple[str, int]


def append_sql(
    events: Sequence[StoredEvent],
    claims: Sequence[Claim] = (),
    reads: Sequence[tuple[UUID, int]] = (),
    *,
    with_command: bool,
    lock_inside: bool,
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters, save `lock`, `recorded_at` and the command's own."""
    parameters: dict[str, Any] = {}
    counts: list[Count] = []
    for part, rows in _claim_rows(claims) if claims else ():
        counts.append((part.name, _values(part, rows, parameters)))
        parameters[f"{part.name}_rows"] = len(rows)
    if reads:
        counts.append((STALE.name, _values(STALE, reads, parameters)))
        parameters[f"{STALE.name}_rows"] = 0
    written = _values(EVENTS, events, parameters)
    return _text(tuple(counts), written, with_command=with_command, lock_inside=lock_inside), parameters


def _claim_rows(claims: Iterable[Claim]) -> Iterable[tuple[Part, list[Any]]]:
    """Rows by part, the parts in a fixed order so that equal shapes have equal text."""
    by_kind: dict[type, list[Any]] = defaultdict(list)
    for claim in condensed(claims):
        by_kind[type(claim)].append(claim)
    return [(part, by_kind[kind]) for kind, part in CLAIM_PARTS.items() if kind in by_kind]


def _values(part: Part, rows: Sequence[Any], parameters: dict[str, Any]) -> int:
    """Put the rows among the parameters; return how many are written out, 0 for arrays."""
    if 0 < len(rows) <= WRITTEN_OUT:
        for named, row in zip(_named(part.name), rows, strict=False):
            for name, read in named:
                parameters[name] = read(row)
        return len(rows)
    for column, (_, read) in part.columns.items():
        parameters[f"{part.name}_{column}"] = [read(row) for row in rows]
    return 0


@cache
def _named(part_name: str) -> list[list[tuple[str, Callable[[Any], Any]]]]:
    """For each place that is written out, the names of its parameters and how to read them off a row."""
    part = EVENTS if part_name == EVENTS.name else PARTS[part_name]
    return [
        [(f"{part_name}_{column}_{place}", read) for column, (_, read) in part.columns.items()]
        for place in range(WRITTEN_OUT)
    ]


@cache
def _text(counts: tuple[Count, ...], written: int, *, with_command: bool, lock_inside: bool) -> str:
    """One statement for each combination of parts, so that the database can keep its plan.

    A part that touches more or fewer rows than it must divides by zero: the statement fails as a whole. Slots say
    the same by a logarithm of zero, which means that one of them is taken.
    """
    source = "lock, " if lock_inside else ""
    locked = [f"lock AS MATERIALIZED ({LOCK})"] if lock_inside else []
    insert = _single_event(lock_inside=lock_inside) if written == 1 else _part(EVENTS, written, source)
    if not with_command and not counts:
        return f"WITH {locked[0]} {insert}" if lock_inside else insert
    there = {name for name, _ in counts}
    clauses = [
        f"{name} AS ({_part(PARTS[name], count, source + _behind(PARTS[name], there))})" for name, count in counts
    ]
    checks = [
        f"{PARTS[name].fails} (CASE WHEN (SELECT count(*) FROM {name}) = %({name}_rows)s::bigint THEN 1 ELSE 0 END)"
        for name, _ in counts
    ]
    condition = f"WHERE {' + '.join(checks)} >= 0" if checks else ""
    if with_command:
        final = f"""INSERT INTO commands (command_id, body_hash, result, position)
            SELECT %(command_id)s::uuid, %(body_hash)s::text, %(result)s::jsonb,
                coalesce((SELECT max(position) FROM appended), 0)
            {"FROM lock" if lock_inside else ""} {condition} RETURNING position"""
    else:
        final = f"SELECT position FROM appended {condition} ORDER BY position"
    return f"WITH {', '.join([*locked, *clauses, f'appended AS ({insert})'])} {final}"


def _behind(part: Part, there: set[str]) -> str:
    """Joins the parts that must be done first: whoever counts their rows has waited for them."""
    return "".join(f"(SELECT count(*) FROM {name}) AS after_{name}, " for name in part.after if name in there)


def _single_event(*, lock_inside: bool) -> str:
    """One event needs no order and no table of rows, which the database plans and runs faster."""
    values = ", ".join(f"%(event_{name}_0)s::{kind}" for name, (kind, _) in EVENTS.columns.items())
    return f"""INSERT INTO events (stream, version, type, state, recorded_at)
        SELECT {values}, coalesce(%(recorded_at)s::timestamptz, clock_timestamp()) {"FROM lock" if lock_inside else ""}
        RETURNING position"""


def _part(part: Part, written: int, source: str) -> str:
    return part.sql.format(source=source, rows=_rows(part, written))


def _rows(part: Part, written: int) -> str:
    """The rows of a part as a table `c` with a last column `place`."""
    names = ", ".join([*part.columns, "place"])
    if written:
        lines = [
            ", ".join(
                [*(f"%({part.name}_{name}_{place})s::{kind}" for name, (kind, _) in part.columns.items()), str(place)]
            )
            for place in range(written)
        ]
        return f"(VALUES {', '.join(f'({line})' for line in lines)}) AS c ({names})"
    arrays = ", ".join(f"%({part.name}_{name})s::{kind}[]" for name, (kind, _) in part.columns.items())
    return f"unnest({arrays}) WITH ORDINALITY AS c ({names})"
