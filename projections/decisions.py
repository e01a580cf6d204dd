# SPDX-License-Identifier: Apache-2.0
"""The register of decisions, with attendance, conflicts and votes by seat; never a person's name."""

from datetime import date
from uuid import UUID

from domain.governance.events import DecisionAnnulled, DecisionCorrected, DecisionRecorded, DecisionTakenJointly
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

DECISIONS = Table(
    "decisions",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "body": "text",
        "organisation": "uuid",
        "jointly_with": "jsonb",  # [{body, organisation}]: the others who took it
        "title": "text",
        "decided_on": "date",
        "digest": "text",
        "minutes": "jsonb",
        "recorded_at": "timestamptz",
        "corrections": "bigint",
        "annulled": "boolean",
        "annulled_reason": "text",
        "annulling_decision": "text",
        "version": "bigint",
    },
    ("(decided_on, id)", '(number COLLATE "C")'),
)
STATED = {"title", "decided_on", "digest"}

on = Handlers()


@on
def _record(event: DecisionRecorded, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        DECISIONS,
        id=recorded.stream,
        recorded_at=recorded.meta.occurred_at,
        corrections=0,
        annulled=False,
        jointly_with=[],
        version=recorded.version,
        minutes=_plain(event),
        **event.model_dump(include=STATED | {"number", "body", "organisation"}),
    )
    rows.put(DECISIONS, row)


@on
def _share(event: DecisionTakenJointly, recorded: Recorded, rows: Rows) -> None:
    amend(rows, DECISIONS, recorded, jointly_with=[party.model_dump(mode="json") for party in event.parties])


@on
def _correct(event: DecisionCorrected, recorded: Recorded, rows: Rows) -> None:
    corrections = known(rows, DECISIONS, recorded.stream)["corrections"] + 1
    stated = event.model_dump(include=STATED)
    amend(rows, DECISIONS, recorded, corrections=corrections, minutes=_plain(event), **stated)


@on
def _annul(event: DecisionAnnulled, recorded: Recorded, rows: Rows) -> None:
    amend(
        rows,
        DECISIONS,
        recorded,
        annulled=True,
        annulled_reason=event.reason,
        annulling_decision=event.annulling_decision,
    )


MODEL = ReadModel("decisions", (DECISIONS,), on.apply, types=on.types, version=2)


def decision(cursor: Cursor, decision_id: UUID) -> Row | None:
    """One decision."""
    return find(cursor, DECISIONS, id=decision_id)


def decisions(
    cursor: Cursor,
    *,
    number: str | None = None,
    body: str | None = None,
    annulled: bool | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Decisions, the latest first, which `body` took alone or with others. None asks nothing; days are included."""
    where = Where().equals(number=number, annulled=annulled)
    where.holds("(body = %s OR jointly_with @> jsonb_build_array(jsonb_build_object('body', %s::text)))", body, body)
    where.holds("decided_on >= %s", since).holds("decided_on <= %s", until)
    order = Keyset(("decided_on", "id"), descending=True)
    return read_page(cursor, MODEL.name, DECISIONS, where, order, after=after, limit=limit)


def _plain(event: DecisionRecorded | DecisionCorrected) -> Row | None:
    return None if event.minutes is None else event.minutes.model_dump(mode="json")
