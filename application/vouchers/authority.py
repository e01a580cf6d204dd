# SPDX-License-Identifier: Apache-2.0
"""Whose public money it is: finance clerks act here only for an authority, local governments only for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import NotPermitted
from application.guards import own_organisation
from domain.kernel.actor import Role
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work

AUTHORITIES = frozenset({"government_department", "city_government"})


def of_an_authority(work: Work) -> None:
    """A finance clerk works for a department or government, never for a claimant. Raises `NotPermitted`."""
    if work.actor.role is not Role.FINANCE_CLERK:
        return
    organisation = work.actor.organisation
    if organisation is None or work.load(LEGAL_PERSON, organisation).state.kind not in AUTHORITIES:
        raise NotPermitted(reason="organisation", organisation=str(organisation))


def only_own_funds(work: Work, funder: UUID) -> None:
    """A local government disposes of its own budget only. Raises `NotPermitted`."""
    if work.actor.role is Role.LOCAL_GOVERNMENT:
        own_organisation(work, funder)
