# SPDX-License-Identifier: Apache-2.0
"""Booking for a group: who may, and how much of what the leader lets them spend is left."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from application.errors import NotFound, NotPermitted, QuotaExhausted
from application.parties.add_group_member import AddGroupMember
from application.parties.change_group_leader import ChangeGroupLeader
from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.demand_group_approval import DemandGroupApproval
from application.parties.dissolve_group import DissolveGroup
from application.parties.form_group import FormGroup
from application.parties.limit_group_spending import LimitGroupSpending
from application.parties.remove_group_member import RemoveGroupMember
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.request_reservation import RequestReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.standing.group import GroupBanned, GroupMemberBanned
from domain.standing.ids import group_standing_id
from projections.groups import group as shown
from projections.groups import groups
from tests.application.reservations.lab import Lab, publish, tick
from tests.application.reservations.province import Province, at, span

if TYPE_CHECKING:
    from application.command import Command


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    lab.automatic()
    return lab


def refused(lab: Lab, actor: Actor | None = None, **changes: Any) -> tuple[str, ...]:  # noqa: ANN401 - any field
    with pytest.raises(DomainError) as caught:
        lab.ask(actor, **changes)
    return caught.value.codes


def test_members_and_the_leader_book_for_the_group_and_nobody_else(lab: Lab) -> None:
    asked = lab.ask()
    assert lab.province.state(asked.id).judged.group == lab.group
    lab.ask(lab.leader, span=span(11, 12))
    assert refused(lab, lab.employee(), span=span(13, 14)) == ("reservations.not_in_group",)
    assert refused(lab, lab.province.individual, span=span(13, 14)) == ("reservations.not_in_group",)
    with pytest.raises(NotFound):
        lab.ask(group_id=lab.province.unit, span=span(13, 14))


def test_whoever_leaves_or_works_elsewhere_or_whose_group_is_dissolved_books_for_it_no_more(lab: Lab) -> None:
    home = lab.province
    home.do(RemoveGroupMember(group=lab.group, user=lab.member.user, reason="毕业"), lab.member)
    assert refused(lab) == ("reservations.not_in_group",)
    second = lab.members[1]
    home.do(
        ChangeUserAffiliation(user=second.user, user_kind="university", legal_person=home.university, reason="调离"),
        home.system,
    )
    moved = Actor(user=second.user, role=Role.USER, organisation=home.university)
    assert refused(lab, moved) == ("reservations.not_in_group",)
    home.do(DissolveGroup(group=lab.group, reason="结题"), lab.leader)
    assert refused(lab, lab.leader) == ("reservations.not_in_group",)


def test_an_individual_is_let_in_by_the_leader_alone(lab: Lab) -> None:
    home = lab.province
    add = AddGroupMember(group=lab.group, user=home.person)
    with pytest.raises(DomainError, match="individual_needs_leader"):
        home.do(add, home.system)
    home.do(add, lab.leader)
    assert lab.ask(home.individual).data["state"] == "confirmed"


@pytest.mark.parametrize(("limit", "passes"), [(59_999, False), (60_000, True)])
@pytest.mark.parametrize("period", ["monthly", "yearly"])
def test_no_more_than_the_leader_lets_a_member_book(lab: Lab, period: str, limit: int, *, passes: bool) -> None:
    lab.limit(limit, period)
    if passes:
        lab.ask()
        assert refused(lab, span=span(11, 12)) == ("reservations.group_spending_exceeded",)
    else:
        assert refused(lab) == ("reservations.group_spending_exceeded",)
    assert lab.ask(lab.leader, span=span(13, 17)).data["quote_fen"] == 120_000


def test_each_member_has_an_amount_of_their_own_and_a_month_begins_anew(lab: Lab) -> None:
    lab.limit(60_000)
    lab.limit(90_000, member=lab.members[1].user)
    lab.ask(span=span(9, 11, 31))
    assert refused(lab, span=span(13, 14, 31)) == ("reservations.group_spending_exceeded",)
    april = span(9, 11, 31).start.replace(day=1, month=4)
    next_month = {"start": april, "end": april.replace(hour=april.hour + 2)}
    assert lab.ask(span=next_month).data["state"] == "confirmed"
    assert lab.ask(lab.members[1], span=span(13, 16)).data["quote_fen"] == 90_000
    lab.limit(None, member=lab.members[1].user)
    assert refused(lab, lab.members[1], span=span(16, 17)) == ("reservations.group_spending_exceeded",)


def test_what_is_given_up_is_given_back_and_a_move_draws_only_the_difference(lab: Lab) -> None:
    lab.limit(90_000)
    asked = lab.ask()
    home = lab.province
    home.do(RescheduleReservation(reservation_id=asked.id, span=span(9, 12), reason="延长"), lab.member)
    with pytest.raises(DomainError, match="group_spending_exceeded"):
        home.do(RescheduleReservation(reservation_id=asked.id, span=span(9, 13), reason="延长"), lab.member)
    home.do(RescheduleReservation(reservation_id=asked.id, span=span(9, 10), reason="缩短"), lab.member)
    lab.ask(span=span(13, 15))
    home.do(CancelReservation(reservation_id=asked.id, reason="不用"), lab.member)
    assert lab.ask(span=span(15, 16)).data["state"] == "confirmed"
    assert refused(lab, span=span(16, 17)) == ("reservations.group_spending_exceeded",)


def test_many_at_once_draw_no_more_than_the_leader_lets_them(lab: Lab) -> None:
    lab.limit(120_000)
    outcomes: list[str] = []

    def ask(hour: int) -> None:
        try:
            lab.ask(span=span(hour, hour + 1))
            outcomes.append("in")
        except (DomainError, QuotaExhausted):
            outcomes.append("out")

    threads = [Thread(target=ask, args=(hour,)) for hour in range(8, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] * 4 + ["out"] * 4


def test_the_unit_sets_aside_that_no_group_was_named_but_never_what_the_leader_has_set(lab: Lab) -> None:
    publish(lab.province, approval=[{"approver": "group_leader"}])
    assert refused(lab, group_id=None) == ("reservations.group_needed",)
    stated: dict[str, Any] = {
        "resource_id": lab.province.resource,
        "span": span(),
        "purpose": "scientific_research",
        "on_behalf_of": lab.member.user,
    }
    let_in = RequestReservation(**stated, overrides={"reservations.group_needed": "本周停机后优先补测"})
    assert lab.province.do(let_in, lab.province.manager).data["state"] == "confirmed"
    lab.limit(1)
    asked = RequestReservation(
        **{**stated, "span": span(13, 15), "group_id": lab.group},
        overrides={"reservations.group_spending_exceeded": "本周停机"},
    )
    with pytest.raises(DomainError) as caught:
        lab.province.do(asked, lab.province.manager)
    assert set(caught.value.codes) == {"reservations.group_spending_exceeded", "reservations.not_overridable"}


def test_a_banned_group_keeps_its_members_from_booking_for_it(lab: Lab) -> None:
    home = lab.province
    publish(home, conduct={"group_ban_members": 1})
    stream, until = group_standing_id(home.unit, lab.group), at(12, day=20)
    ban = GroupMemberBanned(unit=home.unit, group=lab.group, user=lab.members[1].user, ban=lab.group, until=until)
    banned = GroupBanned(
        unit=home.unit,
        group=lab.group,
        members=(lab.members[1].user,),
        threshold=1,
        until=until,
        unit_rules=None,
        resource_rules=1,
    )
    home.seed(stream, ban, banned)
    assert refused(lab) == ("reservations.banned",)
    assert lab.ask(group_id=None).data["state"] == "confirmed"


def test_who_keeps_a_group(lab: Lab) -> None:
    home = lab.province
    stranger, newcomer = lab.employee(), lab.employee()
    other_staff = home.manager
    commands: list[Command] = [
        ChangeGroupLeader(group=lab.group, leader=newcomer.user, reason="轮换"),
        AddGroupMember(group=lab.group, user=newcomer.user),
        RemoveGroupMember(group=lab.group, user=lab.members[1].user, reason="毕业"),
        LimitGroupSpending(group=lab.group, period="monthly", limit_fen=1),
        DemandGroupApproval(group=lab.group, demanded=True),
        DissolveGroup(group=lab.group, reason="结题"),
    ]
    for command in commands:
        for actor in (stranger, lab.member, other_staff):
            with pytest.raises(NotPermitted):
                home.do(command, actor)
    with pytest.raises(NotPermitted):
        home.do(FormGroup(legal_person=home.enterprise, name="另一组", leader=stranger.user), other_staff)
    with pytest.raises(DomainError, match="leader_of_another"):
        home.do(FormGroup(legal_person=home.university, name="另一组", leader=stranger.user), other_staff)
    formed = home.do(FormGroup(legal_person=home.university, name="校内组", leader=home.staff), other_staff)
    with pytest.raises(NotPermitted):
        home.do(LimitGroupSpending(group=formed.id, period="monthly", limit_fen=1), other_staff)
    for command in commands[1:]:
        home.do(command, lab.leader)


def test_lists_of_groups_and_members(lab: Lab) -> None:
    lab.limit(60_000, member=lab.member.user)
    lab.province.do(RemoveGroupMember(group=lab.group, user=lab.members[1].user, reason="毕业"), lab.leader)
    newcomer = lab.employee()
    lab.province.do(ChangeGroupLeader(group=lab.group, leader=newcomer.user, reason="轮换"), lab.leader)
    tick(lab.province, at(13, day=2))
    with lab.province.home.database.reading() as cursor:
        for person, count in ((lab.member, 1), (lab.members[1], 0), (newcomer, 1), (lab.leader, 1)):
            assert len(groups(cursor, person=person.user).rows) == count
        row = shown(cursor, lab.group)
        assert row is not None
        assert row["leader"] == newcomer.user
        here = {each["user_id"]: each["limits"] for each in row["members"] if each["left_at"] is None}
        assert here == {lab.member.user: {"monthly": 60_000}, lab.leader.user: {}}
