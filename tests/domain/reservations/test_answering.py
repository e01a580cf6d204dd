# SPDX-License-Identifier: Apache-2.0
from datetime import datetime

import pytest

from domain.reservations import answering
from domain.reservations.events import (
    ReservationAnswered,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
)
from domain.reservations.reservation import RESERVATION
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.reservations.samples import COMPLETED, CONFIRMED, NOW, REQUESTED, STARTED, asked, at, minutes

FACTS = {"resource_state": "published", "customs_valid": True, "edition": JIANGSU, "now": NOW}


def test_a_request_is_answered_as_often_as_it_takes() -> None:
    first = ReservationAnswered(text="请说明样品")
    state = given(RESERVATION, REQUESTED).when(answering.answer, text="请说明样品").then(first).state
    assert (state.state, state.answered) == ("requested", True)
    given(RESERVATION, REQUESTED, first).when(answering.answer, text="可以").then(ReservationAnswered(text="可以"))
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.answer, text="晚了").then_refused(
        "reservations.wrong_state"
    )


def test_a_request_is_confirmed_on_a_stated_basis() -> None:
    outcome = given(RESERVATION, REQUESTED).when(answering.confirm, **FACTS).then(CONFIRMED)
    assert outcome.state.state == "confirmed"
    (event,) = outcome.events
    assert event.basis is not None
    assert event.basis.values["resource.internal_priority"] == "true"


def test_only_a_request_before_its_start_can_be_confirmed() -> None:
    given(RESERVATION, REQUESTED).when(answering.confirm, **{**FACTS, "now": at(9)}).then_refused(
        "reservations.already_begun"
    )
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.confirm, **FACTS).then_refused("reservations.wrong_state")


def test_a_resource_suspended_since_cannot_be_confirmed() -> None:
    given(RESERVATION, REQUESTED).when(answering.confirm, **{**FACTS, "resource_state": "suspended"}).then_refused(
        "reservations.resource_not_published"
    )


def test_CQ_18_1_a_use_is_confirmed_only_on_a_day_of_the_customs_condition() -> None:
    chongqing = {**FACTS, "edition": CHONGQING}
    given(RESERVATION, REQUESTED).when(answering.confirm, **chongqing).then(CONFIRMED)
    refused = (
        given(RESERVATION, REQUESTED)
        .when(answering.confirm, **{**chongqing, "customs_valid": False})
        .then_refused("reservations.customs_condition_not_valid")
    )
    (violation,) = refused.violations
    assert violation.citation is not None
    assert violation.citation.article == "CQ 18"


def test_a_request_is_declined_for_own_needs_with_a_reason() -> None:
    expected = ReservationRejected(ground="own_needs", reason="本单位课题使用")
    given(RESERVATION, REQUESTED).when(
        answering.reject, ground="own_needs", reason="本单位课题使用", edition=JIANGSU
    ).then(expected)
    given(RESERVATION, REQUESTED, CONFIRMED).when(
        answering.reject, ground="own_needs", reason="晚了", edition=JIANGSU
    ).then_refused("reservations.wrong_state")


def test_an_opening_limit_is_a_ground_only_if_it_was_published_before_the_request() -> None:
    facts = {"ground": "opening_limit", "reason": "仅限院内", "edition": JIANGSU}
    given(RESERVATION, REQUESTED).when(answering.reject, **facts).then_refused("reservations.no_limit_published")
    given(RESERVATION, asked(limit_version=1)).when(answering.reject, **facts).then(
        ReservationRejected(ground="opening_limit", reason="仅限院内")
    )


def cancelling(now: datetime, *, by: str = "user", notice: int | None = 120) -> dict[str, object]:
    return {"by": by, "reason": "样品延误", "cancel_minutes_before": notice, "now": now}


@pytest.mark.parametrize(("before", "late"), [(121, False), (120, False), (119, True)])
def test_a_user_is_late_after_the_published_last_moment(before: int, late: bool) -> None:  # noqa: FBT001 - an example
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.cancel, **cancelling(at(9) - minutes(before))).then(
        ReservationCancelled(by="user", reason="样品延误", late=late)
    )


def test_nobody_is_late_without_a_limit_before_an_answer_or_as_the_provider() -> None:
    in_time = ReservationCancelled(by="user", reason="样品延误", late=False)
    minute_before = at(8, 59)
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.cancel, **cancelling(minute_before, notice=None)).then(
        in_time
    )
    given(RESERVATION, REQUESTED).when(answering.cancel, **cancelling(minute_before)).then(in_time)
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.cancel, **cancelling(minute_before, by="provider")).then(
        ReservationCancelled(by="provider", reason="样品延误", late=False)
    )


def test_a_user_cannot_cancel_what_has_begun_but_the_provider_can() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.cancel, **cancelling(at(9))).then_refused(
        "reservations.already_begun"
    )
    given(RESERVATION, REQUESTED, CONFIRMED).when(answering.cancel, **cancelling(at(9), by="provider")).then(
        ReservationCancelled(by="provider", reason="样品延误", late=False)
    )


def test_what_is_in_use_or_over_cannot_be_cancelled() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED, STARTED).when(answering.cancel, **cancelling(at(9))).then_refused(
        "reservations.wrong_state"
    )
    past = (REQUESTED, CONFIRMED, STARTED, COMPLETED)
    given(RESERVATION, *past).when(answering.cancel, **cancelling(at(12))).then_refused("reservations.wrong_state")


def test_a_request_lapses_at_its_start_and_not_before() -> None:
    given(RESERVATION, REQUESTED).when(answering.expire, now=at(8, 59, 59)).then_refused("reservations.not_yet_begun")
    given(RESERVATION, REQUESTED).when(answering.expire, now=at(9)).then(ReservationExpired())
    given(RESERVATION, REQUESTED, ReservationConfirmed(automatic=True)).when(answering.expire, now=at(9)).then_refused(
        "reservations.wrong_state"
    )
