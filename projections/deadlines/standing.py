# SPDX-License-Identifier: Apache-2.0
"""The last day of a qualification with a unit. Its own room reminds of it and notes its end, also one by disuse."""

from domain.kernel.event import Recorded
from domain.standing.events import (
    QualificationApproved,
    QualificationLapsed,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
    StandingOpened,
)
from projections.deadlines.table import DEADLINES, hold, latest, lift, on, set_deadline
from projections.readmodel import Rows

KIND = "operating_qualification"


@on
def _open(event: StandingOpened, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, unit=event.unit, person=event.user)


@on
def _run(event: QualificationApproved | QualificationRenewed, recorded: Recorded, rows: Rows) -> None:
    set_deadline(rows, recorded, KIND, event.valid_until, item=str(event.resource))


@on
def _remind(event: QualificationReminded, recorded: Recorded, rows: Rows) -> None:
    item = str(event.resource)
    if latest(rows, KIND, recorded.stream, item) == event.ends_on:
        rows.change(DEADLINES, KIND, recorded.stream, item, reminded_at=recorded.meta.occurred_at)


@on
def _end(event: QualificationLapsed | QualificationWithdrawn, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, KIND, str(event.resource))
