# SPDX-License-Identifier: Apache-2.0
"""Documents in force and in draft, tasks of the office, trainings and transfers of results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from api.http.errors import Unauthenticated
from api.http.reading.line import Answer, ById, Listed, Query, Read, among, in_order, listed, one, several
from api.http.visibility import Scope
from application.errors import NotFound, NotPermitted
from domain.governance.task import TaskState
from domain.governance.values import Assignee, DocumentKind
from projections import activities as records
from projections import documents as register
from projections import office_tasks
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

TRAINING, TRANSFER = "training", "result_transfer"


class WantedDocuments(Listed):
    """Which versions of documents."""

    kind: Annotated[str | None, AfterValidator(among(*get_args(DocumentKind)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    as_of: date | None = Field(default=None, description="In force on this day; today where none is given")
    state: Literal["in_force", "draft"] = "in_force"


class WantedTasks(Listed):
    """Which tasks."""

    assignee: Assignee | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(TaskState)))] = Field(default=None, max_length=60)
    overdue: bool | None = None


class WantedActivities(Listed):
    """Which records."""

    since: date | None = None
    until: Annotated[date | None, AfterValidator(in_order("since"))] = None


class WantedPeriod(Query):
    """A period, both days included; this year so far where none is given."""

    since: date | None = None
    until: Annotated[date | None, AfterValidator(in_order("since"))] = None


def documents(visit: Visit, query: WantedDocuments) -> Answer:
    """Versions in force on a day, or drafts for those who work on them."""
    kinds = several(query.kind)
    if query.state == "in_force":
        day = query.as_of or visit.today
        page = register.in_force(visit.cursor, as_of=day, kinds=kinds, after=query.cursor, limit=query.limit)
    elif visit.scope is Scope.ALL:
        page = register.drafts(visit.cursor, kinds=kinds, after=query.cursor, limit=query.limit)
    elif visit.actor is None:
        raise Unauthenticated
    else:
        raise NotPermitted(reason="role", role=visit.actor.role.value, route="documents")
    return listed(page)


def document(visit: Visit, query: ById) -> Answer:
    """One document with its versions; drafts only for those who work on them."""
    row = register.document(visit.cursor, query.id, drafts=visit.scope is Scope.ALL)
    if row is None:
        raise NotFound(kind="governance.Document", id=str(query.id))
    return one(row, position_of(visit.cursor, register.MODEL.name))


def tasks(visit: Visit, query: WantedTasks) -> Answer:
    """Tasks by due day, each with how it stands to it today."""
    page = office_tasks.tasks(
        visit.cursor,
        today=visit.today,
        assignee=query.assignee,
        states=several(query.state),
        overdue=query.overdue,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def task(visit: Visit, query: ById) -> Answer:
    """One task with its reports."""
    row = office_tasks.task(visit.cursor, query.id, visit.today)
    if row is None:
        raise NotFound(kind="governance.OfficeTask", id=str(query.id))
    return one(row, position_of(visit.cursor, office_tasks.MODEL.name))


def trainings(visit: Visit, query: WantedActivities) -> Answer:
    """Trainings and exchanges, the latest first."""
    return _records(visit, query, TRAINING)


def training(visit: Visit, query: ById) -> Answer:
    """One training or exchange."""
    return _record(visit, query, TRAINING)


def result_transfers(visit: Visit, query: WantedActivities) -> Answer:
    """Transfers of results, the latest first."""
    return _records(visit, query, TRANSFER)


def result_transfer(visit: Visit, query: ById) -> Answer:
    """One transfer of a result."""
    return _record(visit, query, TRANSFER)


def activity_counts(visit: Visit, query: WantedPeriod) -> Answer:
    """How many trainings and transfers, with people, minutes and fen."""
    today = visit.today
    found = records.activity_counts(visit.cursor, query.since or today.replace(month=1, day=1), query.until or today)
    return Answer({"items": found, "position": position_of(visit.cursor, records.MODEL.name)})


def _records(visit: Visit, query: WantedActivities, category: str) -> Answer:
    asked = query.model_dump(include={"since", "until", "limit"})
    return listed(records.activities(visit.cursor, category=category, **asked, after=query.cursor))


def _record(visit: Visit, query: ById, category: str) -> Answer:
    row = records.activity(visit.cursor, query.id, category)
    if row is None:
        raise NotFound(kind="governance.Activity", id=str(query.id))
    return one(row, position_of(visit.cursor, records.MODEL.name))


READS = (
    Read("/documents", "documents", WantedDocuments, documents, "Documents in force, or drafts"),
    Read("/documents/{id}", "documents", ById, document, "One document with its versions"),
    Read("/office-tasks", "office_tasks", WantedTasks, tasks, "Tasks of the office and the centre"),
    Read("/office-tasks/{id}", "office_tasks", ById, task, "One task"),
    Read("/trainings", "activities", WantedActivities, trainings, "Trainings and exchanges"),
    Read("/trainings/{id}", "activities", ById, training, "One training"),
    Read("/result-transfers", "activities", WantedActivities, result_transfers, "Results transferred"),
    Read("/result-transfers/{id}", "activities", ById, result_transfer, "One transfer of a result"),
    Read("/activity-counts", "activities", WantedPeriod, activity_counts, "Counts of trainings and transfers"),
)
