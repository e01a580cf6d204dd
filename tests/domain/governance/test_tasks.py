# SPDX-License-Identifier: Apache-2.0
"""Tasks of the office and the centre, and what the centre records of its own (JS 5.b, 7(3)-(5); CQ 8(e,f))."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.governance import activity, task
from domain.governance.activity import ACTIVITY
from domain.governance.events import (
    ActivityStruck,
    OfficeTaskCancelled,
    OfficeTaskDone,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
    ResultTransferRecorded,
    TrainingRecorded,
)
from domain.governance.task import TASK
from domain.policy import Edition
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.governance.examples import TODAY, given_task

DUE = date(2026, 3, 31)
REPORTED = OfficeTaskReported(report="…", digest=None)


@pytest.mark.parametrize(
    ("edition", "giver", "may"),
    [
        (JIANGSU, "council", True),
        (JIANGSU, "council_office", True),
        (CHONGQING, "council_office", True),
        (CHONGQING, "council", False),
    ],
)
def test_who_gives_tasks_is_what_the_regime_says(edition: Edition, giver: str, *, may: bool) -> None:
    wish = given_task(given_by=giver)
    outcome = given(TASK).when(task.give, wish, edition=edition, today=TODAY)
    if may:
        outcome.then(wish.model_copy(update={"basis": edition.basis("governance.task_givers")}))
    else:
        refused = outcome.then_refused("governance.not_a_giver")
        assert refused.violations[0].citation == edition.citation("governance.task_givers")


def test_a_task_is_for_others_and_due_ahead() -> None:
    wish = given_task(assignee="council_office", due_on=TODAY - timedelta(days=1))
    given(TASK).when(task.give, wish, edition=JIANGSU, today=TODAY).then_refused(
        "governance.task_to_oneself", "governance.due_not_ahead"
    )
    assert given(TASK).when(task.give, given_task(due_on=TODAY), edition=JIANGSU, today=TODAY).state.running


def test_a_task_is_done_on_a_report() -> None:
    open_task = given(TASK, given_task())
    open_task.when(task.finish, remark="…").then_refused("governance.task_not_reported")
    open_task.when(task.report, text="…", digest=None).then(REPORTED)
    given(TASK, given_task(), REPORTED).when(task.finish, remark="…").then(OfficeTaskDone(remark="…"))
    open_task.when(task.cancel, reason="…").then(OfficeTaskCancelled(reason="…"))


@pytest.mark.parametrize("end", [OfficeTaskCancelled(reason="…"), OfficeTaskDone(remark="…")])
def test_an_ended_task_moves_no_more(end: Any) -> None:  # noqa: ANN401 - either event
    over = given(TASK, given_task(), REPORTED, end)
    for outcome in (
        over.when(task.finish, remark="…"),
        over.when(task.cancel, reason="…"),
        over.when(task.report, text="…", digest=None),
        over.when(task.postpone, due_on=date(2026, 5, 1), reason="…", today=TODAY),
    ):
        outcome.then_refused("governance.task_wrong_state")


def test_a_postponed_task_is_open_again_and_no_longer_overdue() -> None:
    late = given(TASK, given_task(), OfficeTaskOverdue(due_on=DUE), REPORTED)
    moved = late.when(task.postpone, due_on=date(2026, 5, 1), reason="…", today=date(2026, 4, 2))
    moved.then(OfficeTaskPostponed(due_on=date(2026, 5, 1), reason="…"))
    assert (moved.state.state, moved.state.overdue) == ("open", False)
    late.when(task.postpone, due_on=DUE, reason="…", today=date(2026, 4, 2)).then_refused(
        "governance.due_not_ahead", "governance.due_not_later"
    )


def test_a_task_falls_overdue_once_and_after_its_day() -> None:
    after: dict[str, Any] = {"due_on": DUE, "today": DUE + timedelta(days=3)}
    open_task = given(TASK, given_task())
    open_task.when(task.fall_overdue, **after).then(OfficeTaskOverdue(due_on=DUE))
    open_task.when(task.fall_overdue, due_on=DUE, today=DUE).then_refused("governance.deadline_not_over")
    open_task.when(task.fall_overdue, due_on=TODAY, today=DUE).then_refused("governance.deadline_lifted")
    given(TASK, given_task(), REPORTED).when(task.fall_overdue, **after).then_refused("governance.deadline_lifted")
    given(TASK, given_task(), OfficeTaskOverdue(due_on=DUE)).when(task.fall_overdue, **after).then_refused(
        "governance.deadline_already_passed"
    )


def training(**changes: Any) -> TrainingRecorded:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "kind": "training",
        "topic": "…",
        "held_on": TODAY,
        "minutes": 90,
        "participants": 12,
        "organisations": 3,
        "place": "南京",
    }
    return TrainingRecorded(**stated | changes)


def test_a_training_is_recorded_after_it_was_held() -> None:
    facts: dict[str, Any] = {"edition": CHONGQING, "today": TODAY}
    basis = CHONGQING.basis("governance.activity_recorders")
    given(ACTIVITY).when(activity.record_training, training(), **facts).then(training(basis=basis))
    wrong = training(held_on=TODAY + timedelta(days=1), organisations=13)
    given(ACTIVITY).when(activity.record_training, wrong, **facts).then_refused(
        "governance.not_yet_held", "governance.more_organisations_than_people"
    )


def transfer(**changes: Any) -> ResultTransferRecorded:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "title": "…",
        "transferred_on": TODAY,
        "kind": "licence",
        "provider": UUID(int=1),
        "recipient": UUID(int=2),
        "recipient_name": "",
        "amount_fen": 100,
        "contract_number": "",
    }
    return ResultTransferRecorded(**stated | changes)


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_a_transfer_names_its_recipient(edition: Edition) -> None:
    facts: dict[str, Any] = {"edition": edition, "today": TODAY}
    given(ACTIVITY).when(activity.record_transfer, transfer(), **facts).then(transfer())
    by_name = transfer(recipient=None, recipient_name="示例公司")
    given(ACTIVITY).when(activity.record_transfer, by_name, **facts).then(by_name)
    given(ACTIVITY).when(activity.record_transfer, transfer(recipient=None), **facts).then_refused(
        "governance.recipient_missing"
    )
    wrong = transfer(recipient=UUID(int=1), transferred_on=TODAY + timedelta(days=1))
    given(ACTIVITY).when(activity.record_transfer, wrong, **facts).then_refused(
        "governance.transfer_to_oneself", "governance.not_yet_held"
    )


def test_a_mistake_is_struck_once() -> None:
    given(ACTIVITY, training()).when(activity.strike, reason="…").then(ActivityStruck(reason="…"))
    given(ACTIVITY, training(), ActivityStruck(reason="…")).when(activity.strike, reason="…").then_refused(
        "governance.already_struck"
    )
