# SPDX-License-Identifier: Apache-2.0
"""The figures below utilisation rates: what is stored of uses, and open and rated minutes computed from intervals."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from psycopg import sql

from domain.kernel.time import Span, month_span
from domain.resources.opening import Opening
from projections.months import months_between
from projections.opened import closures_of, opened_minutes, openings_of, rated_minutes
from projections.paging import Cursor, Where, fetch
from projections.readmodel import Row

STORED = ("used_minutes", "external_minutes", "uses", "external_uses", "corrections")
COUNTED = (*STORED, "opened_minutes", "rated_minutes")
Key = tuple[UUID, UUID, date]
"""Resource, the unit that held it, month."""
Names = dict[UUID, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Base:
    """Rows of the read model that a report needs."""

    usage: list[Row]
    intervals: list[Row]
    openings: dict[UUID, list[Opening]]
    closures: dict[UUID, list[Span]]
    """What shut a resource: maintenance of every lane, and closures of its own."""
    unit_closures: dict[UUID, list[Span]]
    resources: Names
    units: Names


def read_base(
    cursor: Cursor,
    first: date,
    last: date,
    *,
    unit: UUID | None = None,
    resource: UUID | None = None,
    among: list[UUID] | None = None,
    hidden: bool,
) -> Base:
    """Read what a report over the months from `first` to `last` needs, of one resource or `among` several."""
    seen = Where().equals(resource=resource).holds("resource = ANY(%s)", among)
    if not hidden:
        seen.equals(hidden=False)
    named = _select(cursor, "utilisation_resources", seen)
    ids = [row["resource"] for row in named]
    used = Where().equals(unit=unit).holds("resource = ANY(%s)", ids).holds("month BETWEEN %s AND %s", first, last)
    held = Where().equals(unit=unit).holds("resource = ANY(%s)", ids)
    owned = Where().holds("resource = ANY(%s)", ids)
    openings = {key: openings_of(rows) for key, rows in _grouped(_select(cursor, "utilisation_openings", owned))}
    intervals = _select(cursor, "utilisation_intervals", held)
    return Base(
        usage=_select(cursor, "utilisation_usage", used),
        intervals=intervals,
        openings=openings,
        closures=_closures(cursor, ids, openings),
        unit_closures=_closures(cursor, [row["unit"] for row in intervals], {}),
        resources={row["resource"]: (row["name_zh"], row["name_en"]) for row in named},
        units={row["unit"]: (row["name_zh"], row["name_en"]) for row in _select(cursor, "utilisation_units", Where())},
    )


def figures_of(base: Base, first: date, last: date, as_of: datetime) -> dict[Key, Counter[str]]:
    """Every counted figure by resource, unit and month. Open and rated minutes end at `as_of`."""
    figures: dict[Key, Counter[str]] = defaultdict(Counter)
    rated: dict[Key, Fraction] = defaultdict(Fraction)
    for row in base.usage:
        figures[row["resource"], row["unit"], row["month"]].update({name: row[name] for name in STORED})
    for interval in base.intervals:
        resource = interval["resource"]
        openings = base.openings.get(resource, [])
        for month, published in _published(interval, first, last, as_of):
            key = (resource, interval["unit"], month)
            shut = [*base.closures.get(resource, ()), *base.unit_closures.get(interval["unit"], ())]
            figures[key]["opened_minutes"] += opened_minutes(openings, shut, published)
            rated[key] += rated_minutes(openings, published)
    for key, minutes in rated.items():
        figures[key]["rated_minutes"] = int(minutes + Fraction(1, 2))
    return figures


def minutes_by_resource(
    cursor: Cursor, resources: list[UUID], first: date, last: date, as_of: datetime
) -> dict[UUID, tuple[int, int]]:
    """Used and open minutes of each resource over all months together, for surveys of many.

    The same figures as those of a report, without its rows: months and rated minutes are not told apart.
    """
    owned = Where().holds("resource = ANY(%s)", resources)
    whole = Span(start=month_span(first.year, first.month).start, end=month_span(last.year, last.month).end)
    used = fetch(
        cursor,
        "SELECT resource, sum(used_minutes)::bigint AS minutes FROM utilisation_usage"
        " WHERE resource = ANY(%s) AND month BETWEEN %s AND %s GROUP BY resource",
        (resources, first, last),
    )
    openings = {key: openings_of(rows) for key, rows in _grouped(_select(cursor, "utilisation_openings", owned))}
    intervals = _select(cursor, "utilisation_intervals", owned)
    closures = _closures(cursor, resources, openings)
    of_units = _closures(cursor, [row["unit"] for row in intervals], {})
    opened: Counter[UUID] = Counter()
    for interval in intervals:
        key = interval["resource"]
        span = whole.clipped(interval["starts_at"], min(as_of, interval["ends_at"] or as_of))
        if span is not None:
            shut = [*closures.get(key, ()), *of_units.get(interval["unit"], ())]
            opened[key] += opened_minutes(openings.get(key, []), shut, span)
    used_by = {row["resource"]: row["minutes"] for row in used}
    return {resource: (used_by.get(resource, 0), opened[resource]) for resource in resources}


def _published(interval: Row, first: date, last: date, as_of: datetime) -> list[tuple[date, Span]]:
    """The parts of an interval that lie in each month and before `as_of`."""
    end = min(as_of, interval["ends_at"] or as_of)
    months = [(month, month_span(month.year, month.month)) for month in months_between(first, last)]
    parts = [(month, span.clipped(interval["starts_at"], end)) for month, span in months]
    return [(month, part) for month, part in parts if part is not None]


def _closures(cursor: Cursor, places: list[UUID], openings: dict[UUID, list[Opening]]) -> dict[UUID, list[Span]]:
    """What shut each resource, or each unit with all of its resources."""
    owned = Where().holds("resource = ANY(%s)", list(dict.fromkeys(places)))
    rows = [*_select(cursor, "utilisation_maintenances", owned), *_select(cursor, "utilisation_closures", owned)]
    return {key: closures_of(shut, openings.get(key, [])) for key, shut in _grouped(rows)}


def _select(cursor: Cursor, table: str, where: Where) -> list[Row]:
    query = sql.SQL("SELECT * FROM {} WHERE {}").format(sql.Identifier(table), where.sql)
    return fetch(cursor, query, where.parameters)


def _grouped(rows: list[Row]) -> list[tuple[UUID, list[Row]]]:
    grouped: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["resource"]].append(row)
    return list(grouped.items())
