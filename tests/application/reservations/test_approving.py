# SPDX-License-Identifier: Apache-2.0
"""Approvals step by step on the real database: who decides, what comes of nobody's decision, and no way around."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from application.errors import NotPermitted, SlotTaken
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.reservations.approval_events import ApprovalStepDecided
from domain.reservations.events import ReservationConfirmed, ReservationRejected
from projections.approvals import approvals
from tests.application.reservations.lab import Lab, publish, tick
from tests.application.reservations.province import Province, at, span
from tests.application.reservations.test_vouchers import grant

__all__ = ["grant"]
LEADER = {"approver": "group_leader"}
MANAGER = {"approver": "instrument_manager"}
SECOND = timedelta(seconds=1)
ASKED = at(12, day=2)


@pytest.fixture
def lab(province: Province) -> Lab:
    return Lab(province)


def test_both_approve_in_turn_and_the_last_approval_confirms_in_the_same_commit(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER, MANAGER])
    asked = lab.ask()
    assert asked.data["state"] == "requested"
    assert lab.decide(asked.id, "approve", lab.leader).data == {
        "state": "requested",
        "pending_step": 2,
        "voucher_reserved_fen": 0,
    }
    assert lab.decide(asked.id, "approve", lab.province.manager, step=2).data["state"] == "confirmed"
    assert lab.province.types(asked.id) == [
        "ReservationRequested",
        "RequestJudged",
        "ApprovalAsked",
        "ApprovalStepDecided",
        "ApprovalAsked",
        "ApprovalStepDecided",
        "ReservationConfirmed",
    ]
    log = lab.province.home.log.stream(asked.id)
    assert log[-1].meta.command_id == log[-2].meta.command_id


def test_a_request_that_waits_holds_its_slot(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER])
    lab.ask()
    with pytest.raises(SlotTaken):
        lab.ask(lab.members[1])


@pytest.mark.parametrize("command", ["confirm", "move"])
def test_nobody_passes_a_pending_approval_by(lab: Lab, command: str) -> None:
    """Peers' defect 849: an approval bypassed by confirming, or by moving, what waits for it."""
    publish(lab.province, approval=[LEADER, MANAGER])
    asked = lab.ask()
    way: Any = {
        "confirm": ConfirmReservation(reservation_id=asked.id),
        "move": RescheduleReservation(reservation_id=asked.id, span=span(13, 15), reason="改期", consent="电话"),
    }[command]
    with pytest.raises(DomainError) as caught:
        lab.province.do(way, lab.province.manager)
    [violation] = caught.value.violations
    assert violation.code == "reservations.approval_pending"
    assert (violation.parameters["step"], violation.parameters["steps"]) == (1, 2)
    assert violation.parameters["approver"] == "group_leader"
    assert lab.province.state(asked.id).state == "requested"


def test_a_refusal_needs_a_reason_ends_the_request_and_frees_everything(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER], quotas=[_quota()])
    asked = lab.ask()
    with pytest.raises(DomainError, match="reason_missing"):
        lab.decide(asked.id, "reject", lab.leader)
    assert lab.decide(asked.id, "reject", lab.leader, reason="经费不足").data["state"] == "rejected"
    rejected = lab.province.home.log.stream(asked.id)[-2].event
    assert isinstance(rejected, ReservationRejected)
    assert (rejected.ground, rejected.reason) == ("incomplete", "经费不足")
    assert lab.province.state(asked.id).draws == ()
    lab.province.ask(lab.members[1], group_id=lab.group)


def _quota() -> dict[str, Any]:
    return {"name": "每周", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 120}


def test_only_the_leader_named_and_only_the_units_staff_decide_their_steps(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER, MANAGER])
    asked = lab.ask()
    stranger = lab.employee()
    other_unit = Actor(user=stranger.user, role=Role.MANAGING_UNIT, unit=stranger.user)
    for actor in (lab.member, lab.members[1], stranger, lab.province.manager, other_unit):
        with pytest.raises(NotPermitted):
            lab.decide(asked.id, "approve", actor)
    lab.decide(asked.id, "approve", lab.leader)
    for actor in (lab.leader, lab.member, other_unit):
        with pytest.raises(NotPermitted):
            lab.decide(asked.id, "approve", actor, step=2)


def test_two_approvers_at_once_decide_one_step_once(lab: Lab) -> None:
    publish(lab.province, approval=[MANAGER, LEADER])
    asked = lab.ask()
    outcomes: list[str] = []

    def decide() -> None:
        try:
            lab.decide(asked.id, "approve", lab.province.manager)
            outcomes.append("approved")
        except DomainError as refused:
            outcomes.append(refused.codes[0])

    threads = [Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "reservations.step_decided_already"]
    assert lab.province.state(asked.id).pending.step == 2


