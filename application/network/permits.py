# SPDX-License-Identifier: Apache-2.0
"""Who takes part here, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from application.errors import NotPermitted
from application.guards import own_organisation, own_unit
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.network.broker import BROKER, registration_of
from domain.network.matching import Matcher
from domain.network.product import Base
from domain.network.site import SITE
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import INSTITUTION, UNIT
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
"""Words that may be left out."""
CENTRE = frozenset({Role.SERVICE_CENTRE, Role.SYSTEM})
"""Those who keep the network of sites and brokers (JS 7(2), 17; CQ 8(b))."""
MATCHERS = frozenset({Role.BROKER, Role.SERVICE_CENTRE})
"""Those who may record matches if they are registered, or work at a site; the system itself matches nothing."""
PROVIDERS = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION, Role.OPERATOR, Role.SYSTEM})
"""Those who offer products: units of their own, institutions and operators."""
FUNDERS = frozenset({Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT, Role.SYSTEM})
"""Those who pay operators (CQ 15.a)."""


def matcher_of(work: Work, site: UUID | None) -> Matcher:
    """The actor with their own registration and the site they name, if any. Raises `NotFound` for the site."""
    user = work.actor.user
    registration = registration_of(user)
    broker = work.find(BROKER, registration)
    return Matcher(
        user=user,
        registration=registration if broker else None,
        broker=broker.state if broker else None,
        site_id=site,
        site=work.load(SITE, site).state if site else None,
    )


def provider_of(work: Work, unit: UUID | None) -> UUID:
    """The legal person that offers: that of the actor's own unit, or the operator itself. Raises `NotPermitted`."""
    if unit is not None:
        own_unit(work, unit)
        return work.load(UNIT, unit).state.legal_person
    if work.actor.role is not Role.OPERATOR or work.actor.organisation is None:
        raise NotPermitted(reason="unit", unit="")
    return work.actor.organisation


def own_provider(work: Work, unit: UUID | None, provider: UUID) -> None:
    """The actor works for who offers. Raises `NotPermitted`."""
    if unit is not None:
        own_unit(work, unit)
    else:
        own_organisation(work, provider)


def admitted(work: Work, unit: UUID | None) -> bool:
    """False for the unit of a professional institution that is not part of the platform today (JS-19.1)."""
    if unit is None:
        return True
    state = work.load(UNIT, unit).state
    if state.kind != INSTITUTION:
        return True
    return work.load(LEGAL_PERSON, state.legal_person).state.takes_part_on(local_date(work.now))


def bases_of(work: Work, resources: tuple[UUID, ...], unit: UUID | None, provider: UUID) -> list[Base]:
    """What a product is built on, as its rules ask for it. Raises `NotFound`."""
    today = local_date(work.now)
    found = [(each, work.load(RESOURCE, each).state) for each in resources]
    return [
        Base(
            resource=each,
            at_hand=(unit is not None and state.unit == unit) or state.operates(provider, today),
            published=state.state == "published",
        )
        for each, state in found
    ]
