# SPDX-License-Identifier: Apache-2.0
"""Who may act for whom, until when and where."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.kernel.event import Recorded
from domain.parties.proxy import ProxyAppointed, ProxyDismissed
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Row, Rows, Table

APPOINTMENTS = Table(
    "proxies",
    ("id",),
    {
        "id": "uuid",
        "user_id": "uuid",
        "proxy": "uuid",
        "unit": "uuid",
        "resource": "uuid",
        "appointed_at": "timestamptz",
        "until": "timestamptz",
    },
    ("(user_id)", "(proxy)"),
)
PLACES = Table("proxy_places", ("user_id", "proxy"), {"user_id": "uuid", "proxy": "uuid", "ids": "jsonb"})
on = Handlers()


@on
def _appoint(event: ProxyAppointed, recorded: Recorded, rows: Rows) -> None:
    """A new appointment for the same place stands for the old one."""
    id_ = uuid5(recorded.stream, f"{event.proxy}/{event.unit}/{event.resource}")
    stated = event.model_dump(include={"proxy", "unit", "resource", "until"})
    appointed_at = recorded.meta.occurred_at
    rows.put(APPOINTMENTS, new_row(APPOINTMENTS, id=id_, user_id=event.user, appointed_at=appointed_at, **stated))
    known = rows.get(PLACES, event.user, event.proxy)
    ids = sorted({*(known["ids"] if known else ()), str(id_)})
    rows.put(PLACES, {"user_id": event.user, "proxy": event.proxy, "ids": ids})


@on
def _dismiss(event: ProxyDismissed, _recorded: Recorded, rows: Rows) -> None:
    known = rows.get(PLACES, event.user, event.proxy)
    for id_ in known["ids"] if known else ():
        rows.delete(APPOINTMENTS, UUID(id_))
    rows.delete(PLACES, event.user, event.proxy)


MODEL = ReadModel("proxies", (APPOINTMENTS, PLACES), on.apply, types=on.types)


def proxies(cursor: Cursor, person: UUID, now: datetime) -> list[Row]:
    """The appointments in force that a person has made or received."""
    query = (
        "SELECT user_id, proxy, unit, resource, appointed_at, until FROM proxies"
        " WHERE %s IN (user_id, proxy) AND until > %s ORDER BY appointed_at, id"
    )
    return fetch(cursor, query, (person, now))


@dataclass(frozen=True)
class Acting:
    """Where somebody acts for a user: everywhere, or for some units and instruments."""

    everywhere: bool
    units: tuple[UUID, ...]
    resources: tuple[UUID, ...]

    def covers(self, unit: UUID, resource: UUID) -> bool:
        """Whether it holds for an instrument of the unit."""
        return self.everywhere or unit in self.units or resource in self.resources


def acting(cursor: Cursor, proxy: UUID, user: UUID, organisation: UUID | None, now: datetime) -> Acting | None:
    """Where `proxy`, who works for the organisation, acts for the user now; None where nowhere.

    Somebody who no longer works where the user does acts for them no more, as for the commands.
    """
    query = (
        "SELECT proxies.unit, resource FROM proxies JOIN users ON users.id = user_id"
        " WHERE user_id = %s AND proxy = %s AND until > %s AND (legal_person IS NULL OR legal_person = %s)"
    )
    rows = fetch(cursor, query, (user, proxy, now, organisation))
    if not rows:
        return None
    return Acting(
        everywhere=any(row["unit"] is None and row["resource"] is None for row in rows),
        units=tuple(row["unit"] for row in rows if row["unit"] is not None),
        resources=tuple(row["resource"] for row in rows if row["resource"] is not None),
    )
