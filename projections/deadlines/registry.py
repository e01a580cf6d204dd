# SPDX-License-Identifier: Apache-2.0
"""Days of the registry: a new resource listed (CQ 12.b), and submitted before its project's acceptance (JS 11.b).

Where a regime only warns, the day is a warning of its own name. To the second, `projections.registry` is exact; here
stands the last whole day.
"""

from datetime import datetime

from domain.kernel.event import Recorded
from domain.resources.due import last_day_before
from domain.resources.events import (
    ExemptionConfirmed,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourcePublished,
)
from domain.resources.registry_events import (
    ListingExceptionGranted,
    ProjectAccepted,
    ProjectLinked,
    ResourceAssessed,
    ReturnConceded,
)
from projections.deadlines.table import DEADLINES, lift, on, set_deadline
from projections.readmodel import Rows

DUTY, WARNING, SUBMISSION = "resource_listing", "resource_listing_warning", "project_submission"
_KINDS = (DUTY, WARNING)


@on
def _assess(event: ResourceAssessed, recorded: Recorded, rows: Rows) -> None:
    """What is listed or excused already is not due again because it was judged anew."""
    settled = any((row := rows.get(DEADLINES, kind, recorded.stream, "")) and row["lifted_at"] for kind in _KINDS)
    lift(rows, recorded, DUTY)
    lift(rows, recorded, WARNING)
    if event.listing_due_on is not None and not settled:
        set_deadline(rows, recorded, DUTY if event.listing_binding else WARNING, event.listing_due_on)


@on
def _list(_event: ResourcePublished | ListingExceptionGranted, recorded: Recorded, rows: Rows) -> None:
    for kind in _KINDS:
        lift(rows, recorded, kind)


@on
def _exempt(_event: ExemptionConfirmed, recorded: Recorded, rows: Rows) -> None:
    for kind in (*_KINDS, SUBMISSION):
        lift(rows, recorded, kind)


@on
def _link(event: ProjectLinked, recorded: Recorded, rows: Rows) -> None:
    if event.binding:
        _limit(event.planned_acceptance_at, recorded, rows)


@on
def _accept_project(event: ProjectAccepted, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(DEADLINES, SUBMISSION, recorded.stream, "")
    if row is not None and row["lifted_at"] is None:
        _limit(event.accepted_at, recorded, rows)


@on
def _submit(_event: ResourceDataSubmitted | ReturnConceded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, SUBMISSION)


@on
def _return(_event: ResourceDataReturned, recorded: Recorded, rows: Rows) -> None:
    """A returned submission does not count (A10): its day runs again."""
    row = rows.get(DEADLINES, SUBMISSION, recorded.stream, "")
    if row is not None and row["lifted_at"] is not None:
        set_deadline(rows, recorded, SUBMISSION, row["due_on"])


def _limit(acceptance_at: datetime, recorded: Recorded, rows: Rows) -> None:
    set_deadline(rows, recorded, SUBMISSION, last_day_before(acceptance_at))
