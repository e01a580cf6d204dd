# SPDX-License-Identifier: Apache-2.0
"""The house rules of units and instruments, every version with the moment from which it binds (ruling 8.17)."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.parties.events import UnitHouseRulesPublished
from domain.resources.booking_events import HouseRulesPublished
from projections.handlers import Handlers
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Row, Rows, Table

VERSIONS = Table(
    "house_rules",
    ("place", "version"),
    {
        "place": "uuid",  # the instrument, or the unit for all of its instruments
        "version": "bigint",
        "rules": "jsonb",
        "published_at": "timestamptz",
    },
)
on = Handlers()


@on
def _publish(event: HouseRulesPublished | UnitHouseRulesPublished, recorded: Recorded, rows: Rows) -> None:
    rows.put(
        VERSIONS,
        {
            "place": recorded.stream,
            "version": event.rules_version,
            "rules": event.rules.model_dump(mode="json"),
            "published_at": recorded.meta.occurred_at,
        },
    )


MODEL = ReadModel("house_rules", (VERSIONS,), on.apply, types=on.types)


def versions(cursor: Cursor, place: UUID) -> list[Row]:
    """Every version of an instrument or a unit, the one in force first."""
    query = "SELECT version, rules, published_at FROM house_rules WHERE place = %s ORDER BY version DESC"
    return fetch(cursor, query, (place,))
