# SPDX-License-Identifier: Apache-2.0
"""Registered brokers as pseudonyms: kind, fields of work, period, and how many matches they made (JS 17.b)."""

from datetime import date
from uuid import UUID

from domain.kernel.event import Recorded
from domain.network.events import (
    BrokerEnded,
    BrokerRegistered,
    BrokerRenewed,
    MatchOutcomeRecorded,
    ResourceMatched,
)
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

BROKERS = Table(
    "brokers",
    ("id",),
    {
        "id": "uuid",
        "user_id": "uuid",
        "kind": "text",
        "employer": "uuid",
        "site": "uuid",
        "certificate": "text",
        "fields_of_work": "jsonb",
        "periods": "jsonb",  # [{valid_from, valid_until}], both days included
        "ended_on": "date",  # the first day without the registration
        "ended_reason": "text",
        "matches": "bigint",
        "reservations": "bigint",  # that came of the matches
        "version": "bigint",
    },
    ("(user_id)",),
)
MATCHED = Table("broker_matches", ("match",), {"match": "uuid", "broker": "uuid"})
REGISTERED = (
    "((ended_on IS NULL OR %s < ended_on) AND EXISTS (SELECT 1 FROM jsonb_array_elements(periods) AS p"
    " WHERE (p->>'valid_from')::date <= %s AND %s <= (p->>'valid_until')::date))"
)

on = Handlers()


@on
def _register(event: BrokerRegistered, recorded: Recorded, rows: Rows) -> None:
    """A new registration after an end keeps the counts: they are the person's."""
    before = rows.get(BROKERS, recorded.stream) or {"matches": 0, "reservations": 0}
    given = event.model_dump(exclude={"basis", "user", "fields_of_work", "valid_from", "valid_until"})
    row = new_row(
        BROKERS,
        id=recorded.stream,
        user_id=event.user,
        fields_of_work=list(event.fields_of_work),
        periods=[_period(event)],
        matches=before["matches"],
        reservations=before["reservations"],
        version=recorded.version,
        **given,
    )
    rows.put(BROKERS, row)


@on
def _renew(event: BrokerRenewed, recorded: Recorded, rows: Rows) -> None:
    periods = known(rows, BROKERS, recorded.stream)["periods"]
    amend(rows, BROKERS, recorded, periods=[*periods, _period(event)])


@on
def _end(event: BrokerEnded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, BROKERS, recorded, ended_on=event.ended_on, ended_reason=event.reason)


@on
def _match(event: ResourceMatched, _recorded: Recorded, rows: Rows) -> None:
    if event.broker is not None:
        rows.put(MATCHED, {"match": event.match, "broker": event.broker})
        rows.change(BROKERS, event.broker, matches=known(rows, BROKERS, event.broker)["matches"] + 1)


@on
def _outcome(event: MatchOutcomeRecorded, _recorded: Recorded, rows: Rows) -> None:
    matched = rows.get(MATCHED, event.match)
    if matched is not None and event.outcome == "reservation_made":
        row = known(rows, BROKERS, matched["broker"])
        rows.change(BROKERS, matched["broker"], reservations=row["reservations"] + 1)


def _period(event: BrokerRegistered | BrokerRenewed) -> Row:
    return event.model_dump(mode="json", include={"valid_from", "valid_until"})


MODEL = ReadModel("brokers", (BROKERS, MATCHED), on.apply, types=on.types)


def broker(cursor: Cursor, broker_id: UUID) -> Row | None:
    """One registration."""
    return find(cursor, BROKERS, id=broker_id)


def registered_on(row: Row, day: date) -> bool:
    """Whether a registration holds on a day."""
    ended = row["ended_on"] is not None and row["ended_on"] <= day
    return not ended and any(each["valid_from"] <= day.isoformat() <= each["valid_until"] for each in row["periods"])


def brokers(
    cursor: Cursor,
    *,
    kind: str | None = None,
    user: UUID | None = None,
    registered_on: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Brokers; `registered_on` keeps those whose registration holds on a day."""
    where = Where().equals(kind=kind, user_id=user)
    where.holds(REGISTERED, registered_on, registered_on, registered_on)
    return read_page(cursor, MODEL.name, BROKERS, where, Keyset(("id",)), after=after, limit=limit)
