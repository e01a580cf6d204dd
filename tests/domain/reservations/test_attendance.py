# SPDX-License-Identifier: Apache-2.0
from domain.reservations import attendance
from domain.reservations.events import NoShowAnnulled, NoShowContested, NoShowRecorded
from domain.reservations.reservation import RESERVATION
from tests.domain.given import given
from tests.domain.reservations.samples import CONFIRMED, REQUESTED, asked, at

ABSENT = NoShowRecorded(note="未到")
PAST = (REQUESTED, CONFIRMED, ABSENT)


def test_a_no_show_is_recorded_after_the_grace_time_and_not_in_its_last_moment() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(attendance.record_no_show, note="未到", now=at(9, 15)).then_refused(
        "reservations.within_grace"
    )
    given(RESERVATION, REQUESTED, CONFIRMED).when(attendance.record_no_show, note="未到", now=at(9, 15, 1)).then(ABSENT)


def test_the_grace_time_is_the_published_one() -> None:
    past = (asked(grace_minutes=30), CONFIRMED)
    given(RESERVATION, *past).when(attendance.record_no_show, note="未到", now=at(9, 30)).then_refused(
        "reservations.within_grace"
    )
    given(RESERVATION, *past).when(attendance.record_no_show, note="未到", now=at(9, 31)).then(ABSENT)


def test_only_a_confirmed_reservation_can_be_missed() -> None:
    given(RESERVATION, REQUESTED).when(attendance.record_no_show, note="", now=at(10)).then_refused(
        "reservations.wrong_state"
    )


def test_a_no_show_is_contested_once() -> None:
    contested = NoShowContested(reason="已到场")
    given(RESERVATION, *PAST).when(attendance.contest, reason="已到场", now=at(10)).then(contested)
    given(RESERVATION, *PAST, contested).when(attendance.contest, reason="再次", now=at(10)).then_refused(
        "reservations.already_contested"
    )
    given(RESERVATION, REQUESTED).when(attendance.contest, reason="早了", now=at(10)).then_refused(
        "reservations.wrong_state"
    )


def test_a_no_show_is_annulled_once_and_stays_in_history() -> None:
    annulled = NoShowAnnulled(reason="门禁记录")
    state = given(RESERVATION, *PAST).when(attendance.annul, reason="门禁记录").then(annulled).state
    assert (state.state, state.annulled) == ("no_show", True)
    given(RESERVATION, *PAST, annulled).when(attendance.annul, reason="再次").then_refused(
        "reservations.already_annulled"
    )
    given(RESERVATION, *PAST, annulled).when(attendance.contest, reason="晚了", now=at(10)).then_refused(
        "reservations.already_contested"
    )
    given(RESERVATION, REQUESTED, CONFIRMED).when(attendance.annul, reason="早了").then_refused(
        "reservations.wrong_state"
    )
