# SPDX-License-Identifier: Apache-2.0
"""A use, a no-show or a late cancellation becomes a service order (lifecycle 6.5, ruling 8.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.billing.pricing import charge_for, is_plain
from domain.billing.charge_events import UsePriced
from domain.billing.delivering import deliver
from domain.billing.events import ServiceOrderOpened
from domain.billing.order import ORDER
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from application.work import Work
    from domain.billing.events import OrderKind
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation
    from domain.resources.explained import Use
    from domain.resources.resource import Resource


def open_order(
    work: Work, reservation_id: UUID, reservation: Reservation, *, kind: OrderKind, used_on: date, use: Use
) -> UUID:
    """Open the order of a reservation and deliver its quantities; return the order's id.

    One order a kind and reservation, by a claim. The charge is the lower of the quote and the fee standard of the
    day of use, for the quantity used (ruling 8.2). Only a service carries the voucher on (ruling 8.8).
    """
    resource = work.load(RESOURCE, reservation.resource).state
    opened = ServiceOrderOpened(
        kind=kind,
        reservation=reservation_id,
        contract=reservation.contract,
        resource=reservation.resource,
        unit=reservation.unit,
        provider=reservation.provider,
        customer=reservation.customer,
        customer_user=reservation.user,
        user_kind=reservation.user_kind,
        external=reservation.external,
        purpose=reservation.purpose,
        voucher_grant=reservation.voucher_grant if kind == "service" else None,
        quote=reservation.quote,
    )
    order = ORDER.fold([opened])
    assert order is not None, "an order was just opened"
    charge = charge_for(resource, used_on, reservation.quote, use)
    delivered = deliver(order, used_on=used_on, used_minutes=use.minutes, samples=use.samples, charge=charge)
    order_id = work.new_id()
    work.append(order_id, opened, *priced_by(resource, reservation, used_on, use), *delivered)
    return order_id


def priced_by(
    resource: Resource,
    reservation: Reservation,
    used_on: date,
    use: Use,
    *,
    again: bool = False,
    named: str | None = None,
) -> list[Event]:
    """What the charge rests on beside quantities, where there is anything; the fund card goes with it onto the bill.

    `again` where it was said before, so that a correction never rests on what no longer holds; `named` is the fund card
    named since.
    """
    card = named or (reservation.judged.fund_card if reservation.judged else None)
    plain = card is None and is_plain(resource, used_on, reservation.quote, use)
    if use.start is None or (plain and not again):
        return []
    return [
        UsePriced(
            start=use.start,
            booked=use.booked,
            facts=use.facts,
            fund_card=card,
            project_type=reservation.project_type,
        )
    ]
