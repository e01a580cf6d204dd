# SPDX-License-Identifier: Apache-2.0
"""What the quantity used costs, by the quote and by the fee standard of the day of use (ruling 8.2, JS-21.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.billing.charging import Charge, by_month, charge
from domain.resources.bands import by_month as months_of
from domain.resources.explained import NO_FACTS, Use
from domain.resources.resource import RESOURCE
from domain.resources.tariff import explain_quote, items_priced
from domain.resources.tariff import quote as price

if TYPE_CHECKING:
    from datetime import date

    from application.work import Work
    from domain.billing.order import Order
    from domain.kernel.quote import Quote
    from domain.resources.resource import Resource
    from domain.resources.tariff import Tariff


def price_on(resource: Resource, day: date, quoted: Quote, use: Use) -> Quote | None:
    """The price under the fee standard of a day for the kind of user the quote was for; None where it has none."""
    return _priced(resource.tariff_on(day), quoted.user_kind, use)


def charge_for(resource: Resource, day: date, quoted: Quote, use: Use) -> Charge:
    """The cheaper of the quoted and the day's fee standard, both for what was really used, split at the month's end."""
    version = tariff_of(resource, quoted.tariff_version)
    as_quoted = _priced(version, quoted.user_kind, use) or quoted
    charged = charge(as_quoted, price_on(resource, day, quoted, use))
    return _by_month(resource, quoted.user_kind, use, charged) if _parts_months(use) else charged


def tariff_of(resource: Resource, version: int) -> Tariff | None:
    """A version of the fee standard."""
    return next((tariff for tariff in resource.tariffs if tariff.version == version), None)


def used(order: Order, *, minutes: int | None = None, samples: int | None = None) -> Use:
    """What an order is charged for, or would be with other quantities."""
    priced = order.priced
    return Use(
        minutes=order.used_minutes if minutes is None else minutes,
        samples=order.samples if samples is None else samples,
        start=priced.start if priced else None,
        booked=priced.booked if priced else None,
        facts=priced.facts if priced else NO_FACTS,
    )


def tariff_of_the_day(work: Work, order: Order) -> Quote | None:
    """The most that may be charged for an order: the fee standard of the day of use, for the quantity used."""
    if order.used_on is None or order.quote is None:
        return None
    return price_on(work.load(RESOURCE, order.resource).state, order.used_on, order.quote, used(order))


def is_plain(resource: Resource, day: date, quoted: Quote, use: Use) -> bool:
    """Whether quantities alone decide the charge: no standard in full, no items, all in one month."""
    standards = (tariff_of(resource, quoted.tariff_version), resource.tariff_on(day))
    full = any(tariff is not None and tariff.full is not None for tariff in standards)
    return not (full or use.facts.items or _parts_months(use))


def _priced(tariff: Tariff | None, user_kind: str, use: Use) -> Quote | None:
    """What a fee standard does not name is free under it."""
    if tariff is None or not tariff.serves(user_kind):
        return None
    facts = _known(tariff, user_kind, use).facts
    return price(
        tariff,
        user_kind,
        minutes=use.minutes,
        samples=use.samples,
        start=use.start,
        booked=use.booked,
        facts=facts,
    )


def _known(tariff: Tariff, user_kind: str, use: Use) -> Use:
    if not use.facts.items:
        return use
    known = items_priced(tariff, user_kind)
    items = {name: count for name, count in use.facts.items.items() if name in known}
    return replace(use, facts=use.facts.model_copy(update={"items": items}))


def _by_month(resource: Resource, user_kind: str, use: Use, charged: Charge) -> Charge:
    tariff = tariff_of(resource, charged.tariff_version)
    if tariff is None or not tariff.serves(user_kind):
        return charged
    explained = explain_quote(tariff, user_kind, _known(tariff, user_kind, use))
    return Charge(charged.tariff_version, by_month(charged.lines, [line.months for line in explained.lines]))


def _parts_months(use: Use) -> bool:
    spans = [(use.start, use.minutes)] + ([(use.booked.start, use.booked.minutes)] if use.booked else [])
    return any(start is not None and len(months_of(start, minutes)) > 1 for start, minutes in spans)
