# SPDX-License-Identifier: Apache-2.0
"""Whom a request needs, in which order, and what each decision leads to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules
from domain.reservations import approval
from domain.reservations.admission import Admitted, admit
from domain.reservations.answering import UseFacts
from domain.reservations.approval_chain import asked_approvals
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.events import ReservationConfirmed, ReservationRejected
from domain.reservations.facts import Conduct, GroupFacts, House, LeaderDemand
from domain.reservations.judgement import judgement
from domain.reservations.requesting import request
from domain.reservations.reservation import RESERVATION, Reservation
from tests.domain.editions import JIANGSU
from tests.domain.reservations.samples import ASKER, NOW, OFFER, USER, WISH, at

LEADER, GROUP = UUID(int=91), UUID(int=92)
FEE = 60_000
BOTH = [{"approver": "group_leader"}, {"approver": "instrument_manager"}]
SECOND = timedelta(seconds=1)


def let_in(
    steps: list[dict[str, Any]] | None = None,
    *,
    leader: UUID = LEADER,
    demand: LeaderDemand | None = None,
    tags: tuple[str, ...] = (),
    staff: bool = False,
    group: bool = True,
) -> Admitted:
    """A request of two hours for 600 yuan under a published chain."""
    rules = HouseRules.model_validate({"approval": steps})
    house = House(rules=rules, resource=rules, unit=None, resource_version=1, unit_version=None)
    facts = GroupFacts(group=GROUP, name="课题组", leader=leader, books=True, demand=demand)
    asker = replace(ASKER, group=facts if group else None, staff=staff, conduct=Conduct(tags=frozenset(tags)))
    offer = replace(OFFER, house=house if steps is not None else None)
    return admit(wish=WISH, asker=asker, offer=offer, edition=JIANGSU, now=NOW)


def chain(admitted: Admitted, *, manual: bool = False) -> list[str]:
    return [asked.approver for asked in asked_approvals(admitted, manual=manual)]


def waiting(**more: Any) -> Reservation:  # noqa: ANN401 - as `let_in`
    admitted = let_in(more.pop("steps", BOTH), **more)
    approvals = asked_approvals(admitted, manual=False)
    events = [
        *request(admitted, lane=1, automatic=False, edition=JIANGSU),
        *judgement(admitted, approvals=approvals, edition=JIANGSU),
        *approval.ask(approval.About.request(admitted), approvals, now=NOW),
    ]
    state = RESERVATION.fold(events)
    assert state is not None
    return state


def step(decision: Any, reservation: Reservation, number: int = 1, **more: Any) -> list[Any]:  # noqa: ANN401
    facts = {"facts": UseFacts("published"), "reason": ""} if decision is approval.approve else {}
    stated: dict[str, Any] = {"edition": JIANGSU, "now": NOW, "step": number, **facts, **more}
    found: list[Any] = decision(reservation, **stated)
    return found


def test_the_chain_is_asked_in_the_order_published() -> None:
    assert chain(let_in(BOTH)) == ["group_leader", "instrument_manager"]
    assert chain(let_in(BOTH[::-1])) == ["instrument_manager", "group_leader"]
    assert chain(let_in([])) == []
    assert chain(let_in(None)) == []


def test_leaders_and_staff_are_not_asked_about_their_own_requests() -> None:
    assert chain(let_in(BOTH, leader=USER)) == ["instrument_manager"]
    assert chain(let_in(BOTH, staff=True)) == ["group_leader"]
    assert chain(let_in(BOTH, staff=True, leader=USER), manual=True) == []


@pytest.mark.parametrize(("exempt", "asked"), [(FEE - 1, True), (FEE, False)])
def test_exempt_amounts_and_tags(exempt: int, *, asked: bool) -> None:
    steps = [{"approver": "instrument_manager", "exempt_up_to_fen": exempt}]
    assert bool(chain(let_in(steps))) is asked
    own = LeaderDemand(exempt_up_to_fen=exempt)
    assert bool(chain(let_in(None, demand=own))) is asked
    tagged = [{"approver": "instrument_manager", "exempt_tags": ["trusted"]}]
    assert chain(let_in(tagged, tags=("trusted",))) == []
    assert chain(let_in(tagged, tags=("other",))) == ["instrument_manager"]


def test_where_terms_confirm_by_hand_a_chain_ends_with_the_staff() -> None:
    assert chain(let_in(None, demand=LeaderDemand()), manual=True) == ["group_leader", "instrument_manager"]
    assert chain(let_in(None, demand=LeaderDemand()), manual=False) == ["group_leader"]
    assert chain(let_in([]), manual=True) == []


def test_a_leader_whom_both_want_is_asked_once_by_the_stricter_terms() -> None:
    steps = [{"approver": "group_leader", "limit_hours": 48, "on_time_out": "approve"}]
    demand = LeaderDemand(limit_hours=24, on_time_out="reject")
    [asked] = asked_approvals(let_in(steps, demand=demand), manual=False)
    assert (asked.user, asked.limit_hours, asked.on_time_out) == (LEADER, 24, "reject")
    [alone] = asked_approvals(let_in(steps), manual=False)
    assert (alone.limit_hours, alone.on_time_out) == (48, "approve")


def test_each_decision_asks_the_next_and_the_last_confirms() -> None:
    first = waiting()
    decided, asked = step(approval.approve, first)
    assert isinstance(decided, ApprovalStepDecided)
    assert isinstance(asked, ApprovalAsked)
    assert (asked.step, asked.steps, asked.leader) == (2, 2, None)
    second = RESERVATION.fold([decided, asked], first)
    assert second is not None
    last = step(approval.approve, second, 2)
    assert isinstance(last[-1], ReservationConfirmed)
    assert last[-1].automatic is False
    assert decided.basis is not None


def test_a_step_is_decided_once_and_by_its_number() -> None:
    first = waiting()
    after = RESERVATION.fold(step(approval.approve, first), first)
    assert after is not None
    with pytest.raises(DomainError, match="step_decided_already"):
        step(approval.approve, after)
    with pytest.raises(DomainError, match="step_decided_already"):
        step(approval.approve, first, 2)
    done = replace(first, state="cancelled")
    with pytest.raises(DomainError, match="no_approval_pending"):
        step(approval.approve, done)


def test_a_leaders_refusal_is_no_ground_of_the_unit() -> None:
    events = step(approval.reject, waiting(), reason="经费不足", ground="own_needs")
    assert isinstance(events[-1], ReservationRejected)
    assert events[-1].ground == "incomplete"
    staff = waiting(steps=[BOTH[1]])
    assert step(approval.reject, staff, reason="检修", ground="safety")[-1].ground == "safety"
    with pytest.raises(DomainError, match="no_limit_published"):
        step(approval.reject, staff, reason="限制", ground="opening_limit")
    with pytest.raises(DomainError, match="reason_missing"):
        step(approval.reject, staff, reason="", ground="safety")


def test_the_last_approval_is_refused_where_the_resource_is_no_longer_open() -> None:
    staff = waiting(steps=[BOTH[1]])
    shut = UseFacts("suspended", customs_valid=False, provider_takes_part=False)
    with pytest.raises(DomainError) as caught:
        step(approval.approve, staff, facts=shut)
    assert len(caught.value.codes) == 3


@pytest.mark.parametrize("outcome", ["approve", "reject"])
def test_the_declared_outcome_comes_from_its_second_on(outcome: str) -> None:
    limited = waiting(steps=[{"approver": "instrument_manager", "limit_hours": 2, "on_time_out": outcome}])
    due = NOW + timedelta(hours=2)
    facts: dict[str, Any] = {"facts": UseFacts("published")}
    with pytest.raises(DomainError, match="step_not_due"):
        step(approval.time_out, limited, now=due - SECOND, **facts)
    events = step(approval.time_out, limited, now=due, **facts)
    assert (events[0].timed_out, events[0].decision, events[0].due_at) == (True, outcome, due)
    assert type(events[-1]) is (ReservationConfirmed if outcome == "approve" else ReservationRejected)
    with pytest.raises(DomainError, match="step_timed_out"):
        step(approval.approve, limited, now=due)
    step(approval.approve, limited, now=due - SECOND)
    with pytest.raises(DomainError, match="step_not_due"):
        step(approval.time_out, waiting(), now=at(9), **facts)
