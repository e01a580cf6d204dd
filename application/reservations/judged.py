# SPDX-License-Identifier: Apache-2.0
"""One judgement of a reservation, with all that was in force before it: what an explanation tells rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.house_rules import HouseRules, merged
from domain.reservations.rules import AHEAD_ONLY
from domain.reservations.rules.lead_time import lead_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.reservations.judged_events import RequestJudged
    from domain.reservations.reservation import Reservation
    from domain.reservations.rules.lead_time import Bound, Item
    from domain.resources.opening import Opening
    from domain.resources.resource import Resource
    from domain.resources.state import OpeningLimit

Verdict = Literal["kept", "set_aside", "not_judged"]
WITHOUT_HOUSE_RULES = (
    "resource.published",
    "resource.bookable",
    "resource.provider_takes_part",
    "resource.customs_condition",
    "hours.in_future",
    "hours.opening_published",
    "hours.grid",
    "hours.opening_length",
    "hours.opening_hours",
    "limit.user_kind",
    "lead.earliest",
    "lead.latest",
    "person.purpose",
    "person.audience",
    "person.active",
    "person.belongs",
    "person.organisation",
    "papers.contract",
    "papers.voucher_for_others",
    "papers.voucher_owner",
    "price.priced",
)
"""What every request is judged by. Where no house rule was published this is all, and no event lists it."""


@dataclass(frozen=True)
class Judged:
    """One judgement, of the request or of a move: the reservation after it, and what was in force before it."""

    at: datetime
    span: Span
    quote: Quote
    reservation: Reservation
    resource: Resource
    unit_rules: Sequence[HouseRules]
    judged: RequestJudged | None
    set_aside: frozenset[str] = frozenset()
    """The rules that somebody set aside with it."""

    def verdict(self, rule: str) -> Verdict:
        """Set aside, not judged where the use had begun when it was entered, or kept: else it would not be there."""
        if rule in self.set_aside:
            return "set_aside"
        return "not_judged" if rule in AHEAD_ONLY and self.at >= self.span.start else "kept"

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules asked."""
        return self.judged.rules if self.judged else WITHOUT_HOUSE_RULES

    @property
    def opening(self) -> Opening | None:
        """The opening hours by which it was judged."""
        version = self.reservation.opening_version
        return next((each for each in self.resource.openings if each.version == version), None)

    @property
    def limit(self) -> OpeningLimit | None:
        """The opening limit in force at the judgement."""
        return self.resource.limit

    @property
    def here(self) -> HouseRules | None:
        """The instrument's house rules in force."""
        number = self.judged.resource_rules if self.judged else None
        return self.resource.house_rules[number - 1] if number else None

    @property
    def general(self) -> HouseRules | None:
        """The unit's house rules in force."""
        number = self.judged.unit_rules if self.judged else None
        return self.unit_rules[number - 1] if number else None

    @property
    def house(self) -> HouseRules:
        """Both together."""
        return merged(self.general, self.here)

    def lead(self, item: Item) -> Bound | None:
        """The lead time that bound."""
        limit, of_limit = self.limit, None
        if limit is not None:
            of_limit = {
                "earliest_minutes": limit.earliest_minutes_before,
                "latest_minutes": limit.latest_minutes_before,
                "cancel_minutes": limit.cancel_minutes_before,
            }.get(item)
        tags = self.judged.tags if self.judged else ()
        return lead_time(item, resource=self.here, unit=self.general, tags=tags, opening_limit=of_limit)
