# SPDX-License-Identifier: Apache-2.0
"""What each rule of a request said when it was judged: the numbers published then beside those of the request."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.reservations.opened import hours_on
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from application.reservations.judged import Judged
    from domain.kernel.house_rules import HouseRules
    from domain.reservations.rules.lead_time import Item

Values = dict[str, object]


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
