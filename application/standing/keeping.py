# SPDX-License-Identifier: Apache-2.0
"""Whose standing an actor may look after, and where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.guards import own_unit
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from domain.parties.unit import UNIT
from domain.parties.user import USER
from domain.resources.resource import RESOURCE
from domain.standing.ids import EVERYWHERE, standing_id
from domain.standing.standing import STANDING, opened

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.kernel.event import Event
    from domain.standing.standing import Standing

STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION, Role.SYSTEM})
"""Those who look after the users of a unit of their own."""


def kept(work: Work, unit: UUID, user: UUID) -> tuple[UUID, Standing, list[Event]]:
    """The stream of a standing, its state, and the event that opens it where it is new. Raises `NotFound`.

    Commands read it before what else they name: who edits a version that is gone hears of that first.
    """
    stream = standing_id(unit, user)
    found = work.find(STANDING, stream)
    if found is None:
        work.load(USER, user)
    state, opening = opened(found.state if found else None, None if unit == EVERYWHERE else unit, user)
    return stream, state, opening


def own_users(work: Work, unit: UUID, user: UUID) -> tuple[UUID, Standing, list[Event]]:
    """The same for the staff of the unit alone, and never for themselves.

    Raises `NotFound`, `NotPermitted`, `standing.own_standing`.
    """
    own_unit(work, unit)
    require_of_another(work, user)
    found = kept(work, unit, user)
    work.load(UNIT, unit)
    return found


def require_of_another(work: Work, user: UUID, *, field: str = "user") -> None:
    """Nobody decides on a standing of their own. Raises `standing.own_standing`."""
    if user == work.actor.user:
        raise refusal("standing.own_standing", field=field)


def unit_of(work: Work, resource: UUID) -> UUID:
    """The unit that runs an instrument. Raises `NotFound`."""
    return work.load(RESOURCE, resource).state.unit


def require_of_unit(work: Work, unit: UUID, resource: UUID | None) -> None:
    """An instrument named must be one of the unit's. Raises `NotFound`, `standing.resource_of_another_unit`."""
    if resource is not None and unit_of(work, resource) != unit:
        raise refusal("standing.resource_of_another_unit", field="resource")
