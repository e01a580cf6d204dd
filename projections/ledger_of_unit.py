# SPDX-License-Identifier: Apache-2.0
"""What a gap list reads of a unit and of the units that have ended in it, all of them at one moment of the log."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from projections.paging import Cursor, fetch
from projections.readmodel import Row


def members(cursor: Cursor, unit: UUID) -> list[UUID]:
    """The unit and every unit that has ended in it, at whatever remove."""
    query = (
        "WITH RECURSIVE family AS (SELECT %s::uuid AS unit"
        " UNION SELECT m.unit FROM asset_ledger_mergers m JOIN family f ON m.successor = f.unit)"
        " SELECT unit FROM family"
    )
    return [row["unit"] for row in fetch(cursor, query, (unit,))]


def counted(cursor: Cursor, unit: UUID) -> list[UUID]:
    """Those whose ledgers make up the unit's: a merged one's until its successor hands in one of that day or later."""
    query = (
        "WITH RECURSIVE family AS (SELECT %s::uuid AS unit"
        " UNION SELECT m.unit FROM asset_ledger_mergers m JOIN family f ON m.successor = f.unit"
        " WHERE NOT EXISTS (SELECT 1 FROM asset_ledger_imports i"
        " WHERE i.unit = m.successor AND i.as_of >= m.merged_on))"
        " SELECT unit FROM family"
    )
    return [row["unit"] for row in fetch(cursor, query, (unit,))]


def heir(cursor: Cursor, unit: UUID) -> UUID:
    """The unit in which it has ended at last; itself while it lives."""
    query = (
        "WITH RECURSIVE line AS (SELECT %s::uuid AS unit, 0 AS step"
        " UNION SELECT m.successor, l.step + 1 FROM asset_ledger_mergers m JOIN line l ON m.unit = l.unit)"
        " SELECT unit FROM line ORDER BY step DESC LIMIT 1"
    )
    found: UUID = fetch(cursor, query, (unit,))[0]["unit"]
    return found


def imports(cursor: Cursor, unit: UUID) -> list[Row]:
    """Every ledger imported for the unit, the one in force first; then those of the units that ended in it."""
    query = (
        "SELECT * FROM asset_ledger_imports WHERE unit = ANY(%s)"
        " ORDER BY (unit = %s) DESC, as_of DESC, version DESC, unit"
    )
    return fetch(cursor, query, (members(cursor, unit), unit))


def lines(cursor: Cursor, units: Sequence[UUID]) -> list[Row]:
    """Every asset that a ledger of the units ever had; `gone_as_of` marks those the one in force has no longer."""
    return fetch(cursor, "SELECT * FROM asset_ledger_lines WHERE unit = ANY(%s)", (list(units),))


def registered(cursor: Cursor, units: Sequence[UUID]) -> list[Row]:
    """What the units have or had in the registry and in a ledger: things one can touch."""
    query = "SELECT * FROM asset_ledger_registry WHERE unit = ANY(%s) AND holding = 'physical' ORDER BY id"
    return fetch(cursor, query, (list(units),))


def reviewed(cursor: Cursor, units: Sequence[UUID]) -> frozenset[str]:
    """Keys of the units' assets that were bought after a review."""
    rows = fetch(cursor, "SELECT asset_key FROM asset_ledger_reviews WHERE unit = ANY(%s)", (list(units),))
    return frozenset(row["asset_key"] for row in rows)


def ledger_day(found: list[Row]) -> date | None:
    """The day of the ledger in force, of the rows of `imports`."""
    return found[0]["as_of"] if found else None
