# SPDX-License-Identifier: Apache-2.0
"""Quotas that count by group: leaving the group out opens no second counter, whichever way a request takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from application.parties.add_group_member import AddGroupMember
from application.parties.change_group_leader import ChangeGroupLeader
from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.dissolve_group import DissolveGroup
from application.parties.form_group import FormGroup
from application.parties.remove_group_member import RemoveGroupMember
from application.reservations.join_waiting_list import JoinWaitingList
from application.reservations.request_series import RequestSeries
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.transfer_reservation import TransferReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from tests.application.reservations.house import publish, quota, statements
from tests.application.reservations.lab import Lab
from tests.application.reservations.province import Province, at, span

if TYPE_CHECKING:
    from application.command import Command

GROUPED = quota("每组每周", scope="group", limit=240)


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    lab.automatic()
    publish(province, quotas=[GROUPED])
    return lab


def used(home: Province) -> dict[str, int]:
    """What is drawn of the quota, by whose counter it is."""
    with home.home.database.reading() as cursor:
        rows = cursor.execute("SELECT account, used FROM account_claims WHERE account LIKE 'quota:%'").fetchall()
    return {account.split(":")[3]: amount for account, amount in rows}


def second_group(lab: Lab) -> UUID:
    """Another group of the enterprise, which the member belongs to as well."""
    home = lab.province
    formed = home.do(FormGroup(legal_person=home.enterprise, name="薄膜课题组", leader=home.client), home.system)
    home.do(AddGroupMember(group=formed.id, user=lab.member.user), lab.leader)
    return formed.id


def refused(lab: Lab, command: Command, actor: Actor) -> DomainError:
    with pytest.raises(DomainError) as caught:
        lab.province.do(command, actor)
    return caught.value


def test_of_one_group_it_is_drawn_upon_whether_or_not_it_is_named(lab: Lab) -> None:
    asked = lab.ask(group_id=None)
    lab.ask(lab.members[1], span=span(11, 13))
    assert used(lab.province) == {str(lab.group): 240}
    judged = lab.province.state(asked.id).judged
    assert (judged.group, judged.counted_group) == (None, lab.group)
    for actor in (lab.leader, lab.member):
        with pytest.raises(DomainError, match="quota_exceeded"):
            lab.ask(actor, group_id=None, span=span(14, 15))


def test_of_several_groups_one_must_be_named_and_the_refusal_names_them(lab: Lab) -> None:
    other = second_group(lab)
    with pytest.raises(DomainError) as caught:
        lab.ask(group_id=None)
    (violation,) = caught.value.violations
    assert (violation.code, violation.field) == ("reservations.group_to_be_named", "group_id")
    assert violation.overridable_by is None
    assert violation.citation is not None
    assert violation.parameters["groups"] == f"低温物理课题组 ({lab.group}), 薄膜课题组 ({other})"
    lab.ask(group_id=other)
    assert used(lab.province) == {str(other): 120}


def test_whoever_belongs_to_none_counts_as_a_group_of_one(lab: Lab) -> None:
    alone = lab.employee()
    for hours in ((9, 11), (11, 13)):
        lab.ask(alone, group_id=None, span=span(*hours))
    assert used(lab.province) == {str(alone.user): 240}
    with pytest.raises(DomainError, match="quota_exceeded"):
        lab.ask(alone, group_id=None, span=span(14, 15))


def test_only_groups_that_the_user_may_book_for_today_are_asked(lab: Lab) -> None:
    """One left, one dissolved and one of a former employer are none of the user's."""
    home = lab.province
    other = second_group(lab)
    home.do(DissolveGroup(group=other, reason="结题"), lab.leader)
    lab.ask(group_id=None)
    assert used(home) == {str(lab.group): 120}
    home.do(RemoveGroupMember(group=lab.group, user=lab.member.user, reason="毕业"), lab.member)
    lab.ask(group_id=None, span=span(11, 12))
    assert used(home)[str(lab.member.user)] == 60
    second = lab.members[1].user
    home.do(
        ChangeUserAffiliation(user=second, user_kind="university", legal_person=home.university, reason="调离"),
        home.system,
    )
    moved = Actor(user=second, role=Role.USER, organisation=home.university)
    lab.ask(moved, group_id=None, span=span(13, 14))
    assert used(home)[str(second)] == 60


def test_a_new_leader_and_a_former_one_belong_to_the_group(lab: Lab) -> None:
    newcomer = lab.employee()
    lab.province.do(ChangeGroupLeader(group=lab.group, leader=newcomer.user, reason="轮换"), lab.leader)
    lab.ask(newcomer, group_id=None)
    lab.ask(lab.leader, group_id=None, span=span(11, 13))
    assert used(lab.province) == {str(lab.group): 240}


