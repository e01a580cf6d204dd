# SPDX-License-Identifier: Apache-2.0
"""A task of the office or the centre, entrusted by the council or its office (JS 5.b, 7(5); CQ 8(f))."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from domain.governance.events import (
    OfficeTaskCancelled,
    OfficeTaskDone,
    OfficeTaskGiven,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
)
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.kernel.lifecycle import require_one_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.governance.values import Assignee
    from domain.kernel.event import Event
    from domain.policy import Edition

GIVERS = "governance.task_givers"
TaskState = Literal["open", "reported", "done", "cancelled"]
RUNNING: tuple[TaskState, ...] = ("open", "reported")


@dataclass(frozen=True, slots=True)
class OfficeTask:
    """A task as it stands. `overdue` says that the system has noticed the present due day to be over."""

    given_by: Literal["council", "council_office"]
    assignee: Assignee
    organisation: UUID | None
    due_on: date
    state: TaskState = "open"
    overdue: bool = False

    @property
    def running(self) -> bool:
        """Neither done nor cancelled."""
        return self.state in RUNNING


Ended = OfficeTaskReported | OfficeTaskDone | OfficeTaskCancelled
STATES: dict[type[Ended], TaskState] = {
    OfficeTaskReported: "reported",
    OfficeTaskDone: "done",
    OfficeTaskCancelled: "cancelled",
}


def evolve(
    state: OfficeTask | None, event: OfficeTaskGiven | OfficeTaskPostponed | OfficeTaskOverdue | Ended
) -> OfficeTask:
    """The task after an event. Who postpones a reported task asks for more."""
    if isinstance(event, OfficeTaskGiven):
        return OfficeTask(event.given_by, event.assignee, event.organisation, event.due_on)
    assert state is not None
    match event:
        case OfficeTaskPostponed(due_on=due_on):
            return replace(state, due_on=due_on, overdue=False, state="open")
        case OfficeTaskOverdue():
            return replace(state, overdue=True)
        case _:
            return replace(state, state=STATES[type(event)])


TASK = Aggregate(
    "governance.OfficeTask",
    evolve,
    (
        OfficeTaskGiven,
        OfficeTaskPostponed,
        OfficeTaskReported,
        OfficeTaskDone,
        OfficeTaskOverdue,
        OfficeTaskCancelled,
    ),
)


def give(particulars: OfficeTaskGiven, *, edition: Edition, today: date) -> list[Event]:
    """Entrust a task. Raises `governance.not_a_giver`, `governance.task_to_oneself`, `governance.due_not_ahead`."""
    givers = edition.value(GIVERS)
    rules = Rules()
    rules.require(
        particulars.given_by in givers,
        "governance.not_a_giver",
        citation=edition.citation(GIVERS),
        role=particulars.given_by,
        possible_role=", ".join(givers),
    )
    rules.require(particulars.given_by != particulars.assignee, "governance.task_to_oneself", field="assignee")
    rules.require(particulars.due_on >= today, "governance.due_not_ahead", field="due_on")
    rules.enforce()
    return [particulars.model_copy(update={"basis": edition.basis(GIVERS)})]


def postpone(state: OfficeTask, *, due_on: date, reason: str, today: date) -> list[Event]:
    """Set a later day. Raises `governance.task_wrong_state`, `governance.due_not_ahead`, `governance.due_not_later`."""
    _require_running(state, "postpone")
    rules = Rules()
    rules.require(due_on >= today, "governance.due_not_ahead", field="due_on")
    rules.require(due_on > state.due_on, "governance.due_not_later", field="due_on", due_on=state.due_on.isoformat())
    rules.enforce()
    return [OfficeTaskPostponed(due_on=due_on, reason=reason)]


def report(state: OfficeTask, *, text: str, digest: str | None) -> list[Event]:
    """Say how far the task has come, once or several times. Raises `governance.task_wrong_state`."""
    _require_running(state, "report")
    return [OfficeTaskReported(report=text, digest=digest)]


def finish(state: OfficeTask, *, remark: str) -> list[Event]:
    """Accept the task as done on a report. Raises `governance.task_wrong_state`, `governance.task_not_reported`."""
    _require_running(state, "finish")
    if state.state != "reported":
        raise refusal("governance.task_not_reported")
    return [OfficeTaskDone(remark=remark)]


def cancel(state: OfficeTask, *, reason: str) -> list[Event]:
    """Take the task back. Raises `governance.task_wrong_state`."""
    _require_running(state, "cancel")
    return [OfficeTaskCancelled(reason=reason)]


def fall_overdue(state: OfficeTask, *, due_on: date, today: date) -> list[Event]:
    """Note that the due day is over, once. A task that was reported in time is not overdue while it is looked at.

    Raises `governance.deadline_lifted`, `governance.deadline_already_passed`, `governance.deadline_not_over`.
    """
    if state.state != "open" or state.due_on != due_on:
        raise refusal("governance.deadline_lifted", kind="office_task", due_on=due_on.isoformat())
    if state.overdue:
        raise refusal("governance.deadline_already_passed", kind="office_task", due_on=due_on.isoformat())
    if today <= due_on:
        raise refusal("governance.deadline_not_over", kind="office_task", due_on=due_on.isoformat())
    return [OfficeTaskOverdue(due_on=due_on)]


def _require_running(state: OfficeTask, command: str) -> None:
    require_one_of(RUNNING, "governance.task_wrong_state", state=state.state, command=command)
