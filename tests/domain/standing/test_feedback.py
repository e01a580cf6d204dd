# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.house_rules import FeedbackRule
from domain.standing import feedback
from domain.standing.events import FeedbackGiven, UseCorrected
from domain.standing.standing import STANDING
from tests.domain.given import given
from tests.domain.standing.samples import FIRST, OPENED, RESOURCE, SECOND, at, use

RULE = FeedbackRule(questions=("仪器状态", "是否清场"))
ANSWERS = {"仪器状态": "正常", "是否清场": "是"}
OWED = use(feedback_owed=True)
GIVEN = FeedbackGiven(reservation=FIRST, answers=ANSWERS, score=Decimal("4.5"))


def test_a_use_is_noted_once_and_its_feedback_is_owed_until_it_is_given() -> None:
    how = {"reservation": FIRST, "resource": RESOURCE, "ended_at": at(11), "minutes": 120, "feedback_owed": True}
    state = given(STANDING, OPENED).when(feedback.note_use, **how).then(OWED).state
    assert feedback.owed(state) == [at(11)]
    given(STANDING, OPENED, OWED).when(feedback.note_use, **how).then()
    answer = {"reservation": FIRST, "answers": ANSWERS, "score": Decimal("4.5"), "rule": RULE}
    state = given(STANDING, OPENED, OWED).when(feedback.give, **answer).then(GIVEN).state
    assert (feedback.owed(state), state.given) == ([], 1)
    given(STANDING, OPENED, OWED, GIVEN).when(feedback.give, **answer).then_refused("standing.feedback_not_owed")


def test_every_published_question_is_answered_and_no_other() -> None:
    answers = {"仪器状态": " ", "意见": "无"}
    outcome = given(STANDING, OPENED, OWED).when(
        feedback.give, reservation=FIRST, answers=answers, score=None, rule=RULE
    )
    refused = outcome.then_refused(
        "standing.question_unanswered", "standing.question_unanswered", "standing.question_unknown"
    )
    assert [item.parameters["question"] for item in refused.violations] == ["仪器状态", "是否清场", "意见"]


def test_feedback_that_is_not_owed_is_refused() -> None:
    how = {"answers": ANSWERS, "score": None, "rule": RULE}
    given(STANDING, OPENED, use()).when(feedback.give, reservation=FIRST, **how).then_refused(
        "standing.feedback_not_owed"
    )
    given(STANDING, OPENED, OWED).when(feedback.give, reservation=SECOND, **how).then_refused(
        "standing.feedback_not_owed"
    )


def test_minutes_count_in_the_year_of_the_local_end() -> None:
    eve = use(SECOND, ended_at=datetime(2025, 12, 31, 15, 59, tzinfo=UTC), minutes=30)
    new_year = use(UUID(int=13), ended_at=datetime(2025, 12, 31, 16, 0, tzinfo=UTC), minutes=7)
    state = given(STANDING, OPENED, use(), eve, new_year).state
    assert state.minutes == {2026: 127, 2025: 30}


def test_a_correction_moves_the_minutes_of_a_noted_use_and_leaves_others_alone() -> None:
    corrected = UseCorrected(reservation=FIRST, ended_at=at(10), minutes=60)
    how = {"ended_at": at(10), "minutes": 60}
    state = given(STANDING, OPENED, OWED).when(feedback.correct_use, reservation=FIRST, **how).then(corrected).state
    assert state.minutes == {2026: 60}
    assert list(state.owed) == [FIRST]
    given(STANDING, OPENED, OWED).when(feedback.correct_use, reservation=SECOND, **how).then()


def test_ten_thousand_uses_fold_in_months_of_their_own() -> None:
    many = [use(UUID(int=number), ended_at=at(11, year=2016 + number % 10), minutes=1) for number in range(2000)]
    state = given(STANDING, OPENED, *many).state
    assert len(state.uses) == 10
    assert sum(state.minutes.values()) == 2000
