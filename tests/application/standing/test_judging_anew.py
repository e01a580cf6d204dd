# SPDX-License-Identifier: Apache-2.0
"""A record corrected after it was judged: points, ban, time to object and lists follow, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.contest_attendance import ContestAttendance
from application.reservations.correct_usage import CorrectUsage
from application.reservations.decide_attendance import DecideAttendance
from application.reservations.record_no_show import RecordNoShow
from application.reservations.record_use import RecordUse
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import Points
from domain.kernel.time import Span
from domain.resources.events import OpeningLimitPublished
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
    from datetime import datetime
    from uuid import UUID

    from projections.readmodel import Row

JUDGED, PENALTY, CORRECTED = at(11, day=4), at(11, day=5), at(12, day=6)
HOURS = timedelta(hours=24)
STRICT = RULES.model_copy(
    update={"conduct": CONDUCT.model_copy(update={"points": (Points(outcome="late", points=50),), "ban_below": 60})}
)


def correct(province: Province, reservation: UUID, begun: datetime, now: datetime = CORRECTED) -> None:
    stated = CorrectUsage(reservation_id=reservation, started_at=begun, ended_at=at(11), reason="按设备日志")
    province.do(stated, province.manager, now)


def penalised(province: Province) -> UUID:
    """Late, judged, 50 points taken, and banned for it."""
    publish(province, STRICT)
    reservation = used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    tick(province, PENALTY)
    facts = conduct(province, PENALTY)
    assert (facts.points, len(facts.bans)) == (50, 1)
    return reservation


def row(province: Province) -> Row:
    with province.home.database.reading() as cursor:
        (found,) = attendance(cursor, unit=province.unit).rows
    return found


def test_corrected_to_on_time_points_come_back_and_the_ban_ends(province: Province) -> None:
    reservation = penalised(province)
    correct(province, reservation, at(9, 5))
    assert province.state(reservation).attendance.judged.outcome == "normal"
    facts = conduct(province, CORRECTED)
    assert (facts.points, facts.bans) == (100, ())
    tick(province, CORRECTED + HOURS)
    assert conduct(province, CORRECTED + HOURS).points == 100
    shown = row(province)
    assert (shown["outcome"], shown["points_taken"], shown["restored_at"]) == ("normal", None, None)


def test_still_late_it_is_taken_again_after_the_new_time_to_object_with_a_ban_of_its_own(province: Province) -> None:
    reservation = penalised(province)
    correct(province, reservation, at(9, 40))
    assert conduct(province, CORRECTED).points == 100
    assert tick(province, CORRECTED + HOURS - timedelta(seconds=1)) == 0
    assert tick(province, CORRECTED + HOURS) == 1
    facts = conduct(province, CORRECTED + HOURS)
    assert (facts.points, [ban.until for ban in facts.bans]) == (50, [CORRECTED + HOURS + timedelta(days=10)])
    seen = recorded(province, standing_of(province))
    assert (seen["PointsDeducted"], seen["PointsRestored"], seen["UserBanned"], seen["BanLifted"]) == (2, 1, 2, 1)
    tick(province, CORRECTED + HOURS)
    with province.home.database.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM bans").fetchall() == [(2,)]


def test_the_user_objects_to_the_new_judgement_and_another_of_the_staff_decides(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9), at(11))
    tick(province, JUDGED)
    late = ContestAttendance(reservation_id=reservation, reason="并未迟到")
    with pytest.raises(DomainError, match="nothing_to_contest"):
        province.do(late, province.colleague, CORRECTED)
    correct(province, reservation, at(9, 20))
    province.do(late, province.colleague, CORRECTED + HOURS - timedelta(seconds=1))
    assert tick(province, CORRECTED + HOURS) == 0
    decide = DecideAttendance(reservation_id=reservation, decision="annul", reason="门禁记录")
    with pytest.raises(DomainError, match="own_record"):
        province.do(decide, province.manager, CORRECTED + HOURS)
    province.do(decide, superior(province), CORRECTED + HOURS)
    correct(province, reservation, at(9, 30), CORRECTED + 2 * HOURS)
    assert province.state(reservation).attendance.annulled, "decided in the user's favour, nobody is judged again"


def test_corrected_before_it_is_judged_it_is_judged_once_by_what_was_corrected(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    correct(province, reservation, at(9, 5), at(12))
    tick(province, JUDGED)
    seen = recorded(province, reservation)
    assert (seen["AttendanceJudged"], seen["AttendanceSuperseded"]) == (1, 0)
    assert province.state(reservation).attendance.judged.outcome == "normal"


def test_a_no_show_that_was_a_use_is_taken_back_with_fee_and_points_and_the_use_is_entered(province: Province) -> None:
    province.add(province.resource, OpeningLimitPublished(limit_version=1, no_show_charge=True, text="爽约计费"))
    publish(province, RULES.model_copy(update={"feedback": None}))
    reservation = booked(province)
    province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    tick(province, JUDGED)
    tick(province, PENALTY)
    assert conduct(province, PENALTY).points == 50
    wrong = CorrectUsage(reservation_id=reservation, started_at=at(9), ended_at=at(11), reason="漏登记")
    with pytest.raises(DomainError, match="wrong_state"):
        province.do(wrong, province.manager, CORRECTED)
    province.do(AnnulNoShow(reservation_id=reservation, reason="漏登记"), province.manager, CORRECTED)
    entered = RecordUse(
        resource_id=province.resource,
        user_id=province.staff,
        span=Span(start=at(9), end=at(11)),
        purpose="scientific_research",
        note="漏登记",
    )
    done = province.do(entered, province.manager, CORRECTED)
    assert conduct(province, CORRECTED).points == 100
    tick(province, CORRECTED)
    assert province.state(done.id).attendance.judged.outcome == "normal"
