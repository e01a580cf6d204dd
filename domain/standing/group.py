# SPDX-License-Identifier: Apache-2.0
"""How a group of users stands with a unit: where many of its members are banned, all of it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate, Event
from domain.kernel.time import Instant

if TYPE_CHECKING:
    from datetime import datetime


class GroupMemberBanned(Event):
    """A member was banned with the unit by points lost on a reservation of the group."""

    TYPE: ClassVar[str] = "standing.GroupMemberBanned"

    unit: UUID
    group: UUID
    user: UUID
    ban: UUID
    until: Instant


class GroupMemberCleared(Event):
    """A member's ban was lifted before its day."""

    TYPE: ClassVar[str] = "standing.GroupMemberCleared"

    ban: UUID


class GroupBanned(Event):
    """So many members are banned as the unit's rules say: nobody books for the group until the first is free again."""

    TYPE: ClassVar[str] = "standing.GroupBanned"

    unit: UUID
    group: UUID
    members: tuple[UUID, ...]
    threshold: int
    until: Instant
    unit_rules: int | None
    resource_rules: int | None


class GroupBanLifted(Event):
    """The ban of a group ends before its day; it stays in history with the reason."""

    TYPE: ClassVar[str] = "standing.GroupBanLifted"

    reason: str


@dataclass(frozen=True, slots=True)
class MemberBan:
    """A member's ban as the group counts it."""

    user: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A group with one unit: its members' bans, and its own if one runs."""

    unit: UUID
    group: UUID
    members: dict[UUID, MemberBan] = field(default_factory=dict)
    ban: GroupBanned | None = None


def evolve(state: GroupStanding | None, event: Event) -> GroupStanding:
    """The group's standing after one more event."""
    match event:
        case GroupMemberBanned():
            known = state or GroupStanding(event.unit, event.group)
            return replace(known, members={**known.members, event.ban: MemberBan(event.user, event.until)})
        case _:
            assert state is not None, "every history begins with a member's ban"
    match event:
        case GroupMemberCleared():
            return replace(state, members={ban: held for ban, held in state.members.items() if ban != event.ban})
        case GroupBanned():
            return replace(state, ban=event)
        case GroupBanLifted():
            return replace(state, ban=None)
        case _:
            return state


GROUP_STANDING = Aggregate(
    "standing.GroupStanding", evolve, (GroupMemberBanned, GroupMemberCleared, GroupBanned, GroupBanLifted)
)


def banned(state: GroupStanding, now: datetime) -> GroupBanned | None:
    """The ban of the group in force at a moment."""
    return state.ban if state.ban is not None and now < state.ban.until else None


def note_member(
    state: GroupStanding | None,
    member: GroupMemberBanned,
    *,
    threshold: int,
    resource_rules: int | None,
    unit_rules: int | None,
    now: datetime,
) -> list[Event]:
    """Count a member's ban; with `threshold` members banned at once the group is banned."""
    after = evolve(state, member)
    until = _until(after, now, threshold)
    standing = banned(after, now)
    if until is None or (standing is not None and until <= standing.until):
        return [member]
    return [
        member,
        GroupBanned(
            unit=member.unit,
            group=member.group,
            members=tuple(sorted(_free_at(after, now))),
            threshold=threshold,
            until=until,
            resource_rules=resource_rules,
            unit_rules=unit_rules,
        ),
    ]


def clear_member(state: GroupStanding, *, ban: UUID, reason: str, now: datetime) -> list[Event]:
    """A member's ban was lifted; the group is free again where too few are left."""
    if ban not in state.members:
        return []
    after = evolve(state, cleared := GroupMemberCleared(ban=ban))
    standing = banned(state, now)
    if standing is None or len(_free_at(after, now)) >= standing.threshold:
        return [cleared]
    return [cleared, GroupBanLifted(reason=reason)]


def lift(state: GroupStanding | None, *, reason: str, now: datetime) -> list[Event]:
    """End a group's ban before its day. Raises `standing.ban_not_in_force`."""
    if state is None or banned(state, now) is None:
        raise refusal("standing.ban_not_in_force", field="group")
    return [GroupBanLifted(reason=reason)]


def _free_at(state: GroupStanding, now: datetime) -> dict[UUID, datetime]:
    """Each banned member, with the moment from which they are free."""
    free: dict[UUID, datetime] = {}
    for held in state.members.values():
        if now < held.until:
            free[held.user] = max(held.until, free.get(held.user, held.until))
    return free


def _until(state: GroupStanding, now: datetime, threshold: int) -> datetime | None:
    """Until when at least `threshold` members are banned at once; None where fewer are now."""
    ends = sorted(_free_at(state, now).values(), reverse=True)
    return ends[threshold - 1] if len(ends) >= threshold else None
