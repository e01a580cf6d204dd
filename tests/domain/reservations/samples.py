# SPDX-License-Identifier: Apache-2.0
"""A reservation as the tests of this room know it: on 2 March 2026, 09:00 to 11:00 in Shanghai."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.quote import Quote, QuoteLine
from domain.kernel.time import SHANGHAI, Span
from domain.policy import Edition
from domain.reservations.admission import admit
from domain.reservations.events import ReservationConfirmed, ReservationRequested, UsageCompleted, UsageStarted
from domain.reservations.facts import Asker, Limit, Offer, Opening, Wish
from domain.reservations.requesting import request
from tests.domain.editions import JIANGSU

RESERVATION_ID = UUID("00000000-0000-4000-8000-000000000010")
RESOURCE = UUID("00000000-0000-4000-8000-000000000001")
UNIT = UUID("00000000-0000-4000-8000-000000000002")
PROVIDER = UUID("00000000-0000-4000-8000-000000000003")
USER = UUID("00000000-0000-4000-8000-000000000004")
CUSTOMER = UUID("00000000-0000-4000-8000-000000000005")
CONTRACT = UUID("00000000-0000-4000-8000-000000000006")
GRANT = UUID("00000000-0000-4000-8000-000000000007")
STAFF = UUID("00000000-0000-4000-8000-000000000008")


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 2) -> datetime:
    """An instant of March 2026 on a Shanghai clock, in UTC."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


def span(start: datetime, end: datetime) -> Span:
    return Span(start=start, end=end)


NOW = at(12, day=1)
MORNING = span(at(9), at(11))
QUOTE = Quote(
    tariff_version=1,
    user_kind="enterprise",
    lines=(QuoteLine(kind="machine_time", quantity=Decimal(2), unit="hour", unit_price_fen=30000, amount_fen=60000),),
)
OPENING = Opening(
    version=1,
    slot_minutes=30,
    min_minutes=30,
    max_minutes=240,
    setup_minutes=10,
    cleanup_minutes=20,
    on_grid=True,
    within_hours=True,
)
WISH = Wish(span=MORNING, purpose="scientific_research", requested_by=USER)
ASKER = Asker(user=USER, user_kind="enterprise", customer=CUSTOMER, external=True, active=True)
OFFER = Offer(
    resource=RESOURCE,
    unit=UNIT,
    provider=PROVIDER,
    state="published",
    bookable=True,
    opening=OPENING,
    limit=None,
    customs_valid=True,
    price=QUOTE,
)
LIMIT = Limit(version=1)

REQUESTED = ReservationRequested(
    resource=RESOURCE,
    unit=UNIT,
    provider=PROVIDER,
    user=USER,
    user_kind="enterprise",
    customer=CUSTOMER,
    external=True,
    span=MORNING,
    held=span(at(8, 50), at(11, 20)),
    lane=1,
    purpose="scientific_research",
    use_type="use",
    project_type="research",
    service_mode="operator_assisted",
    quote=QUOTE,
    opening_version=1,
    requested_by=USER,
)
CONFIRMED = ReservationConfirmed(automatic=False)
STARTED = UsageStarted(started_at=at(9), contract=CONTRACT, operated_by=STAFF)
COMPLETED = UsageCompleted(started_at=at(9), ended_at=at(11), used_minutes=120)


def ask(
    *,
    wish: Wish = WISH,
    asker: Asker = ASKER,
    offer: Offer = OFFER,
    lane: int = 1,
    automatic: bool = False,
    edition: Edition = JIANGSU,
    now: datetime = NOW,
) -> list[Event]:
    """A request as the handler makes it: let in, then held on a lane."""
    admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=now)
    return request(admitted, lane=lane, automatic=automatic, edition=edition)


def asked(**changes: Any) -> ReservationRequested:  # noqa: ANN401 - any field of the event
    """The request with some fields changed."""
    return REQUESTED.model_copy(update=changes)


def opening(**changes: Any) -> Offer:  # noqa: ANN401 - any field of the opening
    """The offer with another opening."""
    return replace(OFFER, opening=replace(OPENING, **changes))


def limited(**changes: Any) -> Offer:  # noqa: ANN401 - any field of the limit
    """The offer under a published limit."""
    return replace(OFFER, limit=replace(LIMIT, **changes))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
