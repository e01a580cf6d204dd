# SPDX-License-Identifier: Apache-2.0
"""What each rule of a request said when it was judged: the numbers published then beside those of the request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from application.reservations.opened import hours_on
from domain.kernel.house_rules import HouseRules, merged
from domain.kernel.time import local_date
from domain.reservations.rules import AHEAD_ONLY
from domain.reservations.rules.lead_time import lead_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.reservations.judged_events import RequestJudged
    from domain.reservations.reservation import Reservation
    from domain.reservations.rules.lead_time import Bound, Item
    from domain.resources.opening import Opening
    from domain.resources.resource import Resource
    from domain.resources.state import OpeningLimit

Values = dict[str, object]
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


def values_of(rule: str, judged: Judged) -> list[Values]:
    """What a rule said, once or several times; nothing where its name says it all or it was not published."""
    told = _TOLD.get(rule)
    return told(judged) if told and judged.verdict(rule) != "not_judged" else []


def _future(judged: Judged) -> list[Values]:
    return [{"start": judged.span.start, "asked_at": judged.at}]


def _opening(judged: Judged) -> list[Values]:
    opening = judged.opening
    if opening is None:
        return []
    return [{"version": opening.version, "windows": hours_on(opening, local_date(judged.span.start))}]


def _grid(judged: Judged) -> list[Values]:
    return [{"slot_minutes": judged.opening.terms.slot_minutes}] if judged.opening else []


def _length(judged: Judged) -> list[Values]:
    if judged.opening is None:
        return []
    terms = judged.opening.terms
    return [{"minutes": judged.span.minutes, "least": terms.min_minutes, "most": terms.max_minutes}]


def _kept(judged: Judged) -> list[Values]:
    return [
        {"band": band.name, "tags": ", ".join(band.open_to_tags)} for band in judged.house.bands if band.open_to_tags
    ]


def _limit(judged: Judged) -> list[Values]:
    limit = judged.limit
    if limit is None:
        return []
    excluded = tuple(limit.excluded_user_kinds)
    return [{"version": limit.version, "user_kind": judged.reservation.user_kind, "excluded": ", ".join(excluded)}]


def _lead(item: Item) -> Callable[[Judged], list[Values]]:
    def told(judged: Judged) -> list[Values]:
        bound = judged.lead(item)
        ahead = (judged.span.start - judged.at) // timedelta(minutes=1)
        return [{"ahead_minutes": ahead, "minutes": bound.minutes, "level": bound.level}] if bound else []

    return told


def _bounds(judged: Judged) -> list[Values]:
    return [
        {
            "band": each.band,
            "least": each.min_minutes,
            "most": each.max_minutes,
            "step": each.step_minutes,
            "align": each.align_minutes,
            "minutes": judged.span.minutes,
        }
        for each in judged.house.lengths
    ]


def _quotas(judged: Judged) -> list[Values]:
    draws = judged.judged.draws if judged.judged else ()
    return [
        {"quota": draw.quota, "amount": draw.amount, "cap": draw.cap, "period": draw.account.split(":")[-2]}
        for draw in draws
    ]


def _accessories(judged: Judged) -> list[Values]:
    held = judged.judged.accessories if judged.judged else ()
    return [{"accessory": each.name, "piece": each.piece} for each in held]


def _questions(judged: Judged) -> list[Values]:
    answers = judged.reservation.answers
    return [{"question": each, "answer": answers.get(each, "")} for each in judged.house.questions]


def _stated(name: str, value: Callable[[HouseRules], object]) -> Callable[[Judged], list[Values]]:
    """One item of the house rules, where it says anything."""

    def told(judged: Judged) -> list[Values]:
        stated = value(judged.house)
        return [{name: stated}] if stated not in (None, (), "") else []

    return told


_TOLD: dict[str, Callable[[Judged], list[Values]]] = {
    "hours.in_future": _future,
    "hours.opening_hours": _opening,
    "hours.grid": _grid,
    "hours.opening_length": _length,
    "hours.open_to_tags": _kept,
    "limit.user_kind": _limit,
    "lead.earliest": _lead("earliest_minutes"),
    "lead.latest": _lead("latest_minutes"),
    "person.purpose": lambda judged: [{"purpose": judged.reservation.purpose}],
    "person.audience": lambda judged: [{"user_kind": judged.reservation.user_kind}],
    "price.priced": lambda judged: [{"version": judged.quote.tariff_version}],
    "length.bounds": _bounds,
    "use.type": _stated("allowed", lambda house: ", ".join(house.use_types) if house.use_types is not None else None),
    "use.accessories": _accessories,
    "reading.notices": _stated("notices", lambda house: "; ".join(house.must_read)),
    "reading.questions": _questions,
    "training.qualification": _stated(
        "valid_months", lambda house: house.training.valid_months if house.training else None
    ),
    "training.practice": _stated("lapse_months", lambda house: house.training.lapse_months if house.training else None),
    "conduct.feedback": _stated("hours", lambda house: house.feedback.block_after_hours if house.feedback else None),
    "conduct.ban": _stated("points", lambda house: house.conduct.ban_below if house.conduct else None),
    "quota.counters": _quotas,
}
