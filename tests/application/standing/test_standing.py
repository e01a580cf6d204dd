# SPDX-License-Identifier: Apache-2.0
"""Tags, qualifications, trainings, feedback, bans by hand and of groups, on the real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from application.errors import NotFound, NotPermitted
from application.reservations.rate_usage import RateUsage
from application.reservations.start_usage import StartUsage
from application.standing.apply_for_qualification import ApplyForQualification
from application.standing.approve_qualification import ApproveQualification
from application.standing.ban_user import BanUser
from application.standing.ban_user_everywhere import BanUserEverywhere
from application.standing.extend_qualification import ExtendQualification
from application.standing.give_feedback import GiveFeedback
from application.standing.give_tag import GiveTag
from application.standing.hold_training import HoldTraining
from application.standing.impose_penalty import ImposePenalty
from application.standing.lift_ban_everywhere import LiftBanEverywhere
from application.standing.lift_group_ban import LiftGroupBan
from application.standing.refuse_qualification import RefuseQualification
from application.standing.restore_points import RestorePoints
from application.standing.revoke_qualification import RevokeQualification
from application.standing.take_tag import TakeTag
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.parties.events import UserQualified
from domain.reservations.attendance_events import AttendanceJudged
from domain.reservations.judged_events import RequestJudged
from domain.standing.ids import group_standing_id
from domain.standing.session import Participant
from tests.application.deciding import decided
from tests.application.reservations.province import Province, at
from tests.application.standing.town import (
    CONDUCT,
    RULES,
    TRAINING,
    booked,
    conduct,
    publish,
    recorded,
    standing_of,
    tick,
    used,
)

TODAY, NOON = date(2026, 3, 2), at(12, day=2)
LAST = date(2027, 3, 2)


def local(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def applied(province: Province) -> dict[str, UUID]:
    which = {"user": province.staff, "resource": province.resource}
    province.do(ApplyForQualification(**which), province.colleague)
    return which


def test_the_unit_gives_its_tags_and_no_other_unit_does(province: Province) -> None:
    tag = GiveTag(user=province.staff, unit=province.unit, tag="trained", reason="合作")
    here = GiveTag(user=province.staff, unit=province.unit, tag="expert", resource=province.resource, reason="合作")
    for command in (tag, here):
        province.do(command, province.manager)
    facts = conduct(province, NOON)
    assert (facts.tags, facts.tags_here) == ({"trained", "expert"}, {"expert"})
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    take = TakeTag(user=province.staff, unit=province.unit, tag="trained", reason="结题")
    for command in (tag, take):
        with pytest.raises(NotPermitted):
            province.do(command, stranger)
        with pytest.raises(NotPermitted):
            province.do(command, province.colleague)
    province.do(take, province.manager)
    assert conduct(province, NOON).tags == {"expert"}


def test_a_tag_for_nobody_or_for_nothing_is_refused(province: Province) -> None:
    with pytest.raises(NotFound):
        province.do(GiveTag(user=uuid4(), unit=province.unit, tag="trained", reason="合作"), province.manager)
    tag = {"user": province.staff, "unit": province.unit, "tag": "trained", "reason": "合作"}
    with pytest.raises(NotFound):
        province.do(GiveTag(**tag, resource=uuid4()), province.manager)


def test_from_application_to_working_alone(province: Province) -> None:
    publish(province, TRAINING)
    which = applied(province)
    with pytest.raises(NotPermitted):
        province.do(ApproveQualification(**which), province.customer)
    province.do(ApproveQualification(**which), province.manager)
    facts = conduct(province, NOON)
    assert (facts.qualified, facts.qualified_until) == (True, date(2026, 9, 2))
    reservation = booked(province)
    province.do(StartUsage(reservation_id=reservation), province.colleague, at(9))
    province.do(RevokeQualification(**which, reason="违规"), province.manager)
    assert not conduct(province, NOON).qualified


def test_one_applies_for_oneself_where_training_is_published(province: Province) -> None:
    which = {"user": province.staff, "resource": province.resource}
    with pytest.raises(DomainError) as refused:
        province.do(ApplyForQualification(**which), province.colleague)
    assert refused.value.codes == ("standing.no_training_demanded",)
    publish(province, TRAINING)
    with pytest.raises(NotPermitted):
        province.do(ApplyForQualification(**which), province.customer)


def test_a_refusal_gives_its_reason_and_one_applies_anew(province: Province) -> None:
    publish(province, TRAINING)
    which = applied(province)
    province.do(RefuseQualification(**which, reason="未完成安全考核"), province.manager)
    assert not conduct(province, NOON).qualified
    applied(province)
    with pytest.raises(ValueError, match="reason"):
        RefuseQualification(**which, reason=" ")


def test_either_record_qualifies(province: Province) -> None:
    publish(province, TRAINING)
    province.do(ApproveQualification(**applied(province)), province.manager)
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
    assert province.do(held, province.manager).data["qualified"] == 2
    known = [conduct(province, NOON, user).qualified for user in (province.staff, province.client, province.person)]
    assert known == [True, True, False]


def test_reminder_and_lapse_come_once_with_their_own_days_also_after_three_days(province: Province) -> None:
    publish(
        province, TRAINING.model_copy(update={"training": TRAINING.training.model_copy(update={"lapse_months": None})})
    )  # type: ignore[union-attr]
    province.do(ApproveQualification(**applied(province)), province.manager, NOON)
    assert tick(province, local(LAST - timedelta(days=8))) == 0
    for _ in range(2):
        tick(province, local(LAST - timedelta(days=4)))
    assert recorded(province, standing_of(province))["QualificationReminded"] == 1
    assert tick(province, local(LAST)) == 0
    for _ in range(2):
        tick(province, local(LAST + timedelta(days=4)))
    lapsed = province.home.log.stream(standing_of(province))[-1].event
    assert (lapsed.TYPE, lapsed.ended_on) == ("standing.QualificationLapsed", LAST)  # type: ignore[attr-defined]
    assert recorded(province, standing_of(province))["QualificationLapsed"] == 1


def test_an_extension_moves_the_reminder_and_the_end(province: Province) -> None:
    publish(province, TRAINING)
    which = applied(province)
    province.do(ApproveQualification(**which, valid_until=date(2026, 4, 1)), province.manager, NOON)
    assert tick(province, local(date(2026, 3, 25))) == 1
    province.do(ExtendQualification(**which, reason="复训"), province.manager, local(date(2026, 3, 26)))
    assert tick(province, local(date(2026, 4, 2))) == 0
    assert conduct(province, local(date(2026, 4, 2))).qualified


def test_disuse_ends_a_qualification_and_use_keeps_it(province: Province) -> None:
    publish(province, TRAINING)
    province.do(ApproveQualification(**applied(province)), province.manager, NOON)
    used(province, at(9, day=20), at(11, day=20), day=20)
    assert tick(province, local(date(2026, 9, 12))) == 0
    assert tick(province, local(date(2026, 9, 13))) == 1
    assert conduct(province, local(date(2026, 9, 20))).qualified
    assert not conduct(province, local(date(2026, 9, 21))).qualified
    assert tick(province, local(date(2026, 9, 21))) == 1


def test_feedback_is_given_by_the_user_and_its_score_rates_the_use(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9), at(11))
    assert conduct(province, at(12)).feedback_owed == (at(11),)
    answers = {"仪器状态": "正常"}
    give = GiveFeedback(reservation_id=reservation, answers=answers, score=Decimal("4.5"))
    for somebody in (province.customer, province.individual):
        with pytest.raises(NotPermitted):
            province.do(give, somebody, at(12))
    with pytest.raises(DomainError) as refused:
        province.do(GiveFeedback(reservation_id=reservation, answers={"别的": "无"}), province.colleague, at(12))
    assert set(refused.value.codes) == {"standing.question_unanswered", "standing.question_unknown"}
    province.do(give, province.colleague, at(12))
    assert conduct(province, at(12)).feedback_owed == ()
    assert province.state(reservation).rating == Decimal("4.5")
    with pytest.raises(DomainError) as refused:
        province.do(give, province.colleague, at(12))
    assert refused.value.codes == ("standing.feedback_not_owed",)


def test_a_second_rating_is_a_new_event_that_takes_the_place_of_the_first(province: Province) -> None:
    reservation = used(province, at(9), at(11))
    for score in ("2", "5"):
        province.do(RateUsage(reservation_id=reservation, score=Decimal(score)), province.colleague, at(12))
    assert province.state(reservation).rating == Decimal(5)
    assert recorded(province, reservation)["UserRatingRecorded"] == 2


def test_feedback_older_than_published_keeps_from_booking(province: Province) -> None:
    publish(province)
    used(province, at(9), at(11))
    booked(province, 13, 14)
    province.ask(province.colleague, at(11, day=4), span={"start": at(9, day=6), "end": at(10, day=6)})
    with pytest.raises(DomainError) as refused:
        province.ask(province.colleague, at(11, 1, day=4), span={"start": at(13, day=6), "end": at(14, day=6)})
    assert any("feedback" in code for code in refused.value.codes)


def test_8_17_a_ban_by_hand_needs_published_rules_on_conduct(province: Province) -> None:
    ban = BanUser(user=province.staff, unit=province.unit, ground="safety", reason="违规", until=at(9, day=9))
    with pytest.raises(DomainError) as refused:
        province.do(ban, province.manager, NOON)
    assert refused.value.codes == ("standing.no_conduct_rule_published",)
    publish(province)
    one = ban.model_copy(update={"resource": province.resource})
    province.do(one, province.manager, NOON)
    assert [found.scope for found in conduct(province, NOON).bans] == ["instrument"]
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    for actor in (stranger, province.colleague, province.customer):
        with pytest.raises(NotPermitted):
            province.do(one, actor, NOON)


def test_a_ban_from_everywhere_rests_on_a_registered_decision(province: Province) -> None:
    publish(province)
    office = Actor(user=uuid4(), role=Role.COUNCIL_OFFICE, organisation=uuid4())
    ban = BanUserEverywhere(
        user=province.staff, ground="breach", reason="转借账号", decision_reference="苏科统筹决〔2026〕9号"
    )
    with pytest.raises(NotPermitted):
        province.do(ban, province.manager)
    with pytest.raises(DomainError) as refused:
        province.do(ban, office)
    assert refused.value.codes == ("governance.decision_not_registered",)
    decided(province.home, "苏科统筹决〔2026〕9号")
    done = province.do(ban, office)
    assert [found.scope for found in conduct(province, NOON).bans] == ["global"]
    lift = LiftBanEverywhere(user=province.staff, ban=UUID(str(done.data["ban"])), reason="复核")
    with pytest.raises(NotPermitted):
        province.do(lift, province.manager)
    province.do(lift, office)
    assert conduct(province, NOON).bans == ()


def test_points_are_given_back_by_the_unit_and_never_more_than_lost(province: Province) -> None:
    publish(province)
    used(province, at(9, 20), at(11))
    tick(province, at(11, day=4))
    tick(province, at(11, day=5))
    give = RestorePoints(user=province.staff, unit=province.unit, points=26, reason="协助维护")
    with pytest.raises(DomainError) as refused:
        province.do(give, province.manager)
    assert refused.value.codes == ("standing.more_than_lost",)
    province.do(give.model_copy(update={"points": 25}), province.manager)
    assert conduct(province, at(12, day=5)).points == 100


def test_the_group_is_banned_with_the_member_that_reaches_the_threshold(province: Province) -> None:
    """Members are banned one after the other; the group is free again as soon as too few are."""
    group = uuid4()
    publish(province, RULES.model_copy(update={"conduct": CONDUCT.model_copy(update={"group_ban_members": 2})}))
    now = at(9, day=6)
    for hour, actor in ((8, province.colleague), (10, province.individual)):
        asked = province.ask(actor, span={"start": at(hour), "end": at(hour + 1)})
        judged = next(
            item.event for item in province.home.log.stream(asked.id) if isinstance(item.event, RequestJudged)
        )
        verdict = AttendanceJudged(
            user=actor.user,
            outcome="no_show",
            points_due=50,
            due_at=now,
            penalty_due_at=now,
            resource_rules=1,
            unit_rules=None,
        )
        province.add(asked.id, judged.model_copy(update={"group": group, "draws": ()}), verdict)
        province.home.snapshots.clear()
        province.do(ImposePenalty(reservation_id=asked.id), province.system, now)
        scopes = {ban.scope for ban in conduct(province, now, group=group).bans}
        assert ("group" in scopes) == (actor is province.individual or actor.user == province.person)
    stream = group_standing_id(province.unit, group)
    assert recorded(province, stream) == {"GroupMemberBanned": 2, "GroupBanned": 1}
    lift = LiftGroupBan(group=group, unit=province.unit, reason="整改")
    with pytest.raises(NotPermitted):
        province.do(lift, province.colleague, now)
    province.do(lift, province.manager, now)
    assert "group" not in {ban.scope for ban in conduct(province, now, group=group).bans}
