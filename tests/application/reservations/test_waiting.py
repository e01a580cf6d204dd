# SPDX-License-Identifier: Apache-2.0
"""Waiting lists on the real database: in the order of joining, by every rule, each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from application.errors import NotPermitted
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.join_waiting_list import JoinWaitingList
from application.reservations.leave_waiting_list import LeaveWaitingList
from application.reservations.reject_reservation import RejectReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from application.resources.announce_closure import AnnounceClosure
from application.resources.announce_unit_closure import AnnounceUnitClosure
from application.resources.schedule_maintenance import ScheduleMaintenance
from domain.kernel.errors import DomainError
from domain.reservations.waiting_events import WaitlistPassedOver, WaitlistServed
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from infrastructure.scheduling.due import do_due_work
from projections.waiting import entry, waiting_list
from tests.application.reservations.lab import Lab, publish, tick
from tests.application.reservations.province import Province, at, span

if TYPE_CHECKING:
    from application.command import Result
    from domain.kernel.actor import Actor
    from domain.kernel.event import Event

NOW = at(12, day=2)
LATER = at(13, day=2)


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    publish(province, waiting_list=True)
    return lab


def wait(lab: Lab, actor: Actor, now: datetime = NOW, **changes: Any) -> Result:  # noqa: ANN401 - any field
    """Two hours on the 3rd between 9 and 11."""
    stated = {
        "resources": [lab.province.resource],
        "minutes": 120,
        "earliest": at(9, day=3),
        "latest": at(11, day=3),
        "purpose": "scientific_research",
        **changes,
    }
    return lab.province.do(JoinWaitingList.model_validate(stated), actor, now)


def state(lab: Lab, waiting: Result) -> str:
    return str(lab.province.state(waiting.id).state)


def test_time_that_is_given_up_goes_to_the_first_who_joined(lab: Lab) -> None:
    taken = lab.province.ask()
    first, second = wait(lab, lab.member), wait(lab, lab.members[1], NOW + timedelta(seconds=1))
    assert tick(lab.province, LATER) == 0
    lab.province.do(CancelReservation(reservation_id=taken.id, reason="不用"), lab.leader)
    assert tick(lab.province, LATER) == 1
    assert (state(lab, first), state(lab, second)) == ("served", "queued")
    made = lab.province.state(lab.province.state(first.id).reservation)
    assert (made.user, made.span, made.state) == (lab.member.user, span(9, 11), "requested")
    assert tick(lab.province, LATER) == 0


DAY4 = {"earliest": at(9, day=4), "latest": at(11, day=4)}


@pytest.mark.parametrize("how", ["rejected", "moved"])
def test_a_request_that_is_rejected_or_moved_frees_its_time(lab: Lab, how: str) -> None:
    province = lab.province
    taken, waiting = province.ask(span=span(9, 11, 4)), wait(lab, lab.member, **DAY4)
    assert tick(province, LATER) == 0
    if how == "rejected":
        province.do(RejectReservation(reservation_id=taken.id, ground="own_needs", reason="自用"), province.manager)
    else:
        province.do(ConfirmReservation(reservation_id=taken.id), province.manager)
        move = RescheduleReservation(reservation_id=taken.id, span=span(13, 15, 4), reason="改期", consent="电话")
        province.do(move, province.manager)
    assert tick(province, LATER) == 1
    assert state(lab, waiting) == "served"


@pytest.mark.parametrize("how", ["block", "maintenance"])
def test_a_block_or_maintenance_that_ends_frees_its_time(lab: Lab, how: str) -> None:
    province, free, id_ = lab.province, span(9, 11, 4), lab.group
    facts: dict[str, tuple[Event, Event]] = {
        "block": (
            InternalBlockEntered(block=id_, span=free, purpose="自用", lanes=(1,)),
            InternalBlockLifted(block=id_, reason="取消", lanes=(1,)),
        ),
        "maintenance": (
            MaintenanceScheduled(maintenance=id_, span=free, kind="repair", reason="检修", lanes=(1,)),
            MaintenanceEnded(maintenance=id_, ended_at=LATER, lanes=(1,)),
        ),
    }
    held, ended = facts[how]
    province.add(province.resource, held)
    waiting = wait(lab, lab.member, **DAY4)
    assert tick(province, LATER) == 0
    province.add(province.resource, ended)
    assert tick(province, LATER) == 1
    assert state(lab, waiting) == "served"


def test_a_request_that_expires_frees_what_is_left_of_its_time(lab: Lab) -> None:
    lab.province.ask()
    waiting = wait(lab, lab.member, minutes=60)
    assert tick(lab.province, at(9, 1, day=3)) == 1
    assert state(lab, waiting) == "queued"
    assert tick(lab.province, at(9, 2, day=3)) == 1
    assert lab.province.state(lab.province.state(waiting.id).reservation).span.start == at(9, 30, day=3)


def test_a_use_that_ends_early_frees_what_is_left_of_its_time(lab: Lab) -> None:
    province = lab.province
    taken = province.ask(province.colleague, span=span(9, 12))
    province.do(ConfirmReservation(reservation_id=taken.id), province.manager)
    waiting = wait(lab, lab.member, minutes=60, latest=at(12, day=3))
    province.do(StartUsage(reservation_id=taken.id), province.manager, at(9, day=3))
    assert tick(province, at(9, day=3)) == 0
    province.do(CompleteUsage(reservation_id=taken.id), province.manager, at(9, 40, day=3))
    assert tick(province, at(9, 41, day=3)) == 1
    assert province.state(province.state(waiting.id).reservation).span == span(10, 11)


def test_two_who_wait_never_get_one_slot_though_two_workers_serve_them_at_once(lab: Lab) -> None:
    waiting = [wait(lab, actor, NOW + timedelta(seconds=n)) for n, actor in enumerate(lab.members)]
    tick(lab.province, NOW - timedelta(days=1))  # the lists are filled, and nobody is served yet
    threads = [Thread(target=do_due_work, args=(lab.province.home, LATER)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [state(lab, each) for each in waiting] == ["served", "queued"]
    held = lab.province.home.log.stream(waiting[0].id)
    assert [item.event.TYPE for item in held] == ["reservations.WaitlistJoined", "reservations.WaitlistServed"]


def test_notify_tells_once_and_holds_nothing(lab: Lab) -> None:
    told = wait(lab, lab.member, mode="notify")
    booked = wait(lab, lab.members[1], NOW + timedelta(seconds=1))
    assert tick(lab.province, LATER) == 2
    assert (state(lab, told), state(lab, booked)) == ("told", "served")
    assert lab.province.types(told.id) == ["WaitlistJoined", "WaitlistNotified"]
    assert tick(lab.province, LATER + timedelta(days=1)) >= 0
    assert lab.province.types(told.id)[1:] == ["WaitlistNotified"]


def test_rules_are_judged_when_time_is_free_and_the_place_is_kept(lab: Lab) -> None:
    passed, other = wait(lab, lab.member), wait(lab, lab.members[1], NOW + timedelta(seconds=1), rules_read=True)
    publish(lab.province, NOW + timedelta(minutes=1), waiting_list=True, must_read=["先培训"])
    assert tick(lab.province, LATER) == 2
    assert (state(lab, passed), state(lab, other)) == ("queued", "served")
    over = lab.province.home.log.stream(passed.id)[-1].event
    assert isinstance(over, WaitlistPassedOver)
    assert over.codes == ("reservations.notices_not_read",)


def test_what_rules_keep_somebody_from_is_tried_again_a_day_later_and_not_before(lab: Lab) -> None:
    passed = wait(lab, lab.member, earliest=at(9, day=6), latest=at(11, day=6))
    publish(lab.province, NOW + timedelta(minutes=1), waiting_list=True, must_read=["先培训"])
    assert tick(lab.province, LATER) == 1
    day = LATER + timedelta(hours=24)
    assert tick(lab.province, day - timedelta(seconds=1)) == 0
    publish(lab.province, LATER, waiting_list=True, must_read=[])
    assert tick(lab.province, day) == 1
    assert state(lab, passed) == "served"


def test_a_list_that_is_withdrawn_serves_nobody(lab: Lab) -> None:
    waiting = wait(lab, lab.member)
    publish(lab.province, NOW, waiting_list=False)
    tick(lab.province, LATER)
    assert state(lab, waiting) == "queued"


def test_a_range_that_is_over_lapses_from_its_last_moment_on(lab: Lab) -> None:
    lab.province.ask()
    waiting = wait(lab, lab.member)
    lab.province.do(
        ConfirmReservation(reservation_id=lab.province.ask(lab.leader, span=span(13, 15)).id), lab.province.manager
    )
    tick(lab.province, at(11) - timedelta(seconds=1))
    assert state(lab, waiting) in ("queued", "served")
    other = wait(lab, lab.members[1], earliest=at(12, day=3), latest=at(14, day=3))
    late = at(14, day=3) + timedelta(days=3)
    tick(lab.province, late)
    assert state(lab, other) == "expired"
    assert lab.province.home.log.stream(other.id)[-1].event.due_at == at(14, day=3)  # type: ignore[attr-defined]


def test_now_is_the_requests_own(lab: Lab) -> None:
    """Peers' default is frozen when the module is imported."""
    for day in (2, 5):
        with pytest.raises(DomainError, match="waiting_range_over"):
            wait(lab, lab.member, at(9, 1, day=day), earliest=at(8, day=day), latest=at(11, day=day))
        wait(lab, lab.member, at(9, day=day), earliest=at(8, day=day), latest=at(11, day=day))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"latest": at(10, 59, day=3)}, "waiting_range"),
        ({"earliest": at(11, day=3)}, "waiting_range"),
        ({"from_minute": 540, "until_minute": 659}, "waiting_hours"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(lab: Lab, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        wait(lab, lab.member, **changes)
    assert f"reservations.{code}" in caught.value.codes


def test_nobody_waits_in_vain_for_what_no_time_mends(lab: Lab) -> None:
    """All of it at once; rules of time (closed at night) are not asked, and whoever is only told may join."""
    publish(lab.province, waiting_list=True, must_read=["先培训"], questions=["样品有毒吗？"])
    night = {"earliest": at(1, day=3), "latest": at(11, day=3)}
    with pytest.raises(DomainError) as caught:
        wait(lab, lab.member, purpose="hairdressing", **night)
    assert set(caught.value.codes) == {
        "reservations.purpose_not_served",
        "reservations.notices_not_read",
        "reservations.question_unanswered",
    }
    wait(lab, lab.member, mode="notify", **night)
    joined = wait(lab, lab.member, rules_read=True, answers={"样品有毒吗？": "无"}, **night)
    assert state(lab, joined) == "queued"


def test_only_where_a_list_is_published(province: Province) -> None:
    lab = Lab(province)
    with pytest.raises(DomainError) as caught:
        wait(lab, lab.member)
    [violation] = caught.value.violations
    assert violation.code == "reservations.no_waiting_list"
    assert violation.citation is not None


def test_hours_of_the_day_are_kept(lab: Lab) -> None:
    waiting = wait(
        lab, lab.member, earliest=at(0, day=3), latest=at(0, day=5), from_minute=14 * 60, until_minute=16 * 60
    )
    tick(lab.province, LATER)
    assert lab.province.state(lab.province.state(waiting.id).reservation).span == span(14, 16)


def test_users_leave_for_themselves_and_read_their_place(lab: Lab) -> None:
    lab.province.ask()
    first, second = wait(lab, lab.member), wait(lab, lab.members[1], NOW + timedelta(seconds=1))
    tick(lab.province, LATER)
    with lab.province.home.database.reading() as cursor:
        assert [row["place"] for row in waiting_list(cursor, user=lab.members[1].user).rows] == [2]
        assert [row["place"] for row in waiting_list(cursor, unit=lab.province.unit).rows] == [1, 2]
    with pytest.raises(NotPermitted):
        lab.province.do(LeaveWaitingList(waiting_id=first.id, reason="不等了"), lab.members[1])
    lab.province.do(LeaveWaitingList(waiting_id=first.id, reason="不等了"), lab.member)
    tick(lab.province, LATER)
    with lab.province.home.database.reading() as cursor:
        assert [row["place"] for row in entry(cursor, second.id)] == [1]
        assert [row["place"] for row in entry(cursor, first.id)] == [None]
    with pytest.raises(DomainError, match="waiting_over"):
        lab.province.do(LeaveWaitingList(waiting_id=first.id, reason="不等了"), lab.member)


def test_nobody_waits_for_somebody_else_without_being_appointed(lab: Lab) -> None:
    with pytest.raises(NotPermitted):
        wait(lab, lab.member, on_behalf_of=lab.members[1].user)


@pytest.mark.parametrize("place", ["instrument", "unit", "maintenance"])
def test_time_that_is_freed_under_a_closure_is_offered_to_nobody_and_what_is_open_that_day_is(
    lab: Lab, place: str
) -> None:
    home = lab.province
    lab.automatic()
    first = home.ask(lab.leader)
    shut = span(9, 14)
    tick(home, NOW)
    queued = wait(lab, lab.member, earliest=at(9), latest=at(17))
    stated = {"span": shut, "reason": "停电检修", "displace": "cancel"}
    if place == "instrument":
        home.do(AnnounceClosure.model_validate({"resource": home.resource, **stated}), home.manager)
    elif place == "unit":
        home.do(AnnounceUnitClosure.model_validate({"unit": home.unit, **stated}), home.manager)
    else:
        upkeep = ScheduleMaintenance.model_validate(
            {"resource": home.resource, "span": shut, "kind": "maintenance", "reason": "检修", "displace": "cancel"}
        )
        home.do(upkeep, home.manager)
    if home.state(first.id).state != "cancelled":
        home.do(CancelReservation(reservation_id=first.id, reason="不用"), lab.leader)
    tick(home, LATER)
    assert state(lab, queued) == "served"
    (served,) = (item.event for item in home.home.log.stream(queued.id) if isinstance(item.event, WaitlistServed))
    assert served.span == span(14, 16)
    assert "WaitlistPassedOver" not in home.types(queued.id), "closed time is not even tried"