@pytest.mark.parametrize(("outcome", "state"), [("approve", "confirmed"), ("reject", "rejected")])
def test_nobodys_decision_is_the_declared_outcome_from_its_second_on(lab: Lab, outcome: str, state: str) -> None:
    publish(lab.province, approval=[{**LEADER, "limit_hours": 6, "on_time_out": outcome}])
    lab.automatic()
    asked = lab.ask(now=ASKED)
    due = ASKED + timedelta(hours=6)
    assert tick(lab.province, due - SECOND) == 0
    with pytest.raises(DomainError, match="step_timed_out"):
        lab.decide(asked.id, "approve", lab.leader, due)
    assert tick(lab.province, due) == 1
    assert tick(lab.province, due) == 0
    reservation = lab.province.state(asked.id)
    assert reservation.state == state
    decided = _decision(lab, asked.id)
    assert (decided.timed_out, decided.decision, decided.due_at) == (True, outcome, due)


def test_the_last_second_before_the_due_time_still_belongs_to_the_approver(lab: Lab) -> None:
    publish(lab.province, approval=[{**LEADER, "limit_hours": 6}])
    lab.automatic()
    asked = lab.ask(now=ASKED)
    lab.decide(asked.id, "approve", lab.leader, ASKED + timedelta(hours=6) - SECOND)
    assert lab.province.state(asked.id).state == "confirmed"


@pytest.mark.parametrize(("outcome", "state"), [("approve", "confirmed"), ("reject", "rejected")])
def test_a_worker_stopped_three_days_does_each_once_with_its_own_due_time(lab: Lab, outcome: str, state: str) -> None:
    """Peers' jobs match `due == this minute`; ours asks what is due and not done."""
    publish(lab.province, approval=[{**LEADER, "limit_hours": 6, "on_time_out": outcome}])
    lab.automatic()
    first = lab.ask(now=ASKED, span=span(9, 11, 10))
    second = lab.ask(lab.members[1], ASKED + timedelta(hours=1), span=span(13, 15, 10))
    back = ASKED + timedelta(days=3)
    assert tick(lab.province, back) == 2
    assert tick(lab.province, back + timedelta(hours=1)) == 0
    for asked, due in ((first, 6), (second, 7)):
        assert lab.province.state(asked.id).state == state
        assert _decision(lab, asked.id).due_at == ASKED + timedelta(hours=due)


def test_what_was_due_before_the_start_and_noted_after_it_expires_instead_of_being_confirmed(lab: Lab) -> None:
    publish(lab.province, approval=[{**LEADER, "limit_hours": 6, "on_time_out": "approve"}], quotas=[_quota()])
    lab.automatic()
    asked = lab.ask(now=ASKED)
    assert tick(lab.province, ASKED + timedelta(days=3)) == 1
    assert lab.province.state(asked.id).state == "expired"
    assert lab.province.state(asked.id).draws == ()


def test_a_late_worker_gives_the_next_approver_the_whole_time(lab: Lab) -> None:
    limited = {"limit_hours": 6, "on_time_out": "approve"}
    publish(lab.province, approval=[{**LEADER, **limited}, {**MANAGER, "limit_hours": 12}])
    asked = lab.ask(now=ASKED, span=span(9, 11, 10))
    back = ASKED + timedelta(days=3)
    tick(lab.province, back)
    pending = lab.province.state(asked.id).pending
    assert (pending.step, pending.due_at) == (2, back + timedelta(hours=12))


def test_the_leader_is_asked_of_their_own_accord_and_the_staff_after_them_where_it_confirms_by_hand(lab: Lab) -> None:
    lab.demand()
    asked = lab.ask()
    assert [step.approver for step in lab.province.state(asked.id).judged.approvals] == [
        "group_leader",
        "instrument_manager",
    ]
    own = lab.ask(lab.leader, span=span(13, 15))
    assert lab.province.state(own.id).pending is None


@pytest.mark.parametrize(("exempt", "waits"), [(59_999, True), (60_000, False)])
def test_exempt_amounts_of_the_leader_and_of_the_unit(lab: Lab, exempt: int, *, waits: bool) -> None:
    lab.automatic()
    lab.demand(exempt_up_to_fen=exempt)
    assert lab.ask().data["state"] == ("requested" if waits else "confirmed")
    lab.demand(member=lab.members[1].user, demanded=False)
    assert lab.ask(lab.members[1], span=span(13, 15)).data["state"] == "confirmed"
    publish(lab.province, approval=[{**MANAGER, "exempt_up_to_fen": exempt}])
    later = lab.ask(lab.members[1], span=span(15, 17))
    assert later.data["state"] == ("requested" if waits else "confirmed")


