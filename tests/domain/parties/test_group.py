# SPDX-License-Identifier: Apache-2.0
"""A group: who leads it, who belongs to it, and what its leader has set."""

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.personal import Personal
from domain.parties import grouping, proxy
from domain.parties.group import GROUP, Demand, Group
from domain.parties.group_events import (
    ApprovalDemanded,
    GroupDissolved,
    GroupFormed,
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    SpendingLimited,
)
from domain.parties.proxy import PROXIES, Proxies, ProxyAppointed, ProxyDismissed
from domain.parties.user import User
from tests.domain.given import given

UNIVERSITY, ENTERPRISE, UNIT, RESOURCE = (UUID(int=n) for n in range(1, 5))
LEADER, MEMBER, OTHER, PERSON = (UUID(int=n) for n in range(11, 15))
FORMED = GroupFormed(legal_person=UNIVERSITY, name="低温物理课题组", leader=LEADER)
JOINED = MemberJoined(user=MEMBER, legal_person=UNIVERSITY, approved_by=LEADER)
DISSOLVED = GroupDissolved(reason="结题")


def user(legal_person: UUID | None = UNIVERSITY, *, active: bool = True) -> User:
    kind = "university" if legal_person else "individual"
    return User(Personal.of(MEMBER, "示例"), kind, legal_person, None, active)  # type: ignore[arg-type]


def test_a_leader_works_for_the_groups_legal_person() -> None:
    assert grouping.form(FORMED, user()) == [FORMED]
    for leader, codes in (
        (user(active=False), ["parties.leader_not_active"]),
        (user(ENTERPRISE), ["parties.leader_of_another"]),
        (user(None, active=False), ["parties.leader_not_active", "parties.leader_of_another"]),
    ):
        outcome = given(GROUP).when(lambda leader=leader: grouping.form(FORMED, leader))
        outcome.then_refused(*codes)


def test_who_leads_no_more_stays_as_a_member() -> None:
    changed = LeaderChanged(leader=MEMBER, former=LEADER, reason="轮换")
    state = given(GROUP, FORMED, JOINED).when(grouping.change_leader, MEMBER, user(), reason="轮换").then(changed).state
    assert (state.leader, set(state.members)) == (MEMBER, {LEADER})
    given(GROUP, FORMED).when(grouping.change_leader, LEADER, user(), reason="轮换").then_refused(
        "parties.already_leader"
    )


@pytest.mark.parametrize(
    ("new", "particulars", "by_leader", "codes"),
    [
        (OTHER, user(), False, ()),
        (PERSON, user(None), True, ()),
        (PERSON, user(None), False, ("parties.individual_needs_leader",)),
        (OTHER, user(ENTERPRISE), True, ("parties.member_of_another",)),
        (OTHER, user(active=False), True, ("parties.member_not_active",)),
        (MEMBER, user(), True, ("parties.already_member",)),
        (LEADER, user(), True, ("parties.already_member",)),
        (MEMBER, user(ENTERPRISE, active=False), True, (
            "parties.already_member", "parties.member_not_active", "parties.member_of_another",
        )),
    ],
)  # fmt: skip
def test_who_may_join(new: UUID, particulars: User, *, by_leader: bool, codes: tuple[str, ...]) -> None:
    outcome = given(GROUP, FORMED, JOINED).when(grouping.join, new, particulars, by=LEADER, by_leader=by_leader)
    if codes:
        outcome.then_refused(*codes)
    else:
        outcome.then(MemberJoined(user=new, legal_person=particulars.legal_person, approved_by=LEADER))


def test_who_books_for_it() -> None:
    person = MemberJoined(user=PERSON, legal_person=None, approved_by=LEADER)
    state = _folded(FORMED, JOINED, person)
    assert state.books_for(LEADER, UNIVERSITY)
    assert state.books_for(MEMBER, UNIVERSITY)
    assert state.books_for(PERSON, None)
    for who, customer in ((LEADER, ENTERPRISE), (MEMBER, ENTERPRISE), (MEMBER, None), (PERSON, UNIVERSITY)):
        assert not state.books_for(who, customer)
    assert not state.books_for(OTHER, UNIVERSITY)
    assert not _folded(FORMED, JOINED, DISSOLVED).books_for(LEADER, UNIVERSITY)
    assert not _folded(FORMED, JOINED, MemberLeft(user=MEMBER, reason="毕业")).books_for(MEMBER, UNIVERSITY)


def test_a_members_own_terms_stand_before_the_groups() -> None:
    state = _folded(FORMED, JOINED, _limit(None, "monthly", 100), _limit(None, "yearly", 900))
    assert state.limits_of(MEMBER) == {"monthly": 100, "yearly": 900}
    assert state.limits_of(LEADER) == {}
    own = _folded(FORMED, JOINED, _limit(None, "monthly", 100), _limit(MEMBER, "monthly", 300))
    assert own.limits_of(MEMBER) == {"monthly": 300}
    back = _folded(
        FORMED, JOINED, _limit(None, "monthly", 100), _limit(MEMBER, "monthly", 300), _limit(MEMBER, "monthly", None)
    )
    assert back.limits_of(MEMBER) == {"monthly": 100}


