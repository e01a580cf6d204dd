# SPDX-License-Identifier: Apache-2.0
"""For whom a price is asked: anybody of a kind, or the signed-in user as they stand with the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.reading.line import wrong
from api.http.visibility import Scope
from domain.kernel.price_facts import PriceFacts
from domain.reservations.externality import is_external, price_kind
from projections import parties
from projections.standing import standings

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from api.http.reading.line import Visit
    from projections.readmodel import Row


def asker(
    visit: Visit, row: Row, user_kind: str | None, items: dict[str, int], *, use_on: date
) -> tuple[str, PriceFacts]:
    """The kind of user to price for, and what else the price of a use on a day depends on.

    Signed-in users who name their own kind are asked for as they stand with the unit; another kind is anybody's.

    Raises pydantic's ValidationError where nothing says for whom.
    """
    actor = visit.actor
    signed_in = actor is not None and visit.scope is Scope.OWN_PERSON
    person = parties.user(visit.cursor, actor.user) if actor is not None and signed_in else None
    if actor is not None and person is not None:
        external = _is_external(visit, row["legal_person"], person["legal_person"])
        own = price_kind(person["user_kind"], external=external)
        if user_kind in (None, own):
            return own, _facts(visit, row, actor.user, items, use_on)
    if user_kind is None:
        raise wrong("user_kind", "missing")
    return user_kind, PriceFacts(items=items)


def _is_external(visit: Visit, provider: UUID, customer: UUID | None) -> bool:
    return is_external(_head(visit, provider), _head(visit, customer) if customer else None)


def _head(visit: Visit, legal_person: UUID) -> UUID:
    found = parties.legal_person(visit.cursor, legal_person)
    head: UUID | None = found["head_office"] if found else None
    return head or legal_person


def _facts(visit: Visit, row: Row, user: UUID, items: dict[str, int], use_on: date) -> PriceFacts:
    rows, _ = standings(visit.cursor, user=user, unit=row["unit"], now=visit.platform.clock())
    tags = sorted({tag["tag"] for each in rows for tag in each["tags"] if _holds(tag, row["id"], visit.today)})
    minutes = sum(each["minutes"].get(str(use_on.year), 0) for each in rows)
    return PriceFacts(tags=tuple(tags), minutes_so_far=minutes, items=items)


def _holds(tag: Row, resource: UUID, today: date) -> bool:
    """Whether a tag holds today for an instrument."""
    here = tag["resource"] in (None, str(resource))
    return here and (tag["valid_until"] is None or tag["valid_until"] >= today.isoformat())