@pytest.mark.parametrize(
    ("moved", "state"), [(span(13, 15), "confirmed"), (span(13, 14), "confirmed"), (span(13, 16), "requested")]
)
def test_a_move_asks_again_only_where_it_grows(lab: Lab, moved: Any, state: str) -> None:  # noqa: ANN401
    lab.automatic()
    lab.demand()
    asked = lab.ask()
    lab.decide(asked.id, "approve", lab.leader)
    move = RescheduleReservation(reservation_id=asked.id, span=moved, reason="改期")
    assert lab.province.do(move, lab.member).data["state"] == state
    after = lab.province.state(asked.id)
    assert (after.state, after.span) == (state, moved)
    if state == "requested":
        lab.decide(asked.id, "approve", lab.leader)
        assert lab.province.state(asked.id).state == "confirmed"


def test_growing_a_reservation_is_no_way_to_cancel_it_late_for_nothing(lab: Lab) -> None:
    lab.automatic()
    publish(lab.province, lead={"cancel_minutes": 600})
    lab.demand()
    asked = lab.ask()
    lab.decide(asked.id, "approve", lab.leader)
    late = at(8, day=3)
    move = RescheduleReservation(reservation_id=asked.id, span=span(9, 12), reason="延长")
    lab.province.do(move, lab.member, late)
    cancelled = lab.province.do(CancelReservation(reservation_id=asked.id, reason="不用"), lab.member, late)
    assert cancelled.data["late"] is True


def test_the_lists_show_whose_turn_it_is(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER, MANAGER])
    asked = lab.ask()
    lab.decide(asked.id, "approve", lab.leader)
    tick(lab.province, at(13, day=2))
    with lab.province.home.database.reading() as cursor:
        [row] = approvals(cursor, unit=lab.province.unit, states=("waiting",)).rows
        assert (row["reservation"], row["step"], row["approver"]) == (asked.id, 2, "instrument_manager")
        [done] = approvals(cursor, person=lab.leader.user).rows
        assert (done["state"], done["decided_by"]) == ("approve", lab.leader.user)
        assert len(approvals(cursor, person=lab.member.user).rows) == 2
        assert approvals(cursor, person=lab.members[1].user).rows == []
    lab.province.do(CancelReservation(reservation_id=asked.id, reason="不用"), lab.member)
    tick(lab.province, at(14, day=2))
    with lab.province.home.database.reading() as cursor:
        assert approvals(cursor, unit=lab.province.unit, states=("waiting",)).rows == []


def test_a_confirmation_says_who_agreed(lab: Lab) -> None:
    publish(lab.province, approval=[MANAGER])
    asked = lab.ask()
    lab.decide(asked.id, "approve", lab.province.manager)
    confirmed = lab.province.home.log.stream(asked.id)[-1].event
    assert isinstance(confirmed, ReservationConfirmed)
    assert confirmed.automatic is False


def test_a_voucher_is_set_aside_by_the_last_approval_only(lab: Lab, grant: UUID) -> None:
    publish(lab.province, approval=[LEADER, MANAGER])
    asked = lab.ask(voucher_grant_id=grant)
    assert asked.data["voucher_reserved_fen"] == 0
    assert lab.decide(asked.id, "approve", lab.leader).data["voucher_reserved_fen"] == 0
    assert lab.decide(asked.id, "approve", lab.province.manager, step=2).data["voucher_reserved_fen"] == 18_000
    other = lab.ask(lab.members[1], voucher_grant_id=grant, span=span(13, 15))
    lab.decide(other.id, "reject", lab.leader, reason="经费不足")
    assert lab.province.types(grant).count("VoucherAmountReserved") == 1


def test_a_move_that_is_asked_again_sets_nothing_aside_until_it_is_approved(lab: Lab, grant: UUID) -> None:
    lab.automatic()
    lab.demand()
    asked = lab.ask(voucher_grant_id=grant)
    lab.decide(asked.id, "approve", lab.leader)
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 16), reason="延长")
    assert lab.province.do(move, lab.member).data["voucher_reserved_fen"] == 0
    assert lab.province.types(grant).count("VoucherAmountReleased") == 1
    assert lab.decide(asked.id, "approve", lab.leader).data["voucher_reserved_fen"] == 27_000


def _decision(lab: Lab, reservation: Any) -> ApprovalStepDecided:  # noqa: ANN401 - an id
    events = [item.event for item in lab.province.home.log.stream(reservation)]
    [decided] = [event for event in events if isinstance(event, ApprovalStepDecided)]
    return decided
