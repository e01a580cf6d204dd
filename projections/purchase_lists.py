# SPDX-License-Identifier: Apache-2.0
"""Questions about purchase reviews and about the assets bought through them."""

from typing import LiteralString
from uuid import UUID

from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.purchase_reviews import MODEL
from projections.purchase_tables import ASSETS, IN_FULL, REVIEWS
from projections.readmodel import Row

REGISTERED: LiteralString = (
    "EXISTS (SELECT 1 FROM registry r"
    " WHERE r.unit = purchase_assets.unit AND r.asset_number = purchase_assets.asset_number)"
)
KNOWN: LiteralString = "SELECT unit, asset_number FROM registry WHERE unit = ANY(%s) AND asset_number = ANY(%s)"


def purchase_review(cursor: Cursor, review: UUID) -> Row | None:
    """One review with everything that was found and decided."""
    return find(cursor, REVIEWS, id=review)


def purchase_reviews(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    units: list[UUID] | None = None,
    reviewer: UUID | None = None,
    states: tuple[str, ...] | None = None,
    warned: bool | None = None,
    split: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Reviews by number. None asks nothing; the caller gives what the reader may see."""
    where = Where().equals(unit=unit, reviewer=reviewer, warned=warned, split_signal=split).one_of("state", states)
    where.holds("unit = ANY(%s)", units)
    order = Keyset(("number", "id"))
    return read_page(cursor, MODEL.name, REVIEWS, where, order, after=after, limit=limit, without=IN_FULL)


def purchased_assets(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    units: list[UUID] | None = None,
    asset_number: str | None = None,
    registered: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Assets bought through a review, by which way (an opinion, an exception, or none needed), and whether registered.

    What was bought and is in no registry is late from the end of its period of listing on (6.2: CQ 12.b).
    """
    where = Where().equals(unit=unit, asset_number=asset_number)
    where.holds("unit = ANY(%s)", units)
    where.holds(f"{REGISTERED} = %s", registered)
    order = Keyset(("asset_number", "unit"))
    page = read_page(cursor, MODEL.name, ASSETS, where, order, after=after, limit=limit)
    known_ = {(row["unit"], row["asset_number"]) for row in fetch(cursor, KNOWN, _named(page.rows))}
    rows = [row | {"registered": (row["unit"], row["asset_number"]) in known_} for row in page.rows]
    return Page(rows, page.next, page.position)


def _named(rows: list[Row]) -> tuple[list[UUID], list[str]]:
    return [row["unit"] for row in rows], [row["asset_number"] for row in rows]
