# SPDX-License-Identifier: Apache-2.0
"""Where the platform serves people, and which districts have no such place (JS 17; CQ 10, 11)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.kernel.event import Recorded
from domain.network.events import SiteChanged, SiteClosed, SiteOpened, SiteStaffNamed, SiteStaffReleased
from domain.parties.events import LegalPersonRegistered, UnitRegistered
from domain.resources.events import ResourceRegistered
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

SITES = Table(
    "sites",
    ("id",),
    {
        "id": "uuid",
        "kind": "text",
        "host_kind": "text",
        "host": "uuid",
        "host_reason": "text",
        "name_zh": "text",
        "name_en": "text",
        "city": "text",
        "district": "text",
        "place": "text",
        "industry": "text",
        "services": "jsonb",
        "staff": "jsonb",  # pseudonyms of those who may record matches for it
        "opened_on": "date",
        "closed_on": "date",  # the first day without it
        "closed_reason": "text",
        "decision_reference": "text",
        "version": "bigint",
    },
    ("(city, district)",),
)
DISTRICTS = Table(
    "districts",
    ("city", "district"),
    {
        "city": "text",
        "district": "text",
        "units": "bigint",  # registered there, ever
        "resources": "bigint",
        "legal_persons": "bigint",
        "sites": "bigint",
    },
)
CITIES = "practice.cities"
"""The cities of the jurisdiction: customers and owners may sit anywhere, and their districts are not its own."""
CITY = "市"
DEFINITION = {
    "zh": (
        "所列区县限于本辖区各城市（参数 practice.cities），为管理单位、科技资源、法人单位或站点登记时写明的所在地（市、"
        "区县均已填写者）；该区县在所写日期有正在服务的站点或线下载体时为已覆盖，否则为未覆盖。本系统尚无任何登记的区县不在表中。"
    ),
    "en": (
        "Districts are those of the jurisdiction's cities (parameter practice.cities) that are named as the place of a"
        " unit, resource, legal person or site (city and district both stated). One is covered where a site or carrier"
        " serves in it on the day asked for. A district of which nothing is registered yet is not listed."
    ),
}

on = Handlers()


@on
def _open(event: SiteOpened, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", "services"})
    row = new_row(SITES, id=recorded.stream, version=recorded.version, services=list(event.services), staff=[], **given)
    rows.put(SITES, row)
    _count(rows, event.city, event.district, "sites")


@on
def _change(event: SiteChanged, recorded: Recorded, rows: Rows) -> None:
    changes = event.model_dump(mode="json", exclude={"basis", "reason"}, exclude_none=True)
    before = known(rows, SITES, recorded.stream)
    amend(rows, SITES, recorded, **changes)
    city, district = event.city or before["city"], event.district or before["district"]
    if (city, district) != (before["city"], before["district"]):
        _count(rows, city, district, "sites")


@on
def _name_staff(event: SiteStaffNamed, recorded: Recorded, rows: Rows) -> None:
    staff = known(rows, SITES, recorded.stream)["staff"]
    amend(rows, SITES, recorded, staff=[*staff, str(event.user)])


@on
def _release_staff(event: SiteStaffReleased, recorded: Recorded, rows: Rows) -> None:
    staff = known(rows, SITES, recorded.stream)["staff"]
    amend(rows, SITES, recorded, staff=[each for each in staff if each != str(event.user)])


@on
def _close(event: SiteClosed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, SITES, recorded, closed_on=event.closed_on, closed_reason=event.reason)


@on
def _unit(event: UnitRegistered, _recorded: Recorded, rows: Rows) -> None:
    _count(rows, event.city, event.district, "units")


@on
def _resource(event: ResourceRegistered, _recorded: Recorded, rows: Rows) -> None:
    _count(rows, event.city, event.district, "resources")


@on
def _legal_person(event: LegalPersonRegistered, _recorded: Recorded, rows: Rows) -> None:
    _count(rows, event.city, event.district, "legal_persons")


def _count(rows: Rows, city: str, district: str, what: str) -> None:
    if city and district:
        rows.add(DISTRICTS, city, district, **{what: 1})


MODEL = ReadModel("sites", (SITES, DISTRICTS), on.apply, types=on.types)


def site(cursor: Cursor, site_id: UUID) -> Row | None:
    """One site."""
    return find(cursor, SITES, id=site_id)


def sites(
    cursor: Cursor,
    *,
    kind: str | None = None,
    city: str | None = None,
    district: str | None = None,
    open_on: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Sites by city; `open_on` keeps those that serve on a day."""
    where = Where().equals(kind=kind, city=city, district=district)
    where.holds("(opened_on <= %s AND (closed_on IS NULL OR %s < closed_on))", open_on, open_on)
    order = Keyset(("city", "district", "id"))
    return read_page(cursor, MODEL.name, SITES, where, order, after=after, limit=limit)


def hosts(cursor: Cursor, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Which legal person houses each of some sites, where one is stated."""
    query = "SELECT id, host FROM sites WHERE id = ANY(%s) AND host IS NOT NULL"
    return {row["id"]: row["host"] for row in fetch(cursor, query, (list(ids),))}


def serves(cursor: Cursor, user: UUID, day: date) -> bool:
    """Whether a person works for a site that serves on a day."""
    query = (
        "SELECT 1 FROM sites WHERE staff @> jsonb_build_array(%s::text)"
        " AND opened_on <= %s AND (closed_on IS NULL OR %s < closed_on) LIMIT 1"
    )
    return bool(fetch(cursor, query, (str(user), day, day)))


def coverage(cursor: Cursor, day: date, cities: Sequence[str] | None) -> tuple[list[Row], int]:
    """Every known district of the cities with the carriers that serve in it on a day, and the log position.

    None asks nothing of the city. A city is the same with and without 市 behind its name.
    """
    within = None if cities is None else [city.removesuffix(CITY) for city in cities]
    found = fetch(
        cursor,
        "SELECT d.city, d.district, d.units, d.resources, d.legal_persons,"
        " coalesce(jsonb_object_agg(s.kind, s.carriers) FILTER (WHERE s.kind IS NOT NULL), '{}') AS carriers"
        " FROM districts d LEFT JOIN (SELECT city, district, kind, count(*) AS carriers FROM sites"
        " WHERE opened_on <= %s AND (closed_on IS NULL OR %s < closed_on) GROUP BY city, district, kind) s"
        " USING (city, district) WHERE %s::text[] IS NULL OR regexp_replace(d.city, %s, '') = ANY(%s)"
        " GROUP BY d.city, d.district"
        ' ORDER BY d.city COLLATE "C", d.district COLLATE "C"',
        (day, day, within, f"{CITY}$", within),
    )
    return [row | {"covered": bool(row["carriers"])} for row in found], position_of(cursor, MODEL.name)
