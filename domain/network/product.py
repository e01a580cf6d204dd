# SPDX-License-Identifier: Apache-2.0
"""A service product made of resources by second development (JS 19.a; CQ 11(b), 15.c)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import ServiceProductChanged, ServiceProductPublished, ServiceProductWithdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Product:
    """A product as it stands."""

    provider: UUID
    name_zh: str
    name_en: str
    description: str
    base_resources: tuple[UUID, ...]
    value_added: bool
    price_text: str
    deliverable: str
    unit: UUID | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """A resource a product is built on: whether it is the provider's own or operated by it, and open to users."""

    resource: UUID
    at_hand: bool
    published: bool


Change = ServiceProductPublished | ServiceProductChanged | ServiceProductWithdrawn


def evolve(state: Product | None, event: Change) -> Product:
    """The product after an event."""
    if isinstance(event, ServiceProductPublished):
        return Product(**_stated(event))
    assert state is not None
    match event:
        case ServiceProductChanged():
            return replace(state, **_stated(event))
        case ServiceProductWithdrawn():
            return replace(state, withdrawn=True)


def _stated(event: Event) -> dict[str, Any]:
    known = {field.name for field in fields(Product)}
    return {name: value for name, value in event if name in known and value is not None}


PRODUCT = Aggregate(
    "network.ServiceProduct", evolve, (ServiceProductPublished, ServiceProductChanged, ServiceProductWithdrawn)
)


def publish(product: ServiceProductPublished, *, bases: Sequence[Base], admitted: bool) -> list[Event]:
    """Offer a product; one that adds value names what it is built on (JS 19.a; JS-19.1).

    Raises all at once `network.product_without_base`, `network.base_named_twice`, `network.base_not_at_hand`,
    `network.base_not_published`, and `network.institution_not_joined` for an institution outside the platform.
    """
    rules = Rules()
    rules.require(bool(bases) or not product.value_added, "network.product_without_base", field="base_resources")
    _require_bases(rules, bases)
    rules.require(admitted, "network.institution_not_joined", field="unit")
    rules.enforce()
    return [product]


def change(state: Product, change: ServiceProductChanged, *, bases: Sequence[Base], admitted: bool) -> list[Event]:
    """Renew particulars under the same rules. Raises `network.product_withdrawn`, `network.nothing_changed`, and these.

    `bases` are the base resources after the change.
    """
    _require_offered(state)
    after = evolve(state, change)
    rules = Rules()
    rules.require(after != state, "network.nothing_changed")
    rules.require(bool(bases) or not state.value_added, "network.product_without_base", field="base_resources")
    if change.base_resources is not None:
        _require_bases(rules, bases)
    rules.require(admitted, "network.institution_not_joined")
    rules.enforce()
    return [change]


def withdraw(state: Product, *, reason: str) -> list[Event]:
    """Offer the product no longer. Raises `network.product_withdrawn`."""
    _require_offered(state)
    return [ServiceProductWithdrawn(reason=reason)]


def _require_bases(rules: Rules, bases: Sequence[Base]) -> None:
    ids = [base.resource for base in bases]
    rules.require(len(set(ids)) == len(ids), "network.base_named_twice", field="base_resources")
    for base in bases:
        named = str(base.resource)
        rules.require(base.at_hand, "network.base_not_at_hand", field="base_resources", resource=named)
        rules.require(base.published, "network.base_not_published", field="base_resources", resource=named)


def _require_offered(state: Product) -> None:
    if state.withdrawn:
        raise refusal("network.product_withdrawn")
