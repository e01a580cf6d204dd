# SPDX-License-Identifier: Apache-2.0
"""Nobody of the staff decides what concerns themselves, or what is objected to in a record of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from application.errors import NotPermitted
from application.parties.appoint_proxy import AppointProxy
from application.parties.form_group import FormGroup
from application.reservations.abort_usage import AbortUsage
from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.contest_attendance import ContestAttendance
from application.reservations.contest_no_show import ContestNoShow
from application.reservations.correct_usage import CorrectUsage
from application.reservations.decide_approval_step import DecideApprovalStep
from application.reservations.decide_attendance import DecideAttendance
from application.reservations.record_no_show import RecordNoShow
from application.reservations.start_usage import StartUsage
from application.standing.hold_training import HoldTraining
from application.standing.lift_ban_everywhere import LiftBanEverywhere
from application.standing.lift_group_ban import LiftGroupBan
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import ApprovalStep, HouseRules, Lead
from domain.standing.session import Participant
from tests.application.reservations.lab import Lab
from tests.application.reservations.province import Province, at, span
from tests.application.standing.town import TRAINING, booked, publish, superior, tick, used

if TYPE_CHECKING:
    from datetime import datetime

    from application.command import Command

JUDGED = at(11, day=4)


def refused(province: Province, command: Command, actor: Actor, now: datetime | None = None) -> tuple[str, ...]:
    with pytest.raises(DomainError) as caught:
        province.do(command, actor, now)
    return caught.value.codes


def himself(province: Province) -> Actor:
    """The colleague, with a token of the unit's staff."""
    return province.manager.model_copy(update={"user": province.staff})


def decide(reservation: object, decision: str = "annul") -> DecideAttendance:
    return DecideAttendance.model_validate({"reservation_id": reservation, "decision": decision, "reason": "门禁记录"})


def test_nobody_decides_on_a_use_of_their_own(province: Province) -> None:
    publish(province)
    late = used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    correct = CorrectUsage(reservation_id=late, started_at=at(9), ended_at=at(11), reason="并未迟到")
    for command in (decide(late), decide(late, "uphold"), correct):
        assert refused(province, command, himself(province), JUDGED) == ("reservations.own_conduct",)
    absent = booked(province, 13, 15)
    province.do(RecordNoShow(reservation_id=absent), province.manager, at(13, 16))
    annul = AnnulNoShow(reservation_id=absent, reason="已到场")
    assert refused(province, annul, himself(province), at(14)) == ("reservations.own_conduct",)
    province.do(decide(late), province.manager, JUDGED)


def test_an_objection_to_a_no_show_is_decided_by_another_than_whoever_recorded_it(province: Province) -> None:
    publish(province)
    reservation = booked(province)
    province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    province.do(ContestNoShow(reservation_id=reservation, reason="已到场"), province.colleague, at(10))
    tick(province, JUDGED)
    for command in (decide(reservation), decide(reservation, "uphold")):
        assert refused(province, command, province.manager, JUDGED) == ("reservations.own_record",)
    annul = AnnulNoShow(reservation_id=reservation, reason="已到场")
    assert refused(province, annul, province.manager, JUDGED) == ("reservations.own_record",)
    province.do(decide(reservation, "uphold"), superior(province), JUDGED)


def test_whoever_recorded_a_no_show_by_mistake_takes_it_back_while_nobody_objects(province: Province) -> None:
    reservation = booked(province)
    province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    province.do(AnnulNoShow(reservation_id=reservation, reason="记错人"), province.manager, at(10))
    assert province.state(reservation).annulled


@pytest.mark.parametrize("stated", [True, False])
def test_times_stated_by_hand_are_somebodys_word_measured_ones_are_nobodys(
    province: Province,
    stated: bool,  # noqa: FBT001 - an example
) -> None:
    publish(province)
    reservation = booked(province)
    started = at(9, 20) if stated else None
    province.do(StartUsage(reservation_id=reservation, started_at=started), province.manager, at(9, 25))
    province.do(CompleteUsage(reservation_id=reservation), province.manager, at(11))
    tick(province, JUDGED)
    province.do(ContestAttendance(reservation_id=reservation, reason="交接晚了"), province.colleague, JUDGED)
    if stated:
        assert refused(province, decide(reservation), province.manager, JUDGED) == ("reservations.own_record",)
    province.do(decide(reservation), superior(province) if stated else province.manager, JUDGED)


def test_staff_that_objected_for_a_user_of_its_own_organisation_does_not_decide(province: Province) -> None:
    publish(province)
    reservation = used(province, at(9, 20), at(11))
    tick(province, JUDGED)
    province.do(ContestAttendance(reservation_id=reservation, reason="停电"), superior(province), JUDGED)
    assert refused(province, decide(reservation), superior(province), JUDGED) == ("reservations.own_record",)
    province.do(decide(reservation), province.manager, JUDGED)


