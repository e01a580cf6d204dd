# SPDX-License-Identifier: Apache-2.0
"""What holds the lanes of many instruments at once, in the whole seconds that free time is told from."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from psycopg.rows import tuple_row

from domain.resources.free_slots import Held
from projections.paging import Cursor

Taken = Mapping[UUID, Mapping[int, Sequence[Held]]]
"""By instrument and lane, by start."""


def taken_between(cursor: Cursor, instruments: Sequence[UUID], start: datetime, end: datetime) -> Taken:
    """What touches `[start, end)`. A second begun counts as taken."""
    taken: dict[UUID, dict[int, list[Held]]] = defaultdict(lambda: defaultdict(list))
    with cursor.connection.cursor(row_factory=tuple_row) as own:
        held = own.execute(
            "SELECT resource, lanes::text, floor(extract(epoch FROM held_from))::bigint,"
            " ceil(extract(epoch FROM held_until))::bigint FROM calendar_occupancy"
            " WHERE resource = ANY(%s) AND held_until > %s AND held_from < %s ORDER BY held_from",
            (list(instruments), start, end),
        ).fetchall()
    for resource, lanes, held_from, held_until in held:
        for lane in lanes_of(lanes):
            taken[resource][lane].append((held_from, held_until))
    return taken


@lru_cache(maxsize=10_000)
def lanes_of(text: str) -> list[int]:
    """Lanes from their JSON; remembered, since most instruments have but one."""
    lanes: list[int] = json.loads(text)
    return lanes
