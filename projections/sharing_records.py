# SPDX-License-Identifier: Apache-2.0
"""The records of sharing: one for each use, from which utilisation and totals are added up (CQ 14.b, CQ-14.1)."""

from datetime import datetime
from uuid import UUID

from projections.paging import Cursor, Keyset, Page, Where, read_page
from projections.utilisation import MODEL, USES


def sharing_records(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    resource: UUID | None = None,
    external: bool | None = None,
    started_from: datetime | None = None,
    started_before: datetime | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Uses that have ended, as last corrected, the latest first."""
    where = Where().equals(unit=unit, resource=resource, external=external).holds("started_at IS NOT NULL")
    where.holds("started_at >= %s", started_from).holds("started_at < %s", started_before)
    order = Keyset(("started_at", "reservation"), descending=True)
    return read_page(cursor, MODEL.name, USES, where, order, after=after, limit=limit)
