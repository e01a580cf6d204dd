# SPDX-License-Identifier: Apache-2.0
"""A notice on its way: never twice, never after its use, tried again with growing patience, given up in the end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.notices import delivery
from domain.notices.addressee import Addressee
from domain.notices.delivery import BACK_OFF, NOTICE, next_step
from domain.notices.events import NoticeDelivered, NoticeFailed, NoticeLapsed, NoticeRetried, Told
from domain.notices.inbox import Preferences
from tests.domain.given import given

DUE = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Monday noon in Shanghai."""
TOLD = Told(
    kind="reservation_reminder",
    addressee=Addressee(kind="person", id=UUID(int=1)),
    subject=UUID(int=2),
    due_at=DUE,
    useful_until=DUE + timedelta(hours=23),
)
DELIVERED = NoticeDelivered(told=TOLD, way="email", attempt=1, language="zh", wording="platform/1", digest="a" * 64)
AT_NIGHT = Preferences(quiet_from=22 * 60, quiet_until=7 * 60)


def failed(attempt: int, retry_at: datetime | None) -> NoticeFailed:
    return NoticeFailed(told=TOLD, way="email", attempt=attempt, reason="unreachable", answer="", retry_at=retry_at)


def shanghai(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_a_notice_is_delivered_once() -> None:
    given(NOTICE).when(delivery.deliver, None, DELIVERED).then(DELIVERED)
    given(NOTICE, DELIVERED).when(delivery.deliver, DELIVERED).then_refused("notices.wrong_state")
    assert next_step(NOTICE.fold([DELIVERED]), TOLD, Preferences(), now=DUE) == "done"


def test_each_failure_waits_longer_and_the_last_one_gives_up() -> None:
    now = DUE
    past: list[NoticeFailed] = []
    for number, patience in enumerate((*BACK_OFF, None), start=1):
        expected = failed(number, None if patience is None else now + patience)
        outcome = given(NOTICE, *past).when(
            delivery.fail, *([] if past else [None]), TOLD, way="email", reason="unreachable", answer="", now=now
        )
        outcome.then(expected)
        past.append(expected)
    state = NOTICE.fold(past)
    assert state is not None
    assert state.state == "given_up"
    assert next_step(state, TOLD, Preferences(), now=now) == "done"


@pytest.mark.parametrize("reason", ["address_refused", "no_address"])
def test_an_address_that_is_refused_is_not_tried_again(reason: str) -> None:
    outcome = given(NOTICE).when(delivery.fail, None, TOLD, way="email", reason=reason, answer="550", now=DUE)
    assert outcome.state.state == "given_up"


def test_it_is_not_tried_before_its_time() -> None:
    state = NOTICE.fold([failed(1, DUE + BACK_OFF[0])])
    assert next_step(state, TOLD, Preferences(), now=DUE) == "wait"
    assert next_step(state, TOLD, Preferences(), now=DUE + BACK_OFF[0]) == "send"
    assert next_step(None, TOLD, Preferences(), now=DUE - timedelta(seconds=1)) == "wait"


@pytest.mark.parametrize(("late", "step"), [(timedelta(hours=23, seconds=-1), "send"), (timedelta(hours=23), "over")])
def test_a_worker_that_stood_still_sends_what_is_still_of_use(late: timedelta, step: str) -> None:
    assert next_step(None, TOLD, Preferences(), now=DUE + late) == step


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (shanghai(21, 59), "send"),
        (shanghai(22, 0), "wait"),
        (shanghai(23, 59), "wait"),
        (shanghai(0, 0, day=3), "wait"),
        (shanghai(6, 59, day=3), "wait"),
        (shanghai(7, 0, day=3), "send"),
    ],
)
def test_quiet_hours_over_midnight_put_a_notice_off(now: datetime, step: str) -> None:
    assert next_step(None, TOLD, AT_NIGHT, now=now) == step


def test_what_is_of_no_use_after_quiet_hours_lapses() -> None:
    told = TOLD.model_copy(update={"useful_until": shanghai(7, 0, day=3)})
    assert next_step(None, told, AT_NIGHT, now=shanghai(23)) == "quiet_hours"
    later = TOLD.model_copy(update={"useful_until": shanghai(7, 1, day=3)})
    assert next_step(None, later, AT_NIGHT, now=shanghai(23)) == "wait"


def test_what_has_lapsed_is_not_sent() -> None:
    lapsed = NoticeLapsed(told=TOLD, reason="over")
    given(NOTICE).when(delivery.lapse, None, TOLD, reason="over").then(lapsed)
    given(NOTICE, lapsed).when(delivery.deliver, DELIVERED).then_refused("notices.wrong_state")


def test_what_was_given_up_can_be_tried_anew_while_it_is_of_use() -> None:
    given_up = failed(6, None)
    state = given(NOTICE, given_up).when(delivery.retry, now=DUE).then(NoticeRetried()).state
    assert next_step(state, TOLD, Preferences(), now=DUE) == "send"
    outcome = given(NOTICE, given_up, NoticeRetried()).when(delivery.deliver, DELIVERED)
    outcome.then(DELIVERED.model_copy(update={"attempt": 7}))
    given(NOTICE, given_up).when(delivery.retry, now=TOLD.useful_until).then_refused("notices.over")
    given(NOTICE, DELIVERED).when(delivery.retry, now=DUE).then_refused("notices.wrong_state")
