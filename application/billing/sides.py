# SPDX-License-Identifier: Apache-2.0
"""Whose order it is: the provider's people act on their own unit's orders, the customer's on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.guards import own_organisation, own_unit, serves_customer
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from application.work import Work
    from domain.billing.order import Order

PROVIDERS = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
"""Who speaks for a provider."""


def provider_side(work: Work, order: Order) -> None:
    """The actor works for the order's unit or, without a unit, for its legal person. Raises `NotPermitted`."""
    if work.actor.unit is not None:
        own_unit(work, order.unit)
    else:
        own_organisation(work, order.provider)


def customer_side(work: Work, order: Order) -> None:
    """The actor is the order's user or works for its customer. Raises `NotPermitted`."""
    serves_customer(work, order.customer, order.customer_user)
