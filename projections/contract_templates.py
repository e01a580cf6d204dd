# SPDX-License-Identifier: Apache-2.0
"""Templates of contracts with every version (JS 18)."""

from uuid import UUID

from domain.contracts.template_events import TemplatePublished, TemplateWithdrawn
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

TEMPLATES = Table(
    "contract_templates",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",  # null: of the whole province
        "kind": "text",
        "title": "text",
        "template_version": "bigint",
        "state": "text",
        "withdrawn_reason": "text",
        "published_at": "timestamptz",
        "version": "bigint",
    },
    ('(kind COLLATE "C", title COLLATE "C", id)', "(unit)"),
)
VERSIONS = Table(
    "contract_template_versions",
    ("template", "template_version"),
    {
        "template": "uuid",
        "template_version": "bigint",
        "title": "text",
        "clauses": "jsonb",
        "placeholders": "jsonb",
        "note": "text",
        "published_at": "timestamptz",
    },
)

on = Handlers()


@on
def _publish(event: TemplatePublished, recorded: Recorded, rows: Rows) -> None:
    published = {"published_at": recorded.meta.occurred_at, "template_version": event.template_version}
    head = event.model_dump(include={"unit", "kind", "title"}) | published
    rows.put(TEMPLATES, new_row(TEMPLATES, id=recorded.stream, state="in_use", version=recorded.version, **head))
    text = event.model_dump(mode="json", include={"title", "clauses", "placeholders", "note"})
    rows.put(VERSIONS, new_row(VERSIONS, template=recorded.stream, **text, **published))


@on
def _withdraw(event: TemplateWithdrawn, recorded: Recorded, rows: Rows) -> None:
    amend(rows, TEMPLATES, recorded, state="withdrawn", withdrawn_reason=event.reason)


MODEL = ReadModel("contract_templates", (TEMPLATES, VERSIONS), on.apply, types=on.types)


def template(cursor: Cursor, template_id: UUID) -> Row | None:
    """One template as it stands."""
    return find(cursor, TEMPLATES, id=template_id)


def versions(cursor: Cursor, template_id: UUID) -> list[Row]:
    """Every version with its text, the latest first."""
    query = (
        "SELECT template_version, title, clauses, placeholders, note, published_at"
        " FROM contract_template_versions WHERE template = %s ORDER BY template_version DESC"
    )
    return fetch(cursor, query, (template_id,))


def templates(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    kinds: tuple[str, ...] | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Templates by kind and title; of a unit together with those of the whole province, which it may use too."""
    where = Where().one_of("kind", kinds).one_of("state", states)
    where.holds("(unit = %s OR unit IS NULL)", unit)
    order = Keyset(("kind", "title", "id"))
    return read_page(cursor, MODEL.name, TEMPLATES, where, order, after=after, limit=limit)
