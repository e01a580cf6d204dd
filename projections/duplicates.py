# SPDX-License-Identifier: Apache-2.0
"""Looking for shared facilities that may serve as well, and surveying how much each class of them is used."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from domain.kernel.time import local_date
from domain.purchasing.facilities import Candidate, Facility, Matches, Search, Usage
from domain.purchasing.likeness import MOST_LISTED, model_key, rank
from domain.purchasing.warning import ClassFigures, Survey
from projections import shared_facilities, utilisation
from projections.months import month_of
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import Row
from projections.utilisation_base import figures_of, minutes_by_resource, read_base
from projections.utilisation_rates import ratio

MONTHS = 12
AT_ONCE = 2_000
"""Resources whose figures are held in memory together."""
COUNTED = ("used_minutes", "external_minutes", "opened_minutes", "rated_minutes")


def duplicates(cursor: Cursor, search: Search, as_of: datetime) -> Matches:
    """All that resembles what is sought, counted; the first fifty with their reasons and their utilisation.

    The caller reads in a transaction of one snapshot, so that the position is that of every figure.
    """
    ranked = rank(search, _alike(cursor, search))
    listed = ranked[:MOST_LISTED]
    usage = usage_of(cursor, [candidate.resource for candidate in listed], as_of)
    return Matches(
        count=len(ranked),
        candidates=tuple(_with_usage(candidate, usage) for candidate in listed),
        position=_position(cursor),
    )


def usage_of(cursor: Cursor, resources: list[UUID], as_of: datetime) -> dict[UUID, Usage]:
    """The utilisation of each resource over the last twelve months, that of `as_of` included (A28, ruling 8.25)."""
    first, last = last_months(as_of)
    return {
        resource: _usage(figures, first, last)
        for resource, figures in _figures(cursor, resources, first, last, as_of).items()
    }


def survey(cursor: Cursor, least_instruments: int, as_of: datetime) -> Survey:
    """The figures of every class with at least so many published instruments, over the last twelve months."""
    first, last = last_months(as_of)
    found = fetch(
        cursor,
        "SELECT class_code, array_agg(resource ORDER BY resource) AS resources FROM shared_facilities"
        " WHERE published AND class_code <> '' GROUP BY class_code HAVING count(*) >= %s ORDER BY class_code",
        (least_instruments,),
    )
    members: dict[str, list[UUID]] = {row["class_code"]: row["resources"] for row in found}
    class_of = {resource: code for code, resources in members.items() for resource in resources}
    used, opened = Counter[str](), Counter[str]()
    for some in _in_parts(list(class_of)):
        for resource, minutes in minutes_by_resource(cursor, some, first, last, as_of).items():
            used[class_of[resource]] += minutes[0]
            opened[class_of[resource]] += minutes[1]
    classes = tuple(ClassFigures(code, len(resources), used[code], opened[code]) for code, resources in members.items())
    return Survey(classes, _month(first), _month(last), _position(cursor))


def last_months(as_of: datetime) -> tuple[date, date]:
    """The first and the last of the twelve months that end with the present one."""
    last = month_of(local_date(as_of))
    months = last.year * 12 + last.month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1), last


def _alike(cursor: Cursor, search: Search) -> list[Facility]:
    classes = [item.class_code for item in search.items if item.class_code]
    models = [key for item in search.items if (key := model_key(item.model))]
    if not classes and not models:
        return []
    rows = fetch(
        cursor,
        'SELECT * FROM shared_facilities WHERE published AND (class_code COLLATE "C" = ANY(%s)'
        ' OR model_key COLLATE "C" = ANY(%s))',
        (classes, models),
    )
    return [_facility(row) for row in rows]


def _facility(row: Row) -> Facility:
    names = (row["name_zh"], row["name_en"], *row["aliases"])
    plain = ("resource", "unit", "model", "class_code", "city", "district", "original_value_fen")
    return Facility(names=tuple(filter(None, names)), **{name: row[name] for name in plain})


def _figures(
    cursor: Cursor, resources: list[UUID], first: date, last: date, as_of: datetime
) -> dict[UUID, Counter[str]]:
    """A published resource without any use has figures too: its open minutes."""
    base = read_base(cursor, first, last, among=resources, hidden=False)
    totals = {resource: Counter[str]() for resource in resources}
    for (resource, _unit, _in), figures in figures_of(base, first, last, as_of).items():
        totals[resource].update(figures)
    return totals


def _usage(figures: Counter[str], first: date, last: date) -> Usage:
    return Usage(
        first_month=_month(first),
        last_month=_month(last),
        utilisation=ratio(figures["used_minutes"], figures["opened_minutes"]),
        rated_utilisation=ratio(figures["used_minutes"], figures["rated_minutes"]),
        **{name: figures[name] for name in COUNTED},
    )


def _with_usage(candidate: Candidate, usage: dict[UUID, Usage]) -> Candidate:
    return candidate.model_copy(update={"usage": usage[candidate.resource]})


def _position(cursor: Cursor) -> int:
    """Up to where both read models are complete."""
    return min(position_of(cursor, name) for name in (shared_facilities.MODEL.name, utilisation.MODEL.name))


def _in_parts(resources: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(resources), AT_ONCE):
        yield resources[start : start + AT_ONCE]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
