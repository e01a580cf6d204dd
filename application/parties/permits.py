# SPDX-License-Identifier: Apache-2.0
"""Who keeps the register of parties, and whose users a unit may keep itself."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from application.errors import NotPermitted
from application.guards import own_unit
from application.work import Work
from domain.kernel.actor import Role
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT
from domain.parties.user import Affiliation

WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$", max_length=500)]
"""A page on the web; nothing else becomes a link."""
KEEPERS = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.ADMINISTRATOR, Role.SYSTEM})
"""Those who register legal persons, units and users."""
UNITS = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
"""Those who act for one unit of their own."""


def may_keep_user(work: Work, *units: UUID | None) -> None:
    """A unit keeps its own users only: before and after a change. Raises `NotPermitted`."""
    if work.actor.role not in UNITS:
        return
    for unit in units:
        if unit is None:
            raise NotPermitted(reason="unit", unit="")
        own_unit(work, unit)


def affiliation_of(work: Work, legal_person: UUID | None, unit: UUID | None) -> Affiliation:
    """What the rules on affiliation ask: the organisation's kind, and whose the unit is. Raises `NotFound`."""
    return Affiliation(
        legal_person_kind=work.load(LEGAL_PERSON, legal_person).state.kind if legal_person else None,
        unit_belongs_to=work.load(UNIT, unit).state.legal_person if unit else None,
    )
