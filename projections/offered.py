# SPDX-License-Identifier: Apache-2.0
"""Instruments that may be reserved at all: what must be known of each to say when it is free, and what is shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg.rows import tuple_row

from domain.resources.opening import Opening
from projections.opened import openings_of
from projections.paging import Cursor, fetch
from projections.readmodel import Row


@dataclass(frozen=True, slots=True)
class Offered:
    """A public, bookable instrument that is not suspended.

    `order` is by price, then by name; `limit` the opening limit published; `customs_periods` are those of a duty-free
    import, None for all others; `margin_minutes` the longest set-up or clean-down.
    """

    id: UUID
    unit: UUID
    order: tuple[int, str, UUID]
    openings: Sequence[Opening]
    margin_minutes: int
    limit: Mapping[str, Any]
    customs_periods: Sequence[Sequence[str]] | None


def offered(cursor: Cursor, instruments: Sequence[UUID]) -> list[Offered]:
    """Those of the instruments that may be reserved."""
    with cursor.connection.cursor(row_factory=tuple_row) as own:
        rows = own.execute(_OFFERED, (list(instruments),)).fetchall()
    return [
        Offered(id_, unit, (price, pinyin, id_), *_openings(openings), limit or {}, periods)
        for id_, unit, price, pinyin, openings, limit, periods in rows
    ]


def shown(cursor: Cursor, instruments: Sequence[UUID]) -> dict[UUID, Row]:
    """What people see of each."""
    return {row["id"]: row for row in fetch(cursor, _SHOWN, (list(instruments),))}


_OFFERED = """
    SELECT i.id, i.unit, x.price_order, x.pinyin, i.openings::text, i.opening_limit,
        CASE WHEN i.duty_free THEN i.customs_periods END
    FROM instruments i JOIN instrument_index x ON x.id = i.id
    WHERE i.id = ANY(%s) AND i.state = 'published' AND i.bookable
"""
_SHOWN = """
    SELECT i.id, i.unit, i.name_zh, i.name_en, i.model, i.city, i.district, i.class_code, i.price_fen, i.price_per,
        i.duty_free, coalesce(u.name_zh, '') AS unit_name_zh, coalesce(u.name_en, '') AS unit_name_en
    FROM instruments i LEFT JOIN instrument_units u ON u.id = i.unit WHERE i.id = ANY(%s)
"""


@lru_cache(maxsize=20_000)
def _openings(text: str) -> tuple[list[Opening], int]:
    """Versions of opening hours from their JSON, and the longest set-up or clean-down of any.

    Remembered by the text: reading them takes longer than using them.
    """
    given = [row | {"effective_from": date.fromisoformat(row["effective_from"])} for row in json.loads(text)]
    openings = openings_of(given)
    terms = [opening.terms for opening in openings]
    return openings, max((max(each.setup_minutes, each.cleanup_minutes) for each in terms), default=0)