def test_an_exempt_member_and_one_asked_alone() -> None:
    everybody = _demand(None, demanded=True)
    assert _folded(FORMED, JOINED, everybody).demand_for(MEMBER) == Demand(demanded=True)
    assert _folded(FORMED, JOINED, everybody).demand_for(LEADER) is None
    assert _folded(FORMED, JOINED, everybody, _demand(MEMBER, demanded=False)).demand_for(MEMBER) is None
    again = _folded(FORMED, JOINED, everybody, _demand(MEMBER, demanded=False), _demand(MEMBER, demanded=None))
    assert again.demand_for(MEMBER) is not None
    assert _folded(FORMED, JOINED, _demand(MEMBER, demanded=True)).demand_for(MEMBER) is not None
    given(GROUP, FORMED).when(grouping.demand_approval, _demand(None, demanded=None)).then_refused(
        "parties.demand_of_the_group"
    )
    exempt = ApprovalDemanded(member=None, demanded=False, exempt_up_to_fen=1)
    given(GROUP, FORMED).when(grouping.demand_approval, exempt).then_refused("parties.exempt_without_demand")
    for decision, wanted in (
        (grouping.demand_approval, _demand(OTHER, demanded=True)),
        (grouping.limit_spending, _limit(OTHER, "monthly", 1)),
    ):
        given(GROUP, FORMED).when(decision, wanted).then_refused("parties.not_a_member")


def test_a_dissolved_group_changes_no_more() -> None:
    steps: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (grouping.change_leader, (MEMBER, user()), {"reason": "轮换"}),
        (grouping.join, (OTHER, user()), {"by": LEADER, "by_leader": True}),
        (grouping.leave, (MEMBER,), {"reason": "毕业"}),
        (grouping.limit_spending, (_limit(None, "monthly", 1),), {}),
        (grouping.demand_approval, (_demand(None, demanded=True),), {}),
        (grouping.dissolve, (), {"reason": "结题"}),
    ]
    for decision, args, named in steps:
        given(GROUP, FORMED, JOINED, DISSOLVED).when(decision, *args, **named).then_refused("parties.group_dissolved")


def test_a_new_appointment_for_the_same_place_stands_for_the_old_one() -> None:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - of this test alone

    until = datetime(2026, 3, 2, tzinfo=UTC)
    first = ProxyAppointed(user=LEADER, proxy=MEMBER, until=until)
    shorter = first.model_copy(update={"until": until - timedelta(days=1)})
    here = first.model_copy(update={"resource": RESOURCE})
    state = PROXIES.fold([first, here, shorter])
    assert isinstance(state, Proxies)
    assert len(state.appointments) == 2
    assert state.acts(MEMBER, UNIT, RESOURCE, until - timedelta(seconds=1))
    assert not state.acts(MEMBER, UNIT, UNIT, until - timedelta(days=1))
    assert not state.acts(MEMBER, UNIT, RESOURCE, until)
    gone = PROXIES.fold([first, here, ProxyDismissed(user=LEADER, proxy=MEMBER, reason="换人")])
    assert isinstance(gone, Proxies)
    assert gone.appointments == ()
    assert proxy.stands_for(UNIVERSITY, user())
    assert not proxy.stands_for(ENTERPRISE, user())


def _folded(*events: Any) -> Group:  # noqa: ANN401 - events of the group
    state = GROUP.fold(events)
    assert state is not None
    return state


def test_what_stands_already_is_not_set_again() -> None:
    """An event that changes nothing would be told to everybody as a change."""
    limit, demand = _limit(MEMBER, "monthly", 500_000), _demand(MEMBER, demanded=True)
    known = (FORMED, JOINED, limit, demand)
    lifted, fallen_back = _limit(None, "monthly", None), _demand(MEMBER, demanded=None)
    for decide, again, past in (
        (grouping.limit_spending, limit, known),
        (grouping.limit_spending, lifted, known),
        (grouping.demand_approval, demand, known),
        (grouping.demand_approval, fallen_back, (FORMED, JOINED)),
    ):
        given(GROUP, *past).when(decide, again).then_refused("parties.nothing_changed")
    given(GROUP, *known).when(grouping.limit_spending, _limit(MEMBER, "yearly", 500_000)).then(
        _limit(MEMBER, "yearly", 500_000)
    )
    given(GROUP, *known).when(grouping.demand_approval, fallen_back).then(fallen_back)


def _limit(member: UUID | None, period: Any, fen: int | None) -> SpendingLimited:  # noqa: ANN401 - a period
    return SpendingLimited(member=member, period=period, limit_fen=fen)


def _demand(member: UUID | None, *, demanded: bool | None) -> ApprovalDemanded:
    return ApprovalDemanded(member=member, demanded=demanded)
