# SPDX-License-Identifier: Apache-2.0
"""Each reminder and each note that a day is over is issued once, with the original day."""

from datetime import date, timedelta
from uuid import UUID

from domain.governance import deadline
from domain.governance.deadline import DEADLINE, Due
from domain.governance.events import DeadlinePassed, DeadlineReminded
from tests.domain.editions import JIANGSU
from tests.domain.given import given

DUE = Due("exemption_review", UUID(int=5), "", date(2026, 4, 1))
REMINDED = DeadlineReminded(kind=DUE.kind, subject=DUE.subject, item="", due_on=DUE.due_on, days_before=30)
PASSED = DeadlinePassed(kind=DUE.kind, subject=DUE.subject, item="", due_on=DUE.due_on)
AFTER = DUE.due_on + timedelta(days=3)


def test_the_first_of_both_has_the_original_day() -> None:
    remind = {"due": DUE, "stands": True, "edition": JIANGSU}
    given(DEADLINE).when(deadline.remind, None, **remind).then(
        REMINDED.model_copy(update={"basis": JIANGSU.basis("practice.reminder_days")})
    )
    given(DEADLINE).when(deadline.pass_by, None, DUE, stands=True, today=AFTER).then(PASSED)


def test_each_is_issued_once() -> None:
    given(DEADLINE, REMINDED).when(deadline.remind, DUE, stands=True, edition=JIANGSU).then_refused(
        "governance.already_reminded"
    )
    given(DEADLINE, REMINDED).when(deadline.pass_by, DUE, stands=True, today=AFTER).then(PASSED)
    given(DEADLINE, PASSED).when(deadline.pass_by, DUE, stands=True, today=AFTER).then_refused(
        "governance.deadline_already_passed"
    )


def test_the_last_day_belongs_to_the_deadline() -> None:
    given(DEADLINE).when(deadline.pass_by, None, DUE, stands=True, today=DUE.due_on).then_refused(
        "governance.deadline_not_over"
    )


def test_what_was_done_meanwhile_is_neither_reminded_of_nor_over() -> None:
    lifted = "governance.deadline_lifted"
    given(DEADLINE).when(deadline.remind, None, DUE, stands=False, edition=JIANGSU).then_refused(lifted)
    given(DEADLINE).when(deadline.pass_by, None, DUE, stands=False, today=AFTER).then_refused(lifted)


def test_a_kind_may_have_a_number_of_days_of_its_own() -> None:
    assert deadline.reminder_parameter("office_task", JIANGSU) == "practice.office_task_reminder_days"
    assert deadline.reminder_parameter("contract_end", JIANGSU) == "practice.reminder_days"


def test_another_day_is_another_deadline() -> None:
    moved = Due(DUE.kind, DUE.subject, DUE.item, AFTER)
    assert len({DUE.id, moved.id, Due(DUE.kind, DUE.subject, "operator", DUE.due_on).id}) == 3
