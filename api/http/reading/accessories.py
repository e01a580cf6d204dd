# SPDX-License-Identifier: Apache-2.0
"""The accessories of an instrument: how many there are, and when which piece is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.reading.instruments import Between, visible
from api.http.reading.line import Answer, Read
from domain.kernel.house_rules import HouseRules, merged
from domain.reservations.holdings import accessory_id
from projections.accessories import MODEL, held_between
from projections.house_rules import versions
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row


def accessories(visit: Visit, query: Between) -> Answer:
    """Each accessory published, with its pieces taken in the span. Who has them is told to nobody here."""
    row, span = visible(visit, query.id), query.span(visit.platform.clock())
    rules = merged(_latest(versions(visit.cursor, row["unit"])), _latest(versions(visit.cursor, query.id)))
    known = {accessory_id(query.id, each.name): each for each in rules.accessories}
    held = held_between(visit.cursor, list(known), span.start, span.end)
    items = [
        {
            "name": each.name,
            "quantity": each.quantity,
            "taken": [
                {"piece": hold["piece"], "from": hold["held_from"], "to": hold["held_until"]}
                for hold in held
                if hold["accessory"] == id_
            ],
        }
        for id_, each in known.items()
    ]
    document = {"instrument": query.id, "from": span.start, "to": span.end, "items": items}
    return Answer({**document, "position": position_of(visit.cursor, MODEL.name)}, row["version"])


def _latest(known: list[Row]) -> HouseRules | None:
    return HouseRules.model_validate(known[0]["rules"]) if known else None


READS = (
    Read(
        "/instruments/{id}/accessories", "calendar", Between, accessories, "When an instrument's accessories are taken"
    ),
)
