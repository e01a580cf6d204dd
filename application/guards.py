# SPDX-License-Identifier: Apache-2.0
"""Whose things an actor may touch. Roles are checked by the bus; these check the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import NotPermitted
from application.succession import succession
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def own_unit(work: Work, unit: UUID) -> None:
    """The actor works for this managing unit, or for the one in which it has ended. Raises `NotPermitted`."""
    actor = work.actor
    if actor.role is not Role.SYSTEM and not any(actor.unit == each for each in succession(work, unit)):
        raise NotPermitted(reason="unit", unit=str(unit))


def own_organisation(work: Work, legal_person: UUID | None) -> None:
    """The actor works for this legal person. Raises `NotPermitted`."""
    if work.actor.role is not Role.SYSTEM and (legal_person is None or work.actor.organisation != legal_person):
        raise NotPermitted(reason="organisation", organisation=str(legal_person))


def own_self(work: Work, user: UUID) -> None:
    """The actor is this person. Raises `NotPermitted`."""
    if work.actor.role is not Role.SYSTEM and work.actor.user != user:
        raise NotPermitted(reason="person", user=str(user))


def serves_customer(work: Work, customer: UUID | None, user: UUID) -> None:
    """The actor is the person concerned or of the same legal person. Raises `NotPermitted`."""
    actor = work.actor
    same_organisation = customer is not None and actor.organisation == customer
    if actor.role is not Role.SYSTEM and actor.user != user and not same_organisation:
        raise NotPermitted(reason="customer", user=str(user))
