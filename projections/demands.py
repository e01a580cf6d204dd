# SPDX-License-Identifier: Apache-2.0
"""Demands with the resources matched to them and what came of it (JS 17.b, CQ 13)."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.network.events import DemandClosed, DemandStated, DemandWithdrawn, MatchOutcomeRecorded, ResourceMatched
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

DEMANDS = Table(
    "demands",
    ("id",),
    {
        "id": "uuid",
        "user_id": "uuid",
        "customer": "uuid",
        "user_kind": "text",
        "state": "text",
        "text": "text",
        "keywords": "jsonb",
        "class_code": "text",
        "city": "text",
        "district": "text",
        "budget_fen": "bigint",
        "minutes": "bigint",
        "samples": "bigint",
        "needed_by": "date",
        "stated_at": "timestamptz",
        "matches": "jsonb",  # [{match, resource, ..., reasons, outcome, reservation, reason}], the earliest first
        "ended_reason": "text",
        "version": "bigint",
    },
    ("(stated_at, id)", "(customer)", "(user_id)"),
)

on = Handlers()


@on
def _state(event: DemandStated, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", "user", "keywords"})
    row = new_row(
        DEMANDS,
        id=recorded.stream,
        user_id=event.user,
        keywords=list(event.keywords),
        state="open",
        stated_at=recorded.meta.occurred_at,
        matches=[],
        version=recorded.version,
        **given,
    )
    rows.put(DEMANDS, row)


@on
def _match(event: ResourceMatched, recorded: Recorded, rows: Rows) -> None:
    made = event.model_dump(mode="json", exclude={"basis"})
    made |= {"matched_at": recorded.meta.occurred_at.isoformat(), "outcome": None, "reservation": None, "reason": ""}
    matches = known(rows, DEMANDS, recorded.stream)["matches"]
    amend(rows, DEMANDS, recorded, state="matched", matches=[*matches, made])


@on
def _outcome(event: MatchOutcomeRecorded, recorded: Recorded, rows: Rows) -> None:
    came = event.model_dump(mode="json", include={"outcome", "reservation", "reason"})
    matches = [
        each | came if each["match"] == str(event.match) else each
        for each in known(rows, DEMANDS, recorded.stream)["matches"]
    ]
    outcomes = {each["outcome"] for each in matches}
    state = "closed" if "reservation_made" in outcomes else "matched" if None in outcomes else "open"
    amend(rows, DEMANDS, recorded, state=state, matches=matches)


@on
def _end(event: DemandWithdrawn | DemandClosed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, DEMANDS, recorded, ended_reason=event.reason)


on.states(DEMANDS, {DemandWithdrawn: "withdrawn", DemandClosed: "closed"})
MODEL = ReadModel("demands", (DEMANDS,), on.apply, types=on.types)


def demand(cursor: Cursor, demand_id: UUID) -> Row | None:
    """One demand with its matches."""
    return find(cursor, DEMANDS, id=demand_id)


def demands(
    cursor: Cursor,
    *,
    user: UUID | None = None,
    customer: UUID | None = None,
    states: tuple[str, ...] | None = None,
    city: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Demands, the latest first."""
    where = Where().equals(user_id=user, customer=customer, city=city).one_of("state", states)
    order = Keyset(("stated_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, DEMANDS, where, order, after=after, limit=limit)
