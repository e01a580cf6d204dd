# SPDX-License-Identifier: Apache-2.0
"""Resources that may serve a demand, each with the reasons: found like in the catalogue, compared part by part.

What is compared stands in `domain.network.scoring`; this module gathers the facts of at most 60 candidates.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.kernel.time import Span, local_date, midnight
from domain.network.scoring import Candidate, Fit, Need, ranked
from domain.resources.events import OpeningPublished
from domain.resources.opening import open_spans
from domain.resources.tariff import quote
from projections.instrument_fees import tariff_of
from projections.instrument_search import Search, matching
from projections.instruments import MODEL, in_force
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import Row
from projections.search import fold

FOUND_BY_EACH = 30
MOST_CANDIDATES = 60
HORIZON, LONGEST = timedelta(days=30), timedelta(days=92)
MINUTES_OF_AN_HOUR = 60
DEFINITION = {
    "zh": (
        "推荐仅供参考，不产生任何约束。分值为各项理由之和：仪器分类（30）、名称与关键词（30，别名减半）、所在地（15）、按收费标准"
        "估算的费用是否在预算内（15）、期限前有无空档（5）、用户评价（5）；需求未写明或资源没有记录的项目不计入。"
    ),
    "en": (
        "A recommendation binds nobody. Its points are the sum of the reasons: instrument class (30), names and"
        " keywords (30, another name counts half), place (15), cost by the fee standard within budget (15), free time"
        " before the last day (5), ratings (5). What the demand does not ask, or nobody recorded, is left out."
    ),
}


@dataclass(frozen=True, slots=True)
class Recommended:
    """A resource with its fit."""

    row: Row
    fit: Fit


def recommendations(cursor: Cursor, demand: Row, now: datetime, limit: int) -> tuple[list[Recommended], int]:
    """The resources that fit a row of the demands best, and the log position."""
    need = need_of(demand)
    found_by = {word: matching(cursor, Search(text=word), FOUND_BY_EACH) for word in need.keywords}
    rows = _candidates(cursor, need, found_by)
    ids = [row["id"] for row in rows]
    occupied, ratings = _occupied(cursor, ids, now), _ratings(cursor, ids)
    candidates = [
        Candidate(
            resource=row["id"],
            class_code=row["class_code"],
            named=(named := _named(row, need)),
            aliased=_aliased(row, need, named, found_by),
            city=row["city"],
            district=row["district"],
            cost_fen=_cost(row, demand, local_date(now)),
            **_free_time(row, occupied.get(row["id"], []), demand, now),
            rating=ratings.get(row["id"]),
        )
        for row in rows
    ]
    by_id = {row["id"]: row for row in rows}
    fits = ranked(need, candidates)[:limit]
    return [Recommended(by_id[each.candidate.resource], each) for each in fits], position_of(cursor, MODEL.name)


def need_of(demand: Row) -> Need:
    """What a row of the demands asks."""
    asked = {name: demand[name] for name in ("class_code", "city", "district", "budget_fen", "needed_by")}
    return Need(keywords=tuple(demand["keywords"]), **asked)


def _candidates(cursor: Cursor, need: Need, found_by: dict[str, list[UUID]]) -> list[Row]:
    """By each keyword and by the class, one level broader where it is a full code; published ones alone."""
    classes = dict.fromkeys(code for code in (need.class_code, need.class_code[:4]) if code)
    by_class = [each for code in classes for each in matching(cursor, Search(class_prefix=code), FOUND_BY_EACH)]
    found = dict.fromkeys([*(each for ids in found_by.values() for each in ids), *by_class])
    return fetch(
        cursor,
        "SELECT i.id, i.unit, i.legal_person, i.name_zh, i.name_en, i.aliases, i.model, i.class_code, i.city,"
        " i.district, i.tariffs, i.openings, u.name_zh AS unit_name_zh, u.name_en AS unit_name_en"
        " FROM instruments i LEFT JOIN instrument_units u ON u.id = i.unit"
        " WHERE i.id = ANY(%s) AND i.state = 'published'",
        (list(found)[:MOST_CANDIDATES],),
    )


def _named(row: Row, need: Need) -> tuple[str, ...]:
    """Keywords that stand in its own names."""
    own = [fold(text) for text in (row["name_zh"], row["name_en"], *row["aliases"], row["model"])]
    return tuple(word for word in need.keywords if any(fold(word) in text for text in own))


def _aliased(row: Row, need: Need, named: tuple[str, ...], found_by: dict[str, list[UUID]]) -> tuple[str, ...]:
    """Keywords by which the catalogue finds it all the same: class, other names, pinyin; not its unit's name."""
    unit = [fold(row["unit_name_zh"] or ""), fold(row["unit_name_en"] or "")]
    others = (word for word in need.keywords if word not in named and row["id"] in found_by[word])
    return tuple(word for word in others if all(fold(word) not in text for text in unit))