def test_a_move_stays_with_the_counter_it_drew_on(lab: Lab) -> None:
    """It can name no group: of whoever joined a second one meanwhile it goes on counting for the first."""
    asked = lab.ask(group_id=None)
    second_group(lab)
    longer = RescheduleReservation(reservation_id=asked.id, span=span(9, 13), reason="样品多")
    lab.province.do(longer, lab.member)
    assert used(lab.province) == {str(lab.group): 240}
    too_long = RescheduleReservation(reservation_id=asked.id, span=span(9, 14), reason="样品多")
    assert refused(lab, too_long, lab.member).codes == ("reservations.quota_exceeded",)


def test_what_was_booked_before_the_quota_moves_on_the_users_own_counter_where_groups_are_several(
    province: Province,
) -> None:
    lab = Lab(province)
    lab.automatic()
    asked = lab.ask(group_id=None)
    second_group(lab)
    publish(province, at(9, day=2), quotas=[GROUPED])
    province.do(RescheduleReservation(reservation_id=asked.id, span=span(13, 15), reason="改期"), lab.member)
    assert used(province) == {str(lab.member.user): 120}


def test_a_transfer_draws_on_the_group_of_the_new_user(lab: Lab) -> None:
    asked = lab.ask(group_id=None)
    alone = lab.employee()
    stated: dict[str, Any] = {"reservation_id": asked.id, "to_user": alone.user, "reason": "出差"}
    lab.province.do(TransferReservation(**stated), lab.member)
    assert used(lab.province) == {str(lab.group): 0, str(alone.user): 120}
    other = second_group(lab)
    stated["to_user"] = lab.member.user
    assert refused(lab, TransferReservation(**stated), alone).codes == ("reservations.group_to_be_named",)
    lab.province.do(TransferReservation(**stated, group_id=other), alone)
    assert used(lab.province) == {str(lab.group): 0, str(alone.user): 0, str(other): 120}


def test_neighbours_merge_on_the_group_that_counts_now(province: Province) -> None:
    """Booked alone and joined to a group since: the whole draws on the group's counter."""
    lab = Lab(province)
    lab.automatic()
    publish(province, quotas=[GROUPED], merge_gap_minutes=30)
    newcomer = lab.employee()
    first = lab.ask(newcomer, group_id=None)
    province.do(AddGroupMember(group=lab.group, user=newcomer.user), lab.leader)
    second = lab.ask(newcomer, group_id=None, span=span(11, 12))
    assert second.id == first.id
    assert used(province) == {str(newcomer.user): 0, str(lab.group): 180}


def test_series_and_waiting_list_ask_for_the_group_as_well(lab: Lab) -> None:
    home = lab.province
    weekly = {
        "resource_id": home.resource,
        "purpose": "scientific_research",
        "first": {"start": "2026-03-03T09:00:00", "end": "2026-03-03T11:00:00"},
        "pattern": {"frequency": "daily", "count": 3},
        "at_conflict": "skip",
    }
    waiting: dict[str, Any] = {
        "resources": (home.resource,),
        "minutes": 60,
        "earliest": at(0, day=4),
        "latest": at(0, day=9),
        "purpose": "scientific_research",
    }
    publish(home, at(9, day=2), quotas=[GROUPED], waiting_list=True)
    second_group(lab)
    assert "reservations.group_to_be_named" in refused(lab, JoinWaitingList(**waiting), lab.member).codes
    home.do(JoinWaitingList(**waiting, group_id=lab.group), lab.member)
    series = RequestSeries.model_validate(weekly)
    stopping = series.model_copy(update={"at_conflict": "stop"})
    assert set(refused(lab, stopping, lab.member).codes) == {"reservations.group_to_be_named"}
    home.do(series.model_copy(update={"group_id": lab.group}), lab.member)
    assert used(home) == {str(lab.group): 240}, "the third time of the week would pass the limit and is left out"


def test_a_request_where_a_quota_counts_by_group_costs_no_statement_more(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Groups are states in memory: with ten groups and with one, counters and the commit are all that is asked."""
    home = lab.province
    publish(home, at(9, day=2), quotas=[quota("每组每周", scope="group", limit=10**6)])
    counts = []
    for day, groups in ((3, 0), (4, 10)):
        for _ in range(groups):
            formed = home.do(
                FormGroup(legal_person=home.enterprise, name=f"组{uuid4()}", leader=home.client), home.system
            )
            home.do(AddGroupMember(group=formed.id, user=lab.member.user), lab.leader)
            home.do(RemoveGroupMember(group=formed.id, user=lab.member.user, reason="毕业"), lab.member)
        lab.ask(group_id=None, span=span(15, 16, day))
        with statements(monkeypatch) as sent:
            lab.ask(group_id=None, span=span(9, 11, day))
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 5
