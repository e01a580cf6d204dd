# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta

from domain.standing import session
from domain.standing.session import TRAINING, Participant, TrainingHeld
from tests.domain.given import given
from tests.domain.standing.samples import NOW, OTHER, RESOURCE, UNIT, USER

HELD = {"unit": UNIT, "resource": RESOURCE, "held_at": NOW, "topic": "上机培训"}
PEOPLE = (Participant(user=USER, attended=True, passed=True), Participant(user=OTHER, attended=False))


def test_a_training_says_who_came_and_who_passed() -> None:
    outcome = given(TRAINING).when(session.hold, **HELD, participants=PEOPLE, now=NOW)
    outcome.then(TrainingHeld.model_validate({**HELD, "participants": PEOPLE}))


def test_everything_that_is_wrong_with_a_training_is_said_at_once() -> None:
    odd = (Participant(user=USER, attended=False, passed=True), Participant(user=USER, attended=True))
    early = NOW - timedelta(seconds=1)
    outcome = given(TRAINING).when(session.hold, **HELD, participants=odd, now=early)
    outcome.then_refused("standing.training_in_future", "standing.participant_twice", "standing.passed_without_coming")