def test_only_the_user_their_proxy_or_the_staff_of_their_organisation_objects(province: Province) -> None:
    publish(province)
    lab = Lab(province)
    asked = province.ask(province.customer)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    tick(province, JUDGED)
    object_ = ContestNoShow(reservation_id=asked.id, reason="已到场")
    colleague, proxy = lab.employee(), lab.employee()
    for actor in (colleague, proxy, province.manager, province.individual):
        with pytest.raises(NotPermitted, match="objection"):
            province.do(object_, actor, JUDGED)
    province.do(AppointProxy(user=province.client, proxy=proxy.user, until=at(0, day=20)), province.customer)
    office = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=province.enterprise, unit=uuid4())
    province.do(object_, proxy, JUDGED)
    assert refused(province, object_, office, JUDGED) == ("reservations.already_contested",)


def test_nobody_confirms_or_approves_a_request_of_their_own(province: Province) -> None:
    asked = province.ask(province.colleague)
    confirm = ConfirmReservation(reservation_id=asked.id)
    assert refused(province, confirm, himself(province)) == ("reservations.own_request",)
    publish(province, HouseRules(approval=(ApprovalStep(approver="instrument_manager"),)))
    asked = province.ask(province.colleague, span=span(13, 15))
    approve = DecideApprovalStep(reservation_id=asked.id, step=1, decision="approve")
    assert refused(province, approve, himself(province)) == ("reservations.own_request",)
    assert province.do(approve, province.manager).data["state"] == "confirmed"


def test_nobody_sets_a_rule_aside_for_themselves(province: Province) -> None:
    publish(province, HouseRules(use_types=("training",)))
    overrides = {"reservations.use_type_not_offered": "着急"}
    for on_behalf_of in (None, province.staff):
        with pytest.raises(DomainError) as caught:
            province.ask(himself(province), on_behalf_of=on_behalf_of, overrides=overrides)
        assert "reservations.override_by_unit_only" in caught.value.codes
    let_in = province.ask(province.manager, on_behalf_of=province.staff, overrides=overrides)
    assert "RuleOverridden" in province.types(let_in.id)


def test_staff_gives_up_what_it_reserved_for_itself_as_a_user(province: Province) -> None:
    """As the provider nobody is late: whoever cancels their own reservation is."""
    publish(province, HouseRules(lead=Lead(cancel_minutes=60, change_minutes=60)))
    reservation = booked(province)
    cancel = CancelReservation(reservation_id=reservation, reason="不用")
    assert province.do(cancel, himself(province), at(8, 30)).data["late"] is True


def test_times_of_a_use_of_ones_own_are_measured_for_staff_as_well(province: Province) -> None:
    reservation = booked(province)
    start = StartUsage(reservation_id=reservation, started_at=at(9))
    assert refused(province, start, himself(province), at(9, 20)) == ("reservations.time_is_measured",)
    province.do(StartUsage(reservation_id=reservation), himself(province), at(9, 20))
    ways: tuple[Command, ...] = (
        CompleteUsage(reservation_id=reservation, ended_at=at(11)),
        CompleteUsage(reservation_id=reservation, used_minutes=0),
        CompleteUsage(reservation_id=reservation, lost_minutes=30),
        AbortUsage(reservation_id=reservation, used_minutes=0, ground="fault", reason="停机"),
    )
    for end in ways:
        assert refused(province, end, himself(province), at(12)) == ("reservations.time_is_measured",)
    province.do(CompleteUsage(reservation_id=reservation), himself(province), at(12))


def test_no_ban_of_a_group_of_ones_own_and_no_training_of_ones_own(province: Province) -> None:
    publish(province, TRAINING)
    formed = province.do(
        FormGroup(legal_person=province.university, name="校内组", leader=province.keeper), province.system
    )
    lift = LiftGroupBan(group=formed.id, unit=province.unit, reason="已整改")
    assert refused(province, lift, province.manager) == ("standing.own_standing",)
    everywhere = LiftBanEverywhere(user=province.keeper, ban=uuid4(), reason="误判")
    centre = Actor(user=province.keeper, role=Role.SERVICE_CENTRE)
    assert refused(province, everywhere, centre) == ("standing.own_standing",)
    passed = (Participant(user=province.keeper, attended=True, passed=True),)
    held = HoldTraining(resource=province.resource, held_at=at(10, day=2), topic="上机培训", participants=passed)
    assert refused(province, held, province.manager) == ("standing.own_standing",)
    assert province.do(held, superior(province)).data["qualified"] == 1
