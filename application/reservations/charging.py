# SPDX-License-Identifier: Apache-2.0
"""From use to money: the service order that a use opens, and its charge when the record of use is corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.billing.opening import open_order, priced_by
from application.billing.pricing import charge_for, tariff_of
from domain.billing.adjusting import UNBILLED, correct
from domain.billing.order import ORDER
from domain.kernel.time import local_date
from domain.reservations.billable import billable
from domain.reservations.consumption_events import BookedTimeLost, ItemsConsumed
from domain.reservations.reservation import RESERVATION
from domain.resources.explained import NO_FACTS, Use
from domain.resources.resource import RESOURCE
from domain.resources.tariff import require_items_priced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.kernel.price_facts import PriceFacts
    from domain.reservations.events import UsageCorrected
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


def charge_use(
    work: Work,
    loaded: Loaded[Reservation],
    *,
    started_at: datetime,
    used_minutes: int,
    samples: int,
    ended_at: datetime | None = None,
    beside: Sequence[Event] = (),
) -> UUID | None:
    """Open the service order of a use, by the local day on which it began.

    Use for others always has one, also for nothing, so that service totals know it; own use only where it is charged.
    `beside` are the events that stand beside the record of use: what it consumed, what it lost.
    """
    reservation = RESERVATION.fold(beside, loaded.state)
    assert reservation is not None, "a reservation stays one"
    if not reservation.external and reservation.quote.total_fen == 0 and not reservation.consumed:
        return None
    ended_at = ended_at or started_at + timedelta(minutes=used_minutes)
    use = use_of(reservation, started_at=started_at, ended_at=ended_at, used_minutes=used_minutes, samples=samples)
    used_on = local_date(started_at)
    return open_order(work, loaded.id, reservation, kind="service", used_on=used_on, use=use)


def beside_use(items: dict[str, int] | None, lost_minutes: int) -> list[Event]:
    """What stands beside the record of a use, where something was said of it."""
    consumed: list[Event] = [] if items is None else [ItemsConsumed(items=items)]
    lost: list[Event] = [BookedTimeLost(minutes=lost_minutes)] if lost_minutes else []
    return [*consumed, *lost]


def require_items(resource: Resource, reservation: Reservation, items: dict[str, int] | None) -> None:
    """Only what the quoted fee standard prices can be charged. Raises `resources.no_price_for_item`."""
    tariff = tariff_of(resource, reservation.quote.tariff_version)
    if items and tariff is not None:
        require_items_priced(tariff, reservation.quote.user_kind, items)


def use_of(
    reservation: Reservation, *, started_at: datetime, ended_at: datetime, used_minutes: int, samples: int
) -> Use:
    """What is charged of a use, with what the request pinned for its price and the items really consumed."""
    counted = billable(reservation, started_at=started_at, ended_at=ended_at, used_minutes=used_minutes)
    facts = facts_of(reservation)
    if reservation.consumed is not None:
        facts = facts.model_copy(update={"items": reservation.consumed})
    return Use(minutes=counted.minutes, samples=samples, start=counted.start, booked=counted.booked, facts=facts)


def reserved_time(reservation: Reservation) -> Use:
    """The time reserved as if it had been used, without anything consumed: what a no-show may be charged (8.8)."""
    facts = facts_of(reservation).model_copy(update={"items": {}})
    span = reservation.span
    return Use(minutes=span.minutes, samples=reservation.samples, start=span.start, facts=facts)


def facts_of(reservation: Reservation) -> PriceFacts:
    """What the request pinned for its price."""
    return reservation.judged.price if reservation.judged else NO_FACTS


def recharge(work: Work, loaded: Loaded[Reservation], corrected: UsageCorrected) -> tuple[UUID, str] | None:
    """Let the charge follow a corrected record of use while it is not billed; its order and the state that has then.

    A bill stands as it is: it is voided or refunded on its own. None where the use has no order.
    """
    order_id = work.claims.owner("order.reservation", f"service:{loaded.id}")
    if order_id is None:
        return None
    found = work.load(ORDER, order_id)
    order, reservation = found.state, loaded.state
    if order.state not in ("opened", *UNBILLED):
        return order_id, order.state
    resource = work.load(RESOURCE, reservation.resource).state
    use = use_of(
        reservation,
        started_at=corrected.started_at,
        ended_at=corrected.ended_at,
        used_minutes=corrected.used_minutes,
        samples=corrected.samples,
    )
    used_on = local_date(corrected.started_at)
    again = order.priced is not None
    decided = [
        *priced_by(resource, reservation, used_on, use, again=again, named=order.fund_card),
        *correct(
            order,
            used_on=used_on,
            used_minutes=use.minutes,
            samples=use.samples,
            charge=charge_for(resource, used_on, reservation.quote, use),
            reason=corrected.reason,
        ),
    ]
    work.append(order_id, *decided)
    after = ORDER.fold(decided, order)
    assert after is not None, "an order stays an order"
    return order_id, after.state
