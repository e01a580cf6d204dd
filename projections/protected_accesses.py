# SPDX-License-Identifier: Apache-2.0
"""Who was shown the protected data of a contract or a use, and when (JS 20.b, CQ 17.c)."""

from uuid import UUID

from domain.contracts.access import ProtectedDataViewed
from domain.kernel.event import Recorded
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, read_page
from projections.readmodel import ReadModel, Rows, Table

ACCESSES = Table(
    "protected_accesses",
    ("id",),
    {
        "id": "uuid",
        "subject": "uuid",
        "viewer": "uuid",
        "capacity": "text",
        "organisation": "uuid",
        "part": "text",
        "viewed_at": "timestamptz",
    },
    ("(subject, viewed_at, id)",),
)

on = Handlers()


@on
def _view(event: ProtectedDataViewed, recorded: Recorded, rows: Rows) -> None:
    seen = event.model_dump(exclude={"basis"})
    rows.put(ACCESSES, new_row(ACCESSES, id=recorded.id, viewed_at=recorded.meta.occurred_at, **seen))


MODEL = ReadModel("protected_accesses", (ACCESSES,), on.apply, types=on.types)


def accesses(cursor: Cursor, subject: UUID, *, after: str | None = None, limit: int = 50) -> Page:
    """The accesses to one contract or use, the latest first."""
    order = Keyset(("viewed_at", "id"), descending=True)
    where = Where().equals(subject=subject)
    return read_page(cursor, MODEL.name, ACCESSES, where, order, after=after, limit=limit)
