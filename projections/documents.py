# SPDX-License-Identifier: Apache-2.0
"""Plans, rules, policies, standards and norms with their versions: which one is in force on a day, which are drafts."""

from datetime import date
from uuid import UUID

from domain.governance.events import (
    DocumentAdopted,
    DocumentDrafted,
    DocumentRepealed,
    DraftRevised,
    DraftWithdrawn,
    OpinionAttached,
    PlanYearTaken,
    StandardReviewed,
)
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

DOCUMENTS = Table(
    "documents",
    ("id",),
    {
        "id": "uuid",
        "kind": "text",
        "year": "bigint",
        "place_in_year": "bigint",  # an annual plan's among those adopted for its year
        "title_zh": "text",  # of the latest version
        "title_en": "text",
        "drafted_by": "text",
        "latest_version": "bigint",
        "adopted_version": "bigint",  # the last one that was decided, in force or not yet
        "repealed_from": "date",
        "repeal_decision": "text",
        "successor": "uuid",
        "version": "bigint",
    },
)
VERSIONS = Table(
    "document_versions",
    ("document", "document_version"),
    {
        "document": "uuid",
        "document_version": "bigint",
        "kind": "text",
        "year": "bigint",
        "title_zh": "text",
        "title_en": "text",
        "state": "text",  # draft, superseded_draft, withdrawn, adopted
        "digest": "text",
        "location": "text",
        "changes": "text",
        "drafted_at": "timestamptz",
        "opinions": "jsonb",
        "decision": "uuid",
        "decision_reference": "text",
        "decided_on": "date",
        "effective_from": "date",
        "ends_on": "date",  # the first day on which it is no longer in force
    },
    ("(effective_from, document)",),
)
TITLES = {"title_zh", "title_en"}

on = Handlers()


@on
def _draft(event: DocumentDrafted, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include=TITLES | {"kind", "year"})
    row = new_row(
        DOCUMENTS,
        id=recorded.stream,
        drafted_by=event.drafted_by,
        latest_version=1,
        version=recorded.version,
        **stated,
    )
    rows.put(DOCUMENTS, row)
    _put_version(event, recorded, rows, row, number=1, changes="")


@on
def _revise(event: DraftRevised, recorded: Recorded, rows: Rows) -> None:
    before = known(rows, DOCUMENTS, recorded.stream)["latest_version"]
    if known(rows, VERSIONS, recorded.stream, before)["state"] == "draft":
        rows.change(VERSIONS, recorded.stream, before, state="superseded_draft")
    titles = event.model_dump(include=TITLES)
    amend(rows, DOCUMENTS, recorded, latest_version=event.document_version, **titles)
    row = known(rows, DOCUMENTS, recorded.stream)
    _put_version(event, recorded, rows, row, number=event.document_version, changes=event.changes)


@on
def _withdraw(event: DraftWithdrawn, recorded: Recorded, rows: Rows) -> None:
    amend(rows, DOCUMENTS, recorded)
    rows.change(VERSIONS, recorded.stream, event.document_version, state="withdrawn")


@on
def _review(event: StandardReviewed | OpinionAttached, recorded: Recorded, rows: Rows) -> None:
    amend(rows, DOCUMENTS, recorded)
    said = event.model_dump(mode="json", include={"stance", "opinion", "digest", "given_on"})
    opinions = known(rows, VERSIONS, recorded.stream, event.document_version)["opinions"]
    review = isinstance(event, StandardReviewed)
    opinions = [*opinions, {"review": review, **said}]
    rows.change(VERSIONS, recorded.stream, event.document_version, opinions=opinions)


@on
def _take_year(event: PlanYearTaken, recorded: Recorded, rows: Rows) -> None:
    amend(rows, DOCUMENTS, recorded, place_in_year=event.place)


@on
def _adopt(event: DocumentAdopted, recorded: Recorded, rows: Rows) -> None:
    before = known(rows, DOCUMENTS, recorded.stream)["adopted_version"]
    if before is not None:
        rows.change(VERSIONS, recorded.stream, before, ends_on=event.effective_from)
    amend(rows, DOCUMENTS, recorded, adopted_version=event.document_version)
    decided = event.model_dump(include={"decision", "decision_reference", "decided_on", "effective_from"})
    rows.change(VERSIONS, recorded.stream, event.document_version, state="adopted", **decided)


@on
def _repeal(event: DocumentRepealed, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, DOCUMENTS, recorded.stream)
    amend(
        rows,
        DOCUMENTS,
        recorded,
        repealed_from=event.effective_from,
        repeal_decision=event.decision_reference,
        successor=event.successor,
    )
    for number in range(1, row["latest_version"] + 1):
        version = known(rows, VERSIONS, recorded.stream, number)
        if version["state"] == "adopted":
            ends = min(version["ends_on"] or event.effective_from, event.effective_from)
            rows.change(VERSIONS, recorded.stream, number, ends_on=ends)


MODEL = ReadModel("documents", (DOCUMENTS, VERSIONS), on.apply, types=on.types)


def _put_version(
    event: DocumentDrafted | DraftRevised, recorded: Recorded, rows: Rows, document: Row, *, number: int, changes: str
) -> None:
    row = new_row(
        VERSIONS,
        document=recorded.stream,
        document_version=number,
        kind=document["kind"],
        year=document["year"],
        state="draft",
        changes=changes,
        drafted_at=recorded.meta.occurred_at,
        opinions=[],
        **event.model_dump(include=TITLES | {"digest", "location"}),
    )
    rows.put(VERSIONS, row)


def document(cursor: Cursor, document_id: UUID, *, drafts: bool) -> Row | None:
    """One document with its versions, oldest first.

    Without `drafts`, only what was decided is shown, and the document's titles are those of its last decided version.
    """
    row = find(cursor, DOCUMENTS, id=document_id)
    if row is None:
        return None
    versions = fetch(
        cursor,
        "SELECT * FROM document_versions WHERE document = %s AND (%s OR state = 'adopted') ORDER BY document_version",
        (document_id, drafts),
    )
    if not drafts and versions:
        row |= {"latest_version": versions[-1]["document_version"]}
        row |= {name: versions[-1][name] for name in TITLES}
    return {**row, "versions": versions} if versions else None


def in_force(
    cursor: Cursor, *, as_of: date, kinds: tuple[str, ...] | None = None, after: str | None = None, limit: int = 50
) -> Page:
    """Versions in force on a day, the latest first."""
    where = Where().equals(state="adopted").one_of("kind", kinds)
    where.holds("effective_from <= %s", as_of).holds("(ends_on IS NULL OR ends_on > %s)", as_of)
    order = Keyset(("effective_from", "document", "document_version"), descending=True)
    return read_page(cursor, MODEL.name, VERSIONS, where, order, after=after, limit=limit)


def drafts(cursor: Cursor, *, kinds: tuple[str, ...] | None = None, after: str | None = None, limit: int = 50) -> Page:
    """Drafts that may still be adopted, the latest first."""
    where = Where().equals(state="draft").one_of("kind", kinds)
    order = Keyset(("drafted_at", "document", "document_version"), descending=True)
    return read_page(cursor, MODEL.name, VERSIONS, where, order, after=after, limit=limit)
