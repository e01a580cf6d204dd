# SPDX-License-Identifier: Apache-2.0
"""What the quantity used costs, by the quote and by the fee standard of the day of use (ruling 8.2, JS-21.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.charging import Charge, charge
from domain.resources.tariff import quote as price

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.quote import Quote
    from domain.resources.resource import Resource
    from domain.resources.tariff import Tariff


def price_on(resource: Resource, day: date, quoted: Quote, *, minutes: int, samples: int) -> Quote | None:
    """The price under the fee standard of a day for the kind of user the quote was for; None where it has none."""
    return _priced(resource.tariff_on(day), quoted.user_kind, minutes, samples)


def charge_for(resource: Resource, day: date, quoted: Quote, *, minutes: int, samples: int) -> Charge:
    """The cheaper of the quoted and the day's fee standard, both for the quantity really used."""
    version = next((tariff for tariff in resource.tariffs if tariff.version == quoted.tariff_version), None)
    as_quoted = _priced(version, quoted.user_kind, minutes, samples) or quoted
    return charge(as_quoted, price_on(resource, day, quoted, minutes=minutes, samples=samples))


def _priced(tariff: Tariff | None, user_kind: str, minutes: int, samples: int) -> Quote | None:
    if tariff is None or not any(line.user_kind == user_kind for line in tariff.lines):
        return None
    return price(tariff, user_kind, minutes=minutes, samples=samples)
