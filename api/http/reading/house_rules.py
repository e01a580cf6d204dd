# SPDX-License-Identifier: Apache-2.0
"""House rules on booking, for everybody: those in force and every earlier version (JS 15, CQ 14.c; ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.reading.instruments import visible
from api.http.reading.line import Answer, ById, Read, found
from domain.kernel.house_rules import HouseRules, merged
from projections import parties
from projections.house_rules import MODEL, versions
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row


def of_instrument(visit: Visit, query: ById) -> Answer:
    """The instrument's house rules, the latest first, those of its unit in force, and both `together` as they bind."""
    row = visible(visit, query.id)
    here, general = versions(visit.cursor, query.id), versions(visit.cursor, row["unit"])
    both = merged(_rules(general), _rules(here)) if here or general else None
    document = {
        "items": here,
        "unit_in_force": general[0] if general else None,
        "together": both,
        "position": position_of(visit.cursor, MODEL.name),
    }
    return Answer(document, row["version"])


def of_unit(visit: Visit, query: ById) -> Answer:
    """The unit's house rules, the latest first; what an instrument states stands before them."""
    row = found(parties.unit(visit.cursor, query.id), "parties.Unit", query.id)
    items = versions(visit.cursor, query.id)
    return Answer({"items": items, "position": position_of(visit.cursor, MODEL.name)}, row["version"])


def _rules(known: list[Row]) -> HouseRules | None:
    return HouseRules.model_validate(known[0]["rules"]) if known else None


READS = (
    Read("/instruments/{id}/house-rules", "house_rules", ById, of_instrument, "How an instrument may be booked"),
    Read("/units/{id}/house-rules", "house_rules", ById, of_unit, "How a unit's instruments may be booked"),
)
