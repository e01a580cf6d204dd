# SPDX-License-Identifier: Apache-2.0
"""Tags, qualifications, trainings, feedback, bans by hand and of groups, on the real database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from application.errors import NotFound, NotPermitted
from application.reservations.start_usage import StartUsage
from application.standing.apply_for_qualification import ApplyForQualification
from application.standing.approve_qualification import ApproveQualification
from application.standing.give_tag import GiveTag
from application.standing.hold_training import HoldTraining
from application.standing.lift_ban import LiftBan
from application.standing.refuse_qualification import RefuseQualification
from application.standing.restore_points import RestorePoints
from application.standing.revoke_qualification import RevokeQualification
from application.standing.take_tag import TakeTag
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules, TrainingRule
from domain.parties.events import UserQualified
from domain.standing.session import Participant
from tests.application.reservations.province import Province, at
from tests.application.standing.town import (
    TRAINING,
    booked,
    conduct,
    publish,
    superior,
)

TODAY, NOON = date(2026, 3, 2), at(12, day=2)
LAST = date(2027, 3, 2)


def local(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def named(province: Province) -> dict[str, Any]:
    return {"user": province.staff, "unit": province.unit, "resource": province.resource}


def applied(province: Province) -> dict[str, Any]:
    which = named(province)
    province.do(ApplyForQualification(**which), province.colleague)
    return which


def test_the_unit_gives_its_tags_and_no_other_unit_does(province: Province) -> None:
    tag = GiveTag(user=province.staff, unit=province.unit, tag="trained", reason="合作")
    here = GiveTag(user=province.staff, unit=province.unit, tag="expert", resource=province.resource, reason="合作")
    for given in (tag, here):
        province.do(given, superior(province))
    facts = conduct(province, NOON)
    assert facts.tags == {"trained", "expert"}
    assert facts.tags_here == {"expert"}
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    take = TakeTag(user=province.staff, unit=province.unit, tag="trained", reason="结题")
    either: tuple[GiveTag | TakeTag, ...] = (tag, take)
    for command in either:
        with pytest.raises(NotPermitted):
            province.do(command, stranger)
        with pytest.raises(NotPermitted):
            province.do(command, province.colleague)
    province.do(take, superior(province))
    assert conduct(province, NOON).tags == {"expert"}


def test_a_tag_for_nobody_or_for_nothing_is_refused(province: Province) -> None:
    with pytest.raises(NotFound):
        province.do(GiveTag(user=uuid4(), unit=province.unit, tag="trained", reason="合作"), superior(province))
    tag: dict[str, Any] = {"user": province.staff, "unit": province.unit, "tag": "trained", "reason": "合作"}
    with pytest.raises(NotFound):
        province.do(GiveTag(**tag, resource=uuid4()), superior(province))


def test_from_application_to_working_alone(province: Province) -> None:
    publish(province, TRAINING)
    which = applied(province)
    with pytest.raises(NotPermitted):
        province.do(ApproveQualification(**which), province.customer)
    province.do(ApproveQualification(**which), superior(province))
    facts = conduct(province, NOON)
    assert (facts.qualified, facts.qualified_until) == (True, date(2026, 9, 2))
    reservation = booked(province)
    province.do(StartUsage(reservation_id=reservation), province.colleague, at(9))
    province.do(RevokeQualification(**which, reason="违规"), superior(province))
    assert not conduct(province, NOON).qualified


def test_one_applies_for_oneself_where_training_is_published(province: Province) -> None:
    which = named(province)
    with pytest.raises(DomainError) as refused:
        province.do(ApplyForQualification(**which), province.colleague)
    assert refused.value.codes == ("standing.no_training_demanded",)
    publish(province, TRAINING)
    with pytest.raises(NotPermitted):
        province.do(ApplyForQualification(**which), province.customer)


def test_a_refusal_gives_its_reason_and_one_applies_anew(province: Province) -> None:
    publish(province, TRAINING)
    which = applied(province)
    province.do(RefuseQualification(**which, reason="未完成安全考核"), superior(province))
    assert not conduct(province, NOON).qualified
    applied(province)
    with pytest.raises(ValueError, match="reason"):
        RefuseQualification(**which, reason=" ")


def test_either_record_qualifies(province: Province) -> None:
    publish(province, TRAINING)
    province.do(ApproveQualification(**applied(province)), superior(province))
    earned = UserQualified(resource=province.resource, valid_from=TODAY, valid_until=date(2026, 12, 31))
    province.add(province.staff, earned)
    assert conduct(province, NOON).qualified_until == date(2026, 12, 31)
    assert not conduct(province, local(date(2027, 1, 1))).qualified


def test_one_training_qualifies_everybody_who_passed(province: Province) -> None:
    publish(province, TRAINING)
    people = (
        Participant(user=province.staff, attended=True, passed=True),
        Participant(user=province.client, attended=True, passed=True),
        Participant(user=province.person, attended=True, passed=False),
    )
    held = HoldTraining(resource=province.resource, held_at=at(9, day=2), topic="上机培训", participants=people)
    with pytest.raises(NotPermitted):
        province.do(held, province.customer)
    assert province.do(held, superior(province)).data["qualified"] == 2
    known = [conduct(province, NOON, user).qualified for user in (province.staff, province.client, province.person)]
    assert known == [True, True, False]


def test_reminder_and_lapse_come_once_with_their_own_days_also_after_three_days(province: Province) -> None:
    publish(province, HouseRules(training=TrainingRule(valid_months=12)))


def test_nobody_decides_on_a_standing_of_their_own(province: Province) -> None:
    """A tag lowers prices and a lifted ban lets in: neither by one's own hand."""
    which = {"user": province.keeper, "unit": province.unit}
    for command in (
        GiveTag.model_validate({**which, "tag": "trained", "reason": "合作"}),
        ApproveQualification.model_validate({**named(province), "user": province.keeper}),
        LiftBan.model_validate({**which, "ban": uuid4(), "reason": "误判"}),
        RestorePoints.model_validate({**which, "points": 5, "reason": "协助"}),
    ):
        with pytest.raises(DomainError) as refused:
            province.do(command, province.manager)
        assert refused.value.codes == ("standing.own_standing",)
