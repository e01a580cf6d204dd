# SPDX-License-Identifier: Apache-2.0
"""To which groups a user belongs, found from the user: whoever counts by group asks it without looking at all groups.

The groups themselves decide who books for them; this only says which of them to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from domain.kernel.event import Aggregate, Event

if TYPE_CHECKING:
    from domain.parties.group import Group


class MembershipBegan(Event):
    """The user leads a group or belongs to it from now on."""

    TYPE: ClassVar[str] = "parties.MembershipBegan"

    user: UUID
    group: UUID


class MembershipEnded(Event):
    """The user belongs to the group no more."""

    TYPE: ClassVar[str] = "parties.MembershipEnded"

    user: UUID
    group: UUID


@dataclass(frozen=True, slots=True)
class Memberships:
    """A user's groups, in the order of joining; one that was dissolved stays among them."""

    user: UUID
    groups: tuple[UUID, ...] = ()


def memberships_id(user: UUID) -> UUID:
    """The stream of a user's memberships."""
    return uuid5(user, "memberships")


def evolve(state: Memberships | None, event: MembershipBegan | MembershipEnded) -> Memberships:
    """The memberships after an event."""
    others = tuple(group for group in state.groups if group != event.group) if state else ()
    return Memberships(event.user, (*others, event.group) if isinstance(event, MembershipBegan) else others)


MEMBERSHIPS = Aggregate("parties.Memberships", evolve, (MembershipBegan, MembershipEnded))


def followed(state: Memberships | None, user: UUID, group: UUID, after: Group) -> list[Event]:
    """What a change of the group means for the user; nothing where they belong to it as before."""
    known = state is not None and group in state.groups
    belongs = after.has(user)
    if known == belongs:
        return []
    return [MembershipBegan(user=user, group=group) if belongs else MembershipEnded(user=user, group=group)]