def _cost(row: Row, demand: Row, day: date) -> int | None:
    """What the quantity asked for costs the kind of user that asks; None where nothing says so."""
    tariff = in_force(row["tariffs"], day)
    quantities = {"hour": demand["minutes"], "sample": demand["samples"]}
    kind = "internal" if demand["customer"] == row["legal_person"] else demand["user_kind"]
    lines = [line for line in (tariff or {"lines": []})["lines"] if line["user_kind"] == kind]
    if not lines or not any(quantities.get(line["unit"]) for line in lines):
        return None
    if tariff is not None and "standard" in tariff:
        minutes, samples = demand["minutes"] or 0, demand["samples"] or 0
        return quote(tariff_of(tariff), kind, minutes=minutes, samples=samples).total_fen
    return sum(_line_cost(line, quantities.get(line["unit"]) or 0) for line in lines)


def _line_cost(line: dict[str, Any], quantity: int) -> int:
    amount: int = line["price_fen"] * quantity
    return -(-amount // MINUTES_OF_AN_HOUR) if line["unit"] == "hour" else amount


def _occupied(cursor: Cursor, ids: list[UUID], now: datetime) -> dict[UUID, list[Row]]:
    found = fetch(
        cursor,
        "SELECT resource, lanes, held_from, held_until FROM calendar_occupancy"
        " WHERE resource = ANY(%s) AND held_until > %s ORDER BY held_from, holder",
        (ids, now),
    )
    by_resource: dict[UUID, list[Row]] = {}
    for row in found:
        by_resource.setdefault(row["resource"], []).append(row)
    return by_resource


def _ratings(cursor: Cursor, ids: list[UUID]) -> dict[UUID, int]:
    """Mean ratings in hundredths, of resources that have any."""
    found = fetch(
        cursor,
        "SELECT resource, floor(avg(rating::numeric) * 100)::int AS mean FROM reservations"
        " WHERE resource = ANY(%s) AND rating IS NOT NULL GROUP BY resource",
        (ids,),
    )
    return {row["resource"]: row["mean"] for row in found}


def _free_time(row: Row, occupied: list[Row], demand: Row, now: datetime) -> dict[str, Any]:
    """The first day with the minutes asked for free on one lane, looking until the last useful day, or 30 days."""
    stated = in_force(row["openings"], local_date(now))
    if stated is None or demand["needed_by"] is None:
        return {}
    opening = OpeningPublished.model_validate(stated)
    wanted = timedelta(minutes=min(demand["minutes"] or opening.terms.min_minutes, opening.terms.max_minutes))
    last = min(max(demand["needed_by"], local_date(now) + HORIZON), local_date(now) + LONGEST)
    open_time = open_spans(opening.windows, now, midnight(last + timedelta(days=1)))
    lanes = range(1, opening.terms.capacity + 1)
    starts = [start for lane in lanes if (start := _first_gap(open_time, occupied, lane, wanted)) is not None]
    return {"first_free": local_date(min(starts))} if starts else {"full": True}


def _first_gap(open_time: list[Span], occupied: list[Row], lane: int, wanted: timedelta) -> datetime | None:
    taken = [(each["held_from"], each["held_until"]) for each in occupied if lane in each["lanes"]]
    for span in open_time:
        start = span.start
        for begin, finish in taken:
            if start + wanted <= begin:
                break
            start = max(start, finish) if begin < span.end else start
        if start + wanted <= span.end:
            return start
    return None
