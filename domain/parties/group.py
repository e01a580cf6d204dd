# SPDX-License-Identifier: Apache-2.0
"""A group of users of one legal person under a leader, who decides what its members may book and spend."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from domain.kernel.event import Aggregate
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
    from collections.abc import Callable
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Demand:
    """When the leader wants to approve a booking; quotes up to `exempt_up_to_fen` need no approval."""

    demanded: bool
    exempt_up_to_fen: int | None = None
    limit_hours: int | None = None
    on_time_out: Literal["approve", "reject"] = "reject"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the leader has set, for one member or for all: fen for each period, and when to be asked."""

    limits: dict[str, int] = field(default_factory=dict)
    demand: Demand | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who books for the group; none of a legal person is an individual."""

    legal_person: UUID | None
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it stands. `members` are those beside the leader, `terms` hold where a member has none."""

    legal_person: UUID
    name: str
    leader: UUID
    members: dict[UUID, Member] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    dissolved: bool = False

    def has(self, user: UUID) -> bool:
        """Whether the user leads the group or belongs to it."""
        return user == self.leader or user in self.members

    def books_for(self, user: UUID, customer: UUID | None) -> bool:
        """Whether a user who works for `customer` now may book for the group; who has gone elsewhere may not."""
        if self.dissolved:
            return False
        if user == self.leader:
            return customer == self.legal_person
        member = self.members.get(user)
        return member is not None and member.legal_person == customer

    def limits_of(self, user: UUID) -> dict[str, int]:
        """What the user may spend in each period, in fen; the leader spends without limit."""
        member = self.members.get(user)
        return {**self.terms.limits, **member.terms.limits} if member else {}

    def demand_for(self, user: UUID) -> Demand | None:
        """When the leader wants to be asked about the user's bookings; never about the leader's own."""
        member = self.members.get(user)
        if member is None:
            return None
        demand = member.terms.demand or self.terms.demand
        return demand if demand is not None and demand.demanded else None


Change = GroupFormed | LeaderChanged | MemberJoined | MemberLeft | SpendingLimited | ApprovalDemanded | GroupDissolved


def evolve(state: Group | None, event: Change) -> Group:
    """The group after an event."""
    if isinstance(event, GroupFormed):
        return Group(event.legal_person, event.name, event.leader)
    assert state is not None
    match event:
        case LeaderChanged() | MemberJoined() | MemberLeft():
            return _with_people(state, event)
        case SpendingLimited():
            return _with_terms(state, event.member, lambda terms: _limited(terms, event))
        case ApprovalDemanded():
            return _with_terms(state, event.member, lambda terms: replace(terms, demand=_demand(event)))
        case GroupDissolved():
            return replace(state, dissolved=True)


def _with_people(state: Group, event: LeaderChanged | MemberJoined | MemberLeft) -> Group:
    gone = event.leader if isinstance(event, LeaderChanged) else event.user
    others = {user: member for user, member in state.members.items() if user != gone}
    match event:
        case LeaderChanged():
            return replace(state, leader=event.leader, members={**others, event.former: Member(state.legal_person)})
        case MemberJoined():
            return replace(state, members={**others, event.user: Member(event.legal_person)})
        case MemberLeft():
            return replace(state, members=others)


def _with_terms(state: Group, user: UUID | None, change: Callable[[Terms], Terms]) -> Group:
    if user is None:
        return replace(state, terms=change(state.terms))
    member = state.members[user]
    return replace(state, members={**state.members, user: replace(member, terms=change(member.terms))})


def _limited(terms: Terms, event: SpendingLimited) -> Terms:
    others = {period: limit for period, limit in terms.limits.items() if period != event.period}
    return replace(terms, limits=others if event.limit_fen is None else {**others, event.period: event.limit_fen})


def _demand(event: ApprovalDemanded) -> Demand | None:
    if event.demanded is None:
        return None
    return Demand(event.demanded, event.exempt_up_to_fen, event.limit_hours, event.on_time_out)


GROUP = Aggregate(
    "parties.Group",
    evolve,
    (GroupFormed, LeaderChanged, MemberJoined, MemberLeft, SpendingLimited, ApprovalDemanded, GroupDissolved),
)
