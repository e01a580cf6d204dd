# SPDX-License-Identifier: Apache-2.0
"""Take an order on for a day of intake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.reservations.house import house_of
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.kernel.errors import DomainError
from domain.kernel.price_facts import PriceFacts
from domain.kernel.time import local_date
from domain.reservations.externality import price_kind
from domain.resources.resource import RESOURCE
from domain.resources.tariff import quote
from domain.samples import intake

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work
    from domain.kernel.quote import Quote
    from domain.resources.resource import Resource
    from domain.samples.order import SampleOrder

LOOKED_AHEAD = 60
"""Days among which the next free one is looked for."""


class AcceptSamples(SampleCommand):
    """Take an order on for a day; without one it is today. Where a daily intake is published, the day must have room.

    With the minutes expected on the instrument the customer is told an estimate by today's fee standard.
    """

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "intake_day": "2026-03-03", "expected_minutes": 120}}
    )

    order_id: UUID
    intake_day: date | None = None
    expected_minutes: int = Field(default=0, ge=0, le=366 * 24 * 60)


def accept_samples(command: AcceptSamples, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    applied = loaded.state.applied
    resource, today = work.load(RESOURCE, applied.resource).state, local_date(work.now)
    day = command.intake_day or today
    place, cap = _cap(work, applied.resource, resource)
    estimate = _estimate(resource, loaded.state, command.expected_minutes, today)
    decided = intake.accept(
        loaded.state,
        day=day,
        today=today,
        place=place,
        cap=cap,
        used=_used(work, place, day),
        expected_minutes=command.expected_minutes,
        estimate=estimate,
    )
    told = estimate.total_fen if estimate else None
    return finish(work, loaded, decided, intake_day=day.isoformat(), estimate_fen=told)


def _cap(work: Work, resource_id: UUID, resource: Resource) -> tuple[UUID | None, int | None]:
    """How many samples a day takes in, and whose counter counts them: the instrument's rule goes before the unit's."""
    house = house_of(work, resource)
    if house is None or house.rules.daily_sample_intake is None:
        return None, None
    own = house.resource is not None and house.resource.daily_sample_intake is not None
    return (resource_id if own else resource.unit), house.rules.daily_sample_intake


def _used(work: Work, place: UUID | None, day: date) -> dict[date, int]:
    if place is None:
        return {}
    days = [day + timedelta(days=number) for number in range(LOOKED_AHEAD + 1)]
    accounts = {each: intake.intake_account(place, each) for each in days}
    used = work.claims.used(list(accounts.values()))
    return {each: used.get(account, 0) for each, account in accounts.items()}


def _estimate(resource: Resource, order: SampleOrder, minutes: int, day: date) -> Quote | None:
    """The price for what is expected; None where no price can be told yet, which the test will say."""
    tariff = resource.tariff_on(day)
    if tariff is None:
        return None
    applied = order.applied
    kind = order.kind.user_kind if order.kind else price_kind(applied.user_kind, external=applied.external)
    try:
        return quote(
            tariff, kind, minutes=minutes, samples=applied.sample_count, facts=PriceFacts(items=dict(applied.items))
        )
    except DomainError:
        return None
