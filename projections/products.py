# SPDX-License-Identifier: Apache-2.0
"""Service products with the resources they are built on (JS 19.a; CQ 11(b), 15.c).

The public sees a product while its provider takes part in the platform and, where it names resources, at least one
of them is public; hidden resources are left out.
"""

from datetime import date
from uuid import UUID

from psycopg import sql

from domain.kernel.event import Recorded
from domain.network.events import ServiceProductChanged, ServiceProductPublished, ServiceProductWithdrawn
from domain.parties.events import InstitutionJoined, InstitutionLeft, UnitRegistered
from domain.parties.unit import INSTITUTION
from projections.handlers import Handlers, amend, known, new_row
from projections.instrument_index import PUBLIC_STATES
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

PRODUCTS = Table(
    "products",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "by_institution": "boolean",
        "name_zh": "text",
        "name_en": "text",
        "description": "text",
        "base_resources": "jsonb",
        "value_added": "boolean",
        "price_text": "text",
        "deliverable": "text",
        "withdrawn": "boolean",
        "withdrawn_reason": "text",
        "version": "bigint",
    },
    ('(name_zh COLLATE "C", id)', "(unit)", "USING gin (base_resources)"),
)
INSTITUTION_UNITS = Table("institution_units", ("id",), {"id": "uuid"})
MEMBERSHIPS = Table("memberships", ("institution",), {"institution": "uuid", "joined_on": "date", "left_on": "date"})
TAKES_PART = (
    "(NOT by_institution OR EXISTS (SELECT 1 FROM memberships m WHERE m.institution = provider"
    " AND m.joined_on <= %s AND (m.left_on IS NULL OR %s < m.left_on)))"
)
OPEN_BASE = (
    "(jsonb_array_length(base_resources) = 0 OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(base_resources) AS b"
    " JOIN instruments i ON i.id = b::uuid WHERE i.state = ANY(%s)))"
)

on = Handlers()


@on
def _publish(event: ServiceProductPublished, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", "base_resources"})
    row = new_row(
        PRODUCTS,
        id=recorded.stream,
        by_institution=event.unit is not None and rows.get(INSTITUTION_UNITS, event.unit) is not None,
        base_resources=[str(each) for each in event.base_resources],
        withdrawn=False,
        version=recorded.version,
        **given,
    )
    rows.put(PRODUCTS, row)


@on
def _change(event: ServiceProductChanged, recorded: Recorded, rows: Rows) -> None:
    amend(rows, PRODUCTS, recorded, **event.model_dump(mode="json", exclude={"basis", "reason"}, exclude_none=True))


@on
def _withdraw(event: ServiceProductWithdrawn, recorded: Recorded, rows: Rows) -> None:
    amend(rows, PRODUCTS, recorded, withdrawn=True, withdrawn_reason=event.reason)


@on
def _unit(event: UnitRegistered, recorded: Recorded, rows: Rows) -> None:
    if event.kind == INSTITUTION:
        rows.put(INSTITUTION_UNITS, {"id": recorded.stream})


@on
def _join(event: InstitutionJoined, recorded: Recorded, rows: Rows) -> None:
    rows.put(MEMBERSHIPS, {"institution": recorded.stream, "joined_on": event.joined_on, "left_on": None})


@on
def _leave(event: InstitutionLeft, recorded: Recorded, rows: Rows) -> None:
    joined = known(rows, MEMBERSHIPS, recorded.stream)
    rows.put(MEMBERSHIPS, joined | {"left_on": event.left_on})


MODEL = ReadModel("products", (PRODUCTS, INSTITUTION_UNITS, MEMBERSHIPS), on.apply, types=on.types)


def product(cursor: Cursor, product_id: UUID, *, public_on: date | None = None) -> Row | None:
    """One product with its base resources; with `public_on` only if the public sees it on that day."""
    if public_on is None:
        row = find(cursor, PRODUCTS, id=product_id)
        return None if row is None else with_bases(cursor, [row], every=True)[0]
    where = _public(Where().equals(id=product_id), public_on)
    query = sql.SQL("SELECT * FROM products WHERE {}").format(where.sql)
    found = fetch(cursor, query, where.parameters)
    return with_bases(cursor, found, every=False)[0] if found else None


def products(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    provider: UUID | None = None,
    resource: UUID | None = None,
    value_added: bool | None = None,
    public_on: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Products by name; with `public_on` those that the public sees on that day."""
    where = Where().equals(unit=unit, provider=provider, value_added=value_added)
    where.holds("base_resources @> jsonb_build_array(%s::text)", None if resource is None else str(resource))
    if public_on is not None:
        where = _public(where, public_on)
    page = read_page(cursor, MODEL.name, PRODUCTS, where, Keyset(("name_zh", "id")), after=after, limit=limit)
    return Page(with_bases(cursor, page.rows, every=public_on is None), page.next, page.position)


def with_bases(cursor: Cursor, rows: list[Row], *, every: bool) -> list[Row]:
    """The rows with the names of their base resources; without `every` only of those that are public."""
    wanted = list({each for row in rows for each in row["base_resources"]})
    states = None if every else list(PUBLIC_STATES)
    found = fetch(
        cursor,
        "SELECT id, name_zh, name_en, unit, state FROM instruments"
        " WHERE id = ANY(%s::uuid[]) AND (%s::text[] IS NULL OR state = ANY(%s::text[]))",
        (wanted, states, states),
    )
    by_id = {str(each["id"]): each for each in found}
    return [row | {"base_resources": [by_id[each] for each in row["base_resources"] if each in by_id]} for row in rows]


def _public(where: Where, day: date) -> Where:
    where.parts.append(sql.SQL("NOT withdrawn"))
    return where.holds(TAKES_PART, day, day).holds(OPEN_BASE, list(PUBLIC_STATES))
