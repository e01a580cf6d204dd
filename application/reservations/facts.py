# SPDX-License-Identifier: Apache-2.0
"""Gathers what other rooms know for a decision on a reservation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.reservations.closures import closed_for
from domain.contracts.contract import CONTRACT
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError, refusal
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import INSTITUTION, UNIT
from domain.parties.user import USER
from domain.reservations.externality import is_external, price_kind
from domain.reservations.facts import Asker, Limit, Offer, Opening
from domain.reservations.judgement import price_facts
from domain.resources.opening import on_grid, within_opening
from domain.resources.tariff import quote
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from application.work import Work
    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.facts import Wish
    from domain.resources.resource import Resource

INSTANT = timedelta(microseconds=1)


def asker_of(work: Work, user_id: UUID, resource: Resource, *, voucher_grant: UUID | None) -> Asker:
    """The user as a decision sees them. Raises `NotFound`."""
    user = work.load(USER, user_id).state
    actor = work.actor
    speaks_for_himself = actor.user == user_id and actor.role is not Role.SYSTEM
    owners = (user.legal_person, user_id)
    return Asker(
        user=user_id,
        user_kind=user.user_kind,
        customer=user.legal_person,
        external=_external(work, resource.legal_person, user.legal_person),
        active=user.active,
        belongs=not speaks_for_himself or actor.organisation == user.legal_person,
        owns_voucher=voucher_grant is None or work.load(GRANT, voucher_grant).state.beneficiary in owners,
    )


def _external(work: Work, provider: UUID, customer: UUID | None) -> bool:
    if customer is None:
        return True
    if customer == provider:
        return False
    return is_external(_head(work, provider), _head(work, customer))


def _head(work: Work, legal_person: UUID) -> UUID:
    """The legal person itself, or the head office of a branch (ruling 8.20)."""
    return work.load(LEGAL_PERSON, legal_person).state.head_office or legal_person


def offer_of(work: Work, resource_id: UUID, resource: Resource, wish: Wish, asker: Asker, edition: Edition) -> Offer:
    """What the provider offers this user for the span asked for."""
    day = local_date(wish.span.start)
    closed, closed_lanes = closed_for(work, resource, wish.span)
    return Offer(
        resource=resource_id,
        unit=resource.unit,
        provider=resource.legal_person,
        state=resource.state,
        bookable=resource.bookable,
        provider_takes_part=takes_part(work, resource, day, external=asker.external),
        opening=_opening(resource, wish.span),
        limit=_limit(resource),
        customs_valid=customs_valid(resource, wish.span, edition),
        price=_price(resource, asker, wish, day),
        contract_covers=_covers(work, resource_id, resource, wish, asker, day),
        closed=closed,
        closed_lanes=closed_lanes,
    )


def customs_valid(resource: Resource, span: Span, edition: Edition) -> bool:
    """Whether a duty-free import may be used on the days of a span; true where no condition is asked for (CQ 18)."""
    needed = resource.duty_free and edition.optional("resource.duty_free_needs_customs_condition")
    days = {local_date(span.start), local_date(span.end - INSTANT)}
    return not needed or all(resource.customs_valid_on(day) for day in days)


def takes_part(work: Work, resource: Resource, day: date, *, external: bool) -> bool:
    """False where a professional institution would serve others on a day before it joins or after it left (JS-19.1)."""
    if not external or work.load(UNIT, resource.unit).state.kind != INSTITUTION:
        return True
    return work.load(LEGAL_PERSON, resource.legal_person).state.takes_part_on(day)


def _opening(resource: Resource, span: Span) -> Opening | None:
    opening = resource.opening_on(local_date(span.start))
    if opening is None:
        return None
    terms = opening.terms
    return Opening(
        version=opening.version,
        slot_minutes=terms.slot_minutes,
        min_minutes=terms.min_minutes,
        max_minutes=terms.max_minutes,
        setup_minutes=terms.setup_minutes,
        cleanup_minutes=terms.cleanup_minutes,
        on_grid=on_grid(opening, span),
        within_hours=within_opening(opening, span),
    )


def _limit(resource: Resource) -> Limit | None:
    limit = resource.limit
    if limit is None:
        return None
    return Limit(
        version=limit.version,
        excluded_user_kinds=limit.excluded_user_kinds,
        earliest_minutes_before=limit.earliest_minutes_before,
        latest_minutes_before=limit.latest_minutes_before,
        grace_minutes=limit.grace_minutes,
        no_show_charge=limit.no_show_charge,
    )


def cancel_minutes_before(resource: Resource, limit_version: int | None) -> int | None:
    """The last moment to cancel by the limit published before the request (ruling 8.17)."""
    found = (limit.cancel_minutes_before for limit in resource.limits if limit.version == limit_version)
    return next(found, None)


def _price(resource: Resource, asker: Asker, wish: Wish, day: date) -> Quote | DomainError:
    tariff = resource.tariff_on(day)
    if tariff is None:
        return refusal("reservations.no_fee_standard_published", field="resource_id")
    try:
        kind = wish.price_kind or price_kind(asker.user_kind, external=asker.external)
        facts = price_facts(asker.conduct, wish)
        return quote(tariff, kind, minutes=wish.span.minutes, samples=wish.samples, start=wish.span.start, facts=facts)
    except DomainError as refused:
        return refused


def _covers(work: Work, resource_id: UUID, resource: Resource, wish: Wish, asker: Asker, day: date) -> bool | None:
    if wish.contract is None:
        return None
    contract = work.load(CONTRACT, wish.contract).state
    return contract.covers(resource_id, asker.customer, asker.user, day, unit=resource.unit)
