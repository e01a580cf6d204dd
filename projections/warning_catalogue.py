# SPDX-License-Identifier: Apache-2.0
"""The catalogue that warns against new purchases: its drafts, and the versions published from them (JS 12.b)."""

from domain.kernel.event import Recorded
from domain.purchasing.events import WarningCatalogueDrafted, WarningCatalogueVersionPublished
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, read_page
from projections.readmodel import ReadModel, Rows, Table
from projections.search import class_names

CATALOGUE = Table(
    "warning_catalogue",
    ("draft",),
    {
        "draft": "bigint",
        "catalogue_version": "bigint",
        "threshold": "text",
        "least_instruments": "bigint",
        "first_month": "text",
        "last_month": "text",
        "classes_seen": "bigint",
        "entries": "jsonb",
        "left_out": "jsonb",
        "document_number": "text",
        "published_on": "date",
        "computed_at": "bigint",
    },
    ("(catalogue_version)",),
)

on = Handlers()


@on
def _draft(event: WarningCatalogueDrafted, _recorded: Recorded, rows: Rows) -> None:
    plain = event.model_dump(exclude={"basis", "entries", "threshold", "position"})
    entries = event.model_dump(mode="json", include={"entries"})
    row = new_row(
        CATALOGUE, threshold=f"{event.threshold:f}", left_out=[], computed_at=event.position, **plain, **entries
    )
    rows.put(CATALOGUE, row)


@on
def _publish(event: WarningCatalogueVersionPublished, _recorded: Recorded, rows: Rows) -> None:
    plain = event.model_dump(include={"catalogue_version", "document_number", "published_on"})
    nested = event.model_dump(mode="json", include={"entries", "left_out"})
    rows.change(CATALOGUE, event.draft, **plain, **nested)


MODEL = ReadModel("warning_catalogue", (CATALOGUE,), on.apply, types=on.types)


def warning_catalogue(
    cursor: Cursor, *, version: int | None = None, drafts: bool = False, after: str | None = None, limit: int = 50
) -> Page:
    """Versions, the latest first; with `drafts` those not published too. Each class has its name."""
    where = Where().equals(catalogue_version=version)
    if not drafts:
        where.holds("catalogue_version IS NOT NULL")
    order = Keyset(("draft",), descending=True)
    page = read_page(cursor, MODEL.name, CATALOGUE, where, order, after=after, limit=limit)
    names = class_names()
    for row in page.rows:
        row["entries"] = [entry | {"class_name": names.get(entry["class_code"], "")} for entry in row["entries"]]
    return page
