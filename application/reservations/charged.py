# SPDX-License-Identifier: Apache-2.0
"""What was charged for a reservation and why: quoted version against the version of the day of use (ruling 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.billing.pricing import charge_for, price_on, tariff_of
from domain.billing.charge_events import ChargeCorrected, UsePriced
from domain.billing.events import ServiceDelivered, ServiceOrderOpened
from domain.kernel.errors import DomainError
from domain.resources.explained import Use
from domain.resources.resource import RESOURCE
from domain.resources.tariff import explain_quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from application.ports import Claims, EventLog
    from domain.kernel.event import Recorded
    from domain.kernel.quote import Quote
    from domain.resources.resource import Resource

KINDS = ("service", "no_show", "late_cancel")


@dataclass(frozen=True)
class Charged:
    """One order: the last amount computed, and the two prices of which the lower one counts.

    `agrees` is false where the log does not lead to the amount stored.
    """

    order: UUID
    kind: str
    used_on: date
    used_minutes: int
    samples: int
    amount_fen: int
    version: int
    quoted_version: int
    quoted_fen: int | None
    day_fen: int | None
    agrees: bool
    recorded: tuple[Recorded, ...]


def charges_of(log: EventLog, claims: Claims, reservation: UUID, instrument: Sequence[Recorded]) -> Iterator[Charged]:
    """Every order of a reservation. Its id is found by the claim that keeps it to one a kind."""
    for kind in KINDS:
        order = claims.owner("order.reservation", f"{kind}:{reservation}")
        if order is not None:
            found = _charged(order, log.stream(order), instrument)
            if found is not None:
                yield found


def _charged(order: UUID, history: Sequence[Recorded], instrument: Sequence[Recorded]) -> Charged | None:
    opened = history[0].event
    assert isinstance(opened, ServiceOrderOpened), "an order begins with its opening"
    priced: UsePriced | None = None
    last: tuple[Recorded, ServiceDelivered | ChargeCorrected, UsePriced | None] | None = None
    for recorded in history:
        if isinstance(recorded.event, UsePriced):
            priced = recorded.event
        elif isinstance(recorded.event, ServiceDelivered | ChargeCorrected):
            last = recorded, recorded.event, priced
    if last is None or opened.quote is None:
        return None
    recorded, delivered, priced = last
    resource = RESOURCE.fold(each.event for each in instrument if each.position < recorded.position)
    assert resource is not None, "what was used was registered before"
    use = Use(minutes=delivered.used_minutes, samples=delivered.samples)
    if priced is not None:
        use = Use(
            minutes=delivered.used_minutes,
            samples=delivered.samples,
            start=priced.start,
            booked=priced.booked,
            facts=priced.facts,
        )
    charge = charge_for(resource, delivered.used_on, opened.quote, use)
    on_day = price_on(resource, delivered.used_on, opened.quote, use)
    return Charged(
        order=order,
        kind=opened.kind,
        used_on=delivered.used_on,
        used_minutes=delivered.used_minutes,
        samples=delivered.samples,
        amount_fen=delivered.amount_fen,
        version=delivered.tariff_version,
        quoted_version=opened.quote.tariff_version,
        quoted_fen=_by_quoted(resource, opened.quote, use),
        day_fen=on_day.total_fen if on_day else None,
        agrees=(charge.amount_fen, charge.tariff_version) == (delivered.amount_fen, delivered.tariff_version),
        recorded=tuple(history),
    )


def _by_quoted(resource: Resource, quote: Quote, use: Use) -> int | None:
    tariff = tariff_of(resource, quote.tariff_version)
    try:
        return explain_quote(tariff, quote.user_kind, use).quote.total_fen if tariff else None
    except DomainError:
        return None
