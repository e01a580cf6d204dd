# SPDX-License-Identifier: Apache-2.0
"""A stream as it stood at a position or a time, with the events that led to it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from application.errors import NotFound
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from infrastructure.bootstrap import Platform
from infrastructure.history.replay import replay
from tests.application.reservations.province import Province, span

MOMENT = timedelta(microseconds=1)


def test_a_stream_as_it_stood_at_each_of_its_positions(province: Province) -> None:
    asked = province.ask()
    confirmed = province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    other = province.ask(span=span(15, 16))
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 14), reason="样品", consent="电话")
    moved = province.do(move, province.manager)
    stands = {
        asked.position: ("requested", 1, 120),
        confirmed.position: ("confirmed", 2, 120),
        other.position: ("confirmed", 2, 120),
        moved.position: ("confirmed", 3, 60),
        None: ("confirmed", 3, 60),
    }
    for position, (state, version, minutes) in stands.items():
        then = replay(province.home, asked.id, position)
        assert (then.state["state"], then.version, len(then.events)) == (state, version, version)
        assert then.aggregate == "reservations.Reservation"
        assert _minutes(then.state["span"]) == minutes


def test_a_stream_as_it_stood_at_a_time_which_includes_that_moment(province: Province) -> None:
    asked = province.ask()
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    first, second = replay(province.home, asked.id).events
    assert first.recorded_at < second.recorded_at
    assert replay(province.home, asked.id, second.recorded_at).state["state"] == "confirmed"
    assert replay(province.home, asked.id, second.recorded_at - MOMENT).state["state"] == "requested"
    assert replay(province.home, asked.id, first.recorded_at).version == 1


def test_before_its_first_event_there_is_no_stream(province: Province) -> None:
    asked = province.ask()
    (first,) = replay(province.home, asked.id).events
    for at in (asked.position - 1, first.recorded_at - MOMENT):
        with pytest.raises(NotFound):
            replay(province.home, asked.id, at)
    with pytest.raises(NotFound):
        replay(province.home, uuid4())


def test_personal_data_stay_masked(province: Province, platform: Platform) -> None:
    person = replay(province.home, province.person)
    assert "示例用户" not in str(person.as_dict())
    lines = " ".join(person.lines(platform.words, "zh"))
    assert "示例用户" not in lines


def _minutes(span: dict[str, str]) -> int:
    start, end = (datetime.fromisoformat(span[name]) for name in ("start", "end"))
    return int((end - start).total_seconds() // 60)
