# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: any logged-in user can validate another's usage. Here every step on a use is asked for by every role,
of the organisation concerned and of another.
"""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from application.command import Command
from application.errors import NotFound, NotPermitted
from application.reservations.abort_usage import AbortUsage
from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.check_out import CheckOut
from application.reservations.complete_usage import CompleteUsage
from application.reservations.contest_attendance import ContestAttendance
from application.reservations.correct_usage import CorrectUsage
from application.reservations.decide_attendance import DecideAttendance
from application.reservations.rate_usage import RateUsage
from application.reservations.record_no_show import RecordNoShow
from application.reservations.start_usage import StartUsage
from application.standing.give_feedback import GiveFeedback
from domain.kernel.actor import Actor, Role
from tests.application.reservations.province import Province, at
from tests.application.standing.town import booked, publish

BY_THE_PROVIDER = ("complete", "abort", "correct", "judge", "absent", "annul")
BY_ONESELF = ("check_out", "rate", "feedback", "object")
PROVIDERS = {Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION}


def step(name: str, use: UUID) -> Command:
    steps: dict[str, Command] = {
        "complete": CompleteUsage(reservation_id=use),
        "abort": AbortUsage(reservation_id=use, ground="fault", reason="故障"),
        "correct": CorrectUsage(reservation_id=use, started_at=at(9), ended_at=at(10), reason="日志"),
        "judge": DecideAttendance(reservation_id=use, decision="annul", reason="门禁"),
        "absent": RecordNoShow(reservation_id=use),
        "annul": AnnulNoShow(reservation_id=use, reason="门禁"),
        "check_out": CheckOut(reservation_id=use),
        "rate": RateUsage(reservation_id=use, score=Decimal(5)),
        "feedback": GiveFeedback(reservation_id=use, answers={"仪器状态": "正常"}),
        "object": ContestAttendance(reservation_id=use, reason="并未迟到"),
    }
    return steps[name]


def in_use(province: Province) -> UUID:
    """The colleague's use, begun by the staff."""
    publish(province)
    use = booked(province)
    province.do(StartUsage(reservation_id=use), province.manager, at(9))
    return use


def stopped(province: Province, name: str, use: UUID, actor: Actor) -> bool:
    """Whether the person is told that this is not theirs; any other refusal would mean that they were let through."""
    before = province.types(use)
    try:
        province.do(step(name, use), actor, at(11))
    except (NotPermitted, NotFound):
        return province.types(use) == before
    except Exception as other:
        raise AssertionError(f"{actor.role} came as far as {other!r}") from other
    return False


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
@pytest.mark.parametrize("name", BY_THE_PROVIDER + BY_ONESELF)
def test_another_users_usage_is_validated_by_no_stranger_of_any_role(province: Province, name: str, role: Role) -> None:
    use = in_use(province)
    assert stopped(province, name, use, Actor(user=uuid4(), role=role, organisation=uuid4(), unit=uuid4()))


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SYSTEM, *PROVIDERS}])
@pytest.mark.parametrize("name", BY_THE_PROVIDER + BY_ONESELF[:3])
def test_another_users_usage_is_validated_by_no_colleague_of_any_other_role(
    province: Province, name: str, role: Role
) -> None:
    """Somebody else of the very organisation that provides the instrument, and whose user uses it here. Objecting is
    not among it: an objection speaks for the user, and one's own organisation may do so.
    """
    use = in_use(province)
    assert stopped(province, name, use, Actor(user=uuid4(), role=role, organisation=province.university))


@pytest.mark.parametrize("name", BY_ONESELF[:3])
def test_another_users_usage_not_even_the_staff_checks_out_rates_or_answers_for_a_user(
    province: Province, name: str
) -> None:
    use = in_use(province)
    another = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=province.university, unit=province.unit)
    assert stopped(province, name, use, another)


def test_another_users_usage_the_user_does_not_validate_his_own(province: Province) -> None:
    """What is charged is measured or stated by the provider: its user neither completes nor corrects it."""
    use = in_use(province)
    assert all(stopped(province, name, use, province.colleague) for name in BY_THE_PROVIDER)


def test_the_steps_can_be_taken_by_whom_they_belong_to(province: Province) -> None:
    """Otherwise the tests above would prove nothing."""
    use = in_use(province)
    province.do(step("complete", use), province.manager, at(11))
    province.do(step("rate", use), province.colleague, at(12))
    province.do(step("feedback", use), province.colleague, at(12))
    province.do(step("correct", use), province.manager, at(12))
