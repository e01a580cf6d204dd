# SPDX-License-Identifier: Apache-2.0
"""Forming a group of users, letting people in and out, and what its leader sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.parties.group import evolve
from domain.parties.group_events import (
    ApprovalDemanded,
    GroupDissolved,
    GroupFormed,
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    SpendingLimited,
)

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.parties.group import Group
    from domain.parties.user import User


def form(particulars: GroupFormed, leader: User) -> list[Event]:
    """Enter a group. Raises `parties.leader_not_active`, `parties.leader_of_another`."""
    _require_leader(leader, particulars.legal_person)
    return [particulars]


def change_leader(state: Group, new: UUID, user: User, *, reason: str) -> list[Event]:
    """Let somebody else of the legal person lead.

    Raises `parties.group_dissolved`, `parties.already_leader` and what `form` raises.
    """
    _require_standing(state)
    if new == state.leader:
        raise refusal("parties.already_leader", field="leader")
    _require_leader(user, state.legal_person)
    return [LeaderChanged(leader=new, former=state.leader, reason=reason)]


def join(state: Group, new: UUID, user: User, *, by: UUID, by_leader: bool) -> list[Event]:
    """Let a user of the legal person book for the group, or an individual if the leader says so.

    Raises `parties.group_dissolved`, `parties.already_member`, `parties.member_not_active`,
    `parties.member_of_another`, `parties.individual_needs_leader`.
    """
    _require_standing(state)
    rules = Rules()
    rules.require(new != state.leader and new not in state.members, "parties.already_member", field="user")
    rules.require(user.active, "parties.member_not_active", field="user")
    individual = user.legal_person is None
    rules.require(individual or user.legal_person == state.legal_person, "parties.member_of_another", field="user")
    rules.require(not individual or by_leader, "parties.individual_needs_leader", field="user")
    rules.enforce()
    return [MemberJoined(user=new, legal_person=user.legal_person, approved_by=by)]


def leave(state: Group, user: UUID, *, reason: str) -> list[Event]:
    """Let a member no longer book for the group. Raises `parties.group_dissolved`, `parties.not_a_member`."""
    _require_standing(state)
    _require_member(state, user, "user")
    return [MemberLeft(user=user, reason=reason)]


def limit_spending(state: Group, limit: SpendingLimited) -> list[Event]:
    """Set what a member, or each of them, may book in a period; what is booked already stays.

    Raises `parties.group_dissolved`, `parties.not_a_member`, `parties.nothing_changed`.
    """
    _require_standing(state)
    _require_member(state, limit.member, "member")
    _require_change(state, limit)
    return [limit]


def demand_approval(state: Group, demand: ApprovalDemanded) -> list[Event]:
    """Say when the leader wants to approve a booking.

    Raises `parties.group_dissolved`, `parties.not_a_member`, `parties.demand_of_the_group` (a group has no other
    setting to fall back on), `parties.exempt_without_demand`, `parties.nothing_changed`.
    """
    _require_standing(state)
    _require_member(state, demand.member, "member")
    rules = Rules()
    rules.require(
        demand.member is not None or demand.demanded is not None, "parties.demand_of_the_group", field="demanded"
    )
    conditions = (demand.exempt_up_to_fen, demand.limit_hours)
    rules.require(
        bool(demand.demanded) or not any(each is not None for each in conditions),
        "parties.exempt_without_demand",
        field="demanded",
    )
    rules.enforce()
    _require_change(state, demand)
    return [demand]


def _require_change(state: Group, stated: SpendingLimited | ApprovalDemanded) -> None:
    if evolve(state, stated) == state:
        raise refusal("parties.nothing_changed")


def dissolve(state: Group, *, reason: str) -> list[Event]:
    """End the group. Raises `parties.group_dissolved`."""
    _require_standing(state)
    return [GroupDissolved(reason=reason)]


def _require_standing(state: Group) -> None:
    if state.dissolved:
        raise refusal("parties.group_dissolved", field="group")


def _require_member(state: Group, user: UUID | None, name: str) -> None:
    if user is not None and user not in state.members:
        raise refusal("parties.not_a_member", field=name)


def _require_leader(user: User, legal_person: UUID) -> None:
    rules = Rules()
    rules.require(user.active, "parties.leader_not_active", field="leader")
    rules.require(user.legal_person == legal_person, "parties.leader_of_another", field="leader")
    rules.enforce()
