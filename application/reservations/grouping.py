# SPDX-License-Identifier: Apache-2.0
"""What a decision on a reservation must know of the group it is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.parties.group import GROUP
from domain.parties.membership import MEMBERSHIPS, memberships_id
from domain.reservations.facts import GroupFacts, LeaderDemand, OwnGroup

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.reservations.facts import Wish


def group_facts(work: Work, group_id: UUID | None, user: UUID, customer: UUID | None) -> GroupFacts | None:
    """The group as its leader has set it for this user; none where no group is named. Raises `NotFound`."""
    if group_id is None:
        return None
    group = work.load(GROUP, group_id).state
    demand = group.demand_for(user)
    return GroupFacts(
        group=group_id,
        name=group.name,
        leader=group.leader,
        books=group.books_for(user, customer),
        limits=group.limits_of(user),
        demand=LeaderDemand(
            exempt_up_to_fen=demand.exempt_up_to_fen, limit_hours=demand.limit_hours, on_time_out=demand.on_time_out
        )
        if demand
        else None,
    )


def own_groups(work: Work, user: UUID, customer: UUID | None, wish: Wish) -> tuple[OwnGroup, ...]:
    """Where a quota counts by group and none is named: the groups that the user may book for, from states in memory.

    A move stays with the group that it was counted for; of several it can name none any more, and counts alone.
    """
    found = work.find(MEMBERSHIPS, memberships_id(user)) if wish.group is None and wish.counted_group is None else None
    if found is None:
        return ()
    known = (work.load(GROUP, each) for each in found.state.groups)
    own = tuple(OwnGroup(each.id, each.state.name) for each in known if each.state.books_for(user, customer))
    return () if wish.moves and len(own) > 1 else own
