# SPDX-License-Identifier: Apache-2.0
"""Who may change a group: its leader, the staff of its legal person, those who keep the register."""

from uuid import UUID

from application.errors import NotPermitted
from application.guards import own_organisation
from application.parties.permits import KEEPERS, UNITS
from application.work import Loaded, Work
from domain.kernel.actor import Role
from domain.parties.group import GROUP, Group

STAFF = KEEPERS | UNITS
"""Those who enter groups and name leaders; a unit's staff only those of its own legal person."""
LEADERS = STAFF | {Role.USER}


def for_staff(work: Work, legal_person: UUID) -> None:
    """Refuse the staff of others. Raises `NotPermitted`."""
    if work.actor.role in UNITS:
        own_organisation(work, legal_person)


def for_leader_or_staff(work: Work, group: UUID) -> Loaded[Group]:
    """A group for its leader or the staff of its legal person. Raises `NotFound`, `NotPermitted`."""
    found = work.load(GROUP, group)
    if work.actor.role is Role.USER:
        _require_leader(work, found.state)
    for_staff(work, found.state.legal_person)
    return found


def for_leader(work: Work, group: UUID) -> Loaded[Group]:
    """A group for its leader alone: what members may spend is nobody else's business.

    Raises `NotFound`, `NotPermitted`.
    """
    found = work.load(GROUP, group)
    if work.actor.role is not Role.SYSTEM:
        _require_leader(work, found.state)
    return found


def leads(work: Work, group: Group) -> bool:
    """Whether the actor speaks as the leader."""
    return work.actor.role is Role.USER and work.actor.user == group.leader


def _require_leader(work: Work, group: Group) -> None:
    if not leads(work, group):
        raise NotPermitted(reason="leader", group=group.name)
