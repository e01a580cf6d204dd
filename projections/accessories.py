# SPDX-License-Identifier: Apache-2.0
"""Who holds which piece of an instrument's accessories, and when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.holdings import accessory_holder
from domain.reservations.judged_events import HoldingsReturned, RequestJudged
from projections.handlers import Handlers
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Row, Rows, Table

HELD = Table(
    "accessory_holds",
    ("holder",),
    {
        "holder": "uuid",  # one piece in the hands of one reservation
        "accessory": "uuid",
        "piece": "bigint",
        "reservation": "uuid",
        "held_from": "timestamptz",
        "held_until": "timestamptz",
    },
    ("(accessory, held_until, held_from)",),
)
on = Handlers()


@on
def _hold(event: RequestJudged, recorded: Recorded, rows: Rows) -> None:
    for each in event.accessories:
        row = {
            "holder": accessory_holder(recorded.stream, each.name),
            "accessory": each.id,
            "piece": each.piece,
            "reservation": recorded.stream,
            "held_from": event.held_from,
            "held_until": event.held_until,
        }
        rows.put(HELD, row)


@on
def _give_back(event: HoldingsReturned, recorded: Recorded, rows: Rows) -> None:
    for each in event.accessories:
        rows.delete(HELD, accessory_holder(recorded.stream, each.name))


MODEL = ReadModel("accessories", (HELD,), on.apply, types=on.types)


def held_between(cursor: Cursor, accessories: Sequence[UUID], start: datetime, end: datetime) -> list[Row]:
    """What touches `[start, end)`, by start."""
    query = """
        SELECT accessory, piece, reservation, held_from, held_until FROM accessory_holds
        WHERE accessory = ANY(%s) AND held_until > %s AND held_from < %s ORDER BY held_from, piece
    """
    return fetch(cursor, query, (list(accessories), start, end))
