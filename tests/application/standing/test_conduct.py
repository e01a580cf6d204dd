# SPDX-License-Identifier: Apache-2.0
"""From a use to its judgement, the objection, the points, the ban, and back again, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from application.errors import NotPermitted
from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.contest_attendance import ContestAttendance
from application.reservations.contest_no_show import ContestNoShow
from application.reservations.decide_attendance import DecideAttendance
from application.reservations.judge_attendance import JudgeAttendance
from application.reservations.record_no_show import RecordNoShow
from application.standing.impose_penalty import ImposePenalty
from application.standing.lift_ban import LiftBan
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import Accessory, HouseRules
from domain.reservations.attendance_events import AttendanceJudged
from domain.resources.events import OpeningLimitPublished
from domain.standing.events import PointsDeducted
from domain.standing.ids import penalty_ban_id
from projections.attendance import attendance
from tests.application.reservations.province import Province, at
from tests.application.standing.town import (
    CONDUCT,
    RULES,
    booked,
    conduct,
    publish,
    recorded,
    standing_of,
    superior,
    tick,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Callable

JUDGED = at(11, day=4)
"""24 hours after the end."""
PENALTY = at(11, day=5)
SECOND = timedelta(seconds=1)


def test_a_late_use_is_judged_and_costs_points_when_nobody_objects(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    assert tick(province, JUDGED - SECOND) == 0
    assert tick(province, JUDGED) == 1
    judged = province.state(reservation).attendance.judged
    assert (judged.outcome, judged.points_due, judged.resource_rules) == ("late", 25, 1)
    assert (judged.due_at, judged.penalty_due_at) == (JUDGED, PENALTY)
    assert tick(province, PENALTY - SECOND) == 0
    assert conduct(province, PENALTY).points is None
    assert tick(province, PENALTY) == 1
    assert conduct(province, PENALTY).points == 75
    assert tick(province, PENALTY + timedelta(days=9)) == 0


def test_a_worker_stopped_for_three_days_does_each_once_with_its_own_times(province: Province) -> None:
    """Peers' no-show job matches `start == this minute`; ours asks what is due and not done."""
    publish(province)
    late, absent = used(province, at(9, 20), at(11)), booked(province, 13, 15)
    again = JUDGED + timedelta(days=3)
    for _ in range(3):
        tick(province, again)
    for reservation, outcome, due in ((late, "late", JUDGED), (absent, "no_show", at(15, day=4))):
        (judged,) = (
            item.event for item in province.home.log.stream(reservation) if isinstance(item.event, AttendanceJudged)
        )
        assert (judged.outcome, judged.due_at) == (outcome, due)
        assert judged.penalty_due_at == again + timedelta(hours=24)
    assert recorded(province, absent)["NoShowRecorded"] == 1
    for _ in range(3):
        tick(province, again + timedelta(days=3))
    taken = [item.event for item in province.home.log.stream(standing_of(province))]
    points = [event for event in taken if isinstance(event, PointsDeducted)]
    assert [(event.points, event.due_at) for event in points] == [
        (25, again + timedelta(hours=24)),
        (50, again + timedelta(hours=24)),
    ]


