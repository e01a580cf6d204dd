# SPDX-License-Identifier: Apache-2.0
"""Trainings held and results transferred, one row each, for lists and for the counts of statistics."""

from datetime import date
from uuid import UUID

from domain.governance.events import ActivityStruck, ResultTransferRecorded, TrainingRecorded
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

ACTIVITIES = Table(
    "activities",
    ("id",),
    {
        "id": "uuid",
        "category": "text",  # training, result_transfer
        "kind": "text",
        "title": "text",
        "happened_on": "date",
        "minutes": "bigint",
        "participants": "bigint",
        "organisations": "bigint",
        "place": "text",
        "provider": "uuid",
        "recipient": "uuid",
        "recipient_name": "text",
        "amount_fen": "bigint",
        "contract_number": "text",
        "digest": "text",
        "struck": "boolean",
        "struck_reason": "text",
        "version": "bigint",
    },
    ("(category, happened_on, id)",),
)

on = Handlers()


@on
def _train(event: TrainingRecorded, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include={"kind", "minutes", "participants", "organisations", "place", "digest"})
    _put(recorded, rows, category="training", title=event.topic, happened_on=event.held_on, **stated)


@on
def _transfer(event: ResultTransferRecorded, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(exclude={"basis", "transferred_on"})
    _put(recorded, rows, category="result_transfer", happened_on=event.transferred_on, **stated)


@on
def _strike(event: ActivityStruck, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ACTIVITIES, recorded, struck=True, struck_reason=event.reason)


MODEL = ReadModel("activities", (ACTIVITIES,), on.apply, types=on.types)


def activity(cursor: Cursor, activity_id: UUID, category: str) -> Row | None:
    """One record of a category."""
    return find(cursor, ACTIVITIES, id=activity_id, category=category)


def activities(
    cursor: Cursor,
    *,
    category: str,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Records that were not struck, the latest first; both days are included."""
    where = Where().equals(category=category, kind=kind, struck=False)
    where.holds("happened_on >= %s", since).holds("happened_on <= %s", until)
    order = Keyset(("happened_on", "id"), descending=True)
    return read_page(cursor, MODEL.name, ACTIVITIES, where, order, after=after, limit=limit)


def activity_counts(cursor: Cursor, since: date, until: date) -> list[Row]:
    """How many of each kind, with people, minutes and fen, in a period whose both days are included."""
    return fetch(
        cursor,
        "SELECT category, kind, count(*) AS held, coalesce(sum(participants), 0)::bigint AS participants,"
        " coalesce(sum(minutes), 0)::bigint AS minutes, coalesce(sum(amount_fen), 0)::bigint AS amount_fen"
        " FROM activities WHERE NOT struck AND happened_on BETWEEN %s AND %s"
        " GROUP BY category, kind ORDER BY category, kind",
        (since, until),
    )


def _put(recorded: Recorded, rows: Rows, **stated: object) -> None:
    rows.put(ACTIVITIES, new_row(ACTIVITIES, id=recorded.stream, struck=False, version=recorded.version, **stated))
