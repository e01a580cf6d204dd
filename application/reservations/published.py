# SPDX-License-Identifier: Apache-2.0
"""Which versions of what a unit publishes stand behind a broken rule, and when they were published (ruling 8.17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.parties.events import UnitHouseRulesPublished
from domain.resources.booking_events import HouseRulesPublished
from domain.resources.events import OpeningLimitPublished, OpeningPublished, TariffPublished
from domain.resources.fee_events import FeeStandardPublished

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event, Recorded

BY_LIMIT = frozenset({"reservations.too_far_ahead", "reservations.too_short_notice", "reservations.user_kind_excluded"})
NONE = "-"


@dataclass(frozen=True)
class Publication:
    """A version of something published: `what` is instrument, unit (house rules), limit, opening or tariff."""

    what: str
    version: int
    published_at: datetime


def version_of(event: Event) -> tuple[str, int] | None:
    """What an event publishes, and in which version."""
    match event:
        case HouseRulesPublished():
            return "instrument", event.rules_version
        case UnitHouseRulesPublished():
            return "unit", event.rules_version
        case OpeningLimitPublished():
            return "limit", event.limit_version
        case OpeningPublished():
            return "opening", event.opening_version
        case TariffPublished() | FeeStandardPublished():
            return "tariff", event.tariff_version
    return None


def publications(history: Iterable[Recorded]) -> dict[tuple[str, int], Publication]:
    """Everything published in the streams of an instrument and of its unit."""
    found = {}
    for recorded in history:
        said = version_of(recorded.event)
        if said:
            found[said] = Publication(*said, recorded.meta.occurred_at)
    return found


def behind(violation: Violation) -> list[tuple[str, int]]:
    """The versions that a refusal speaks of."""
    stated = violation.parameters
    named = {"instrument": stated.get("resource_rules", NONE), "unit": stated.get("unit_rules", NONE)}
    if violation.code in BY_LIMIT:
        named["limit"] = stated.get("limit", NONE)
    named["opening"] = stated.get("opening", NONE)
    return [(what, int(version)) for what, version in named.items() if version != NONE]