def test_a_repeated_command_takes_points_once(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    province.do(JudgeAttendance(reservation_id=reservation), province.system, JUDGED)
    with pytest.raises(DomainError) as refused:
        province.do(JudgeAttendance(reservation_id=reservation), province.system, JUDGED)
    assert refused.value.codes == ("reservations.already_judged",)
    for _ in range(2):
        province.do(ImposePenalty(reservation_id=reservation), province.system, PENALTY)
    assert recorded(province, standing_of(province))["PointsDeducted"] == 1


def test_an_absence_is_recorded_with_the_charge_that_was_published(province: Province) -> None:
    province.add(province.resource, OpeningLimitPublished(limit_version=1, no_show_charge=True, text="爽约计费"))
    publish(province, RULES.model_copy(update={"feedback": None}))
    asked = province.ask(province.customer)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    assert tick(province, JUDGED) == 1
    assert province.state(asked.id).state == "no_show"
    order = province.home.claims.owner("order.reservation", f"no_show:{asked.id}")
    assert order is not None
    assert province.state(order).amount_fen == 60_000
    annul = DecideAttendance(reservation_id=asked.id, decision="annul", reason="门禁记录")
    province.do(annul, province.manager, JUDGED)
    assert province.state(order).state == "voided"
    assert tick(province, PENALTY) == 0


def test_an_absence_that_is_judged_gives_accessories_back(province: Province) -> None:
    """As it does where the staff records it: nothing is held by somebody who never came."""
    publish(province, HouseRules(conduct=CONDUCT, accessories=(Accessory(name="样品杆", quantity=1),)))
    reservation = booked(province, accessories=("样品杆",))
    assert tick(province, JUDGED) == 1
    assert province.state(reservation).state == "no_show"
    assert province.state(reservation).accessories == ()


def test_8_17_rules_published_after_the_request_do_not_judge_it(province: Province) -> None:
    reservation = booked(province)
    publish(province)
    assert tick(province, JUDGED + timedelta(days=9)) == 0
    assert province.state(reservation).state == "confirmed"
    with pytest.raises(DomainError) as refused:
        province.do(JudgeAttendance(reservation_id=reservation), province.system, JUDGED)
    assert refused.value.codes == ("reservations.no_conduct_rule",)


def test_8_17_a_later_version_judges_later_requests_only(province: Province) -> None:
    publish(province)
    first = used(province, at(9, 20), at(11))
    lenient = RULES.model_copy(update={"conduct": CONDUCT.model_copy(update={"late_after_minutes": 60})})
    publish(province, lenient)
    second = used(province, at(13, 20), at(15), start=13, end=15)
    tick(province, at(15, day=4))
    assert province.state(first).attendance.judged.outcome == "late"
    assert province.state(second).attendance.judged.outcome == "normal"


def test_an_objection_stops_the_penalty_until_it_is_decided(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    object_ = ContestAttendance(reservation_id=reservation, reason="前一位用户超时")
    with pytest.raises(NotPermitted):
        province.do(object_, province.individual, JUDGED)
    province.do(object_, province.colleague, PENALTY - SECOND)
    assert tick(province, PENALTY + timedelta(days=2)) == 0
    uphold = DecideAttendance(reservation_id=reservation, decision="uphold", reason="记录属实")
    with pytest.raises(NotPermitted):
        province.do(uphold, rival(province), PENALTY)
    province.do(uphold, province.manager, PENALTY + timedelta(days=2))
    assert tick(province, PENALTY + timedelta(days=2)) == 1


def rival(province: Province) -> Actor:
    return Actor(user=province.client, role=Role.MANAGING_UNIT, organisation=province.enterprise, unit=uuid4())


def absent_twice(province: Province) -> list[UUID]:
    """Two absences cost 100 points: the second one brings the ban, the first one leaves 50, below 60, so it does."""
    publish(province)
    reservations = [booked(province), booked(province, 13, 15)]
    tick(province, at(15, day=4))
    tick(province, at(15, day=5))
    return reservations


def test_too_few_points_ban_from_the_unit_for_the_days_published(province: Province) -> None:
    absent_twice(province)
    facts = conduct(province, at(16, day=5))
    assert facts.points == 0
    assert {ban.scope for ban in facts.bans} == {"unit"}
    assert facts.bans[0].until == at(15, day=15)
    assert conduct(province, at(15, day=15)).bans == ()
    with pytest.raises(DomainError) as refused:
        booked(province, day=6)
    assert any("ban" in code for code in refused.value.codes)


@pytest.mark.parametrize("annul", [AnnulNoShow, lambda **how: DecideAttendance(**how, decision="annul")])
def test_annulled_after_the_penalty_points_come_back_and_bans_end(
    province: Province, annul: Callable[..., AnnulNoShow | DecideAttendance]
) -> None:
    first, second = absent_twice(province)
    province.do(annul(reservation_id=second, reason="门禁记录"), province.manager, at(16, day=5))
    assert conduct(province, at(16, day=5)).points == 50
    assert conduct(province, at(16, day=5)).bans
    province.do(annul(reservation_id=first, reason="门禁记录"), province.manager, at(16, day=5))
    facts = conduct(province, at(16, day=5))
    assert (facts.points, facts.bans) == (100, ())
    lifted = [item for item in province.types(standing_of(province)) if item == "BanLifted"]
    assert len(lifted) == 2


def test_an_absence_contested_before_it_is_judged_waits_for_the_unit(province: Province) -> None:
    publish(province)
    reservation = booked(province)
    province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    province.do(ContestNoShow(reservation_id=reservation, reason="已到场"), province.colleague, at(10))
    assert tick(province, JUDGED) == 1
    assert tick(province, PENALTY) == 0
    province.do(
        DecideAttendance(reservation_id=reservation, decision="uphold", reason="监控无人"), superior(province), PENALTY
    )
    assert tick(province, PENALTY) == 1


def test_a_ban_is_lifted_with_a_reason_by_the_unit_alone(province: Province) -> None:
    first, _ = absent_twice(province)
    lift = LiftBan(user=province.staff, unit=province.unit, ban=penalty_ban_id(first, at(15, day=5)), reason="考核合格")
    with pytest.raises(NotPermitted):
        province.do(lift, rival(province), at(16, day=5))
    with pytest.raises(NotPermitted):
        province.do(lift, province.colleague, at(16, day=5))
    province.do(lift, superior(province), at(16, day=5))
    assert len(conduct(province, at(16, day=5)).bans) == 1


def test_the_list_of_judgements_shows_what_waits_for_the_unit(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    province.do(ContestAttendance(reservation_id=reservation, reason="交接晚了"), province.colleague, JUDGED)
    tick(province, JUDGED)

    def listed(**asked: Any) -> list[UUID]:  # noqa: ANN401 - any filter
        with province.home.database.reading() as cursor:
            return [row["reservation"] for row in attendance(cursor, **asked).rows]

    assert listed(unit=province.unit, waiting=True) == listed(user=province.staff) == [reservation]
    assert listed(unit=uuid4()) == listed(user=province.client) == listed(outcomes=("no_show",)) == []
    decide = DecideAttendance(reservation_id=reservation, decision="annul", reason="属实")
    province.do(decide, province.manager, JUDGED)
    tick(province, JUDGED)
    assert listed(unit=province.unit, waiting=True) == []
    assert listed(unit=province.unit) == [reservation]


def test_where_nothing_on_conduct_is_published_no_row_is_kept(province: Province) -> None:
    used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    with province.home.database.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM attendance").fetchall() == [(0,)]
