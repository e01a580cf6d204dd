# SPDX-License-Identifier: Apache-2.0
"""What a unit and the province publish (JS 10, 15; CQ 14.c): rules and their execution, distribution, use, sharing.

Everything counts public resources alone. Figures are told with their definition and the log position they show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from psycopg import sql

from projections.instrument_index import PUBLIC_STATES
from projections.paging import Cursor, Where, fetch
from projections.readmodel import Row
from projections.search import class_names
from projections.utilisation_rates import Usage, Utilisation, utilisation

Dimension = Literal["type", "class", "city", "district", "unit", "state"]
COLUMNS: dict[Dimension, sql.Composable] = {
    "type": sql.Identifier("type"),
    "class": sql.SQL("left(class_code, 2)"),
    "city": sql.Identifier("city"),
    "district": sql.SQL("concat_ws(' ', nullif(city, ''), nullif(district, ''))"),
    "unit": sql.SQL("unit::text"),
    "state": sql.Identifier("state"),
}
DEFINITION = {
    "zh": (
        "仅统计已公开（含暂停）的资源；豁免、申请豁免、退出的资源不计。实施情况：所列月份内完成的使用次数、使用机时，"
        "其中对外（其他法人单位或社会个人）的次数与机时，以及已公布收费标准、开放时间的资源数。共享状态：资源总数、"
        "可预约数、开放与暂停数、所列月份内有使用与有对外使用的资源数。利用情况按使用率定义列示两种口径（裁定 8.25）。"
    ),
    "en": (
        "Public resources alone, suspended ones included; exempt ones, ones claimed to be, and withdrawn ones do not"
        " count. Execution: uses completed and minutes used in the months named, those for others (another legal person"
        " or an outside individual) apart, and resources with a fee standard and with opening hours. Sharing status:"
        " resources in all, bookable, open and suspended, and how many were used, and used by others, in these months."
        " Utilisation is shown twice, as its own definition says (ruling 8.25)."
    ),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many public resources share a value, and how many of them can be booked."""

    value: str
    name_zh: str
    name_en: str
    resources: int
    bookable: int
    duty_free: int


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit's public catalogue shows over some months."""

    execution: Row
    distribution: dict[str, list[Share]]
    utilisation: list[Usage]
    sharing_status: Row
    definition: dict[str, str]


def distribution(cursor: Cursor, by: Dimension, *, unit: UUID | None = None) -> list[Share]:
    """Public resources by one dimension, the most frequent value first."""
    where = Where().equals(unit=unit).one_of("state", PUBLIC_STATES)
    query = sql.SQL(
        "SELECT found.*, coalesce(u.name_zh, '') AS unit_zh, coalesce(u.name_en, '') AS unit_en FROM"
        " (SELECT {} AS value, count(*) AS resources, count(*) FILTER (WHERE bookable) AS bookable,"
        " count(*) FILTER (WHERE duty_free) AS duty_free FROM instrument_index WHERE {} GROUP BY 1) AS found"
        " LEFT JOIN instrument_units u ON u.id::text = found.value ORDER BY found.resources DESC, found.value"
    ).format(COLUMNS[by], where.sql)
    return [_share(by, row) for row in fetch(cursor, query, where.parameters)]


def unit_facts(cursor: Cursor, unit: UUID, first: date, last: date, as_of: datetime) -> UnitFacts:
    """The facts of a unit over the months from `first` to `last`; time after `as_of` does not count as open yet."""
    rates = utilisation(cursor, first, last, by="instrument", as_of=as_of, unit=unit)
    whole = utilisation(cursor, first, last, by="unit", as_of=as_of, unit=unit)
    public = _public(cursor, unit)
    used = _used(rates, {row["id"] for row in public})
    return UnitFacts(
        execution=_execution(whole, public),
        distribution={name: distribution(cursor, name, unit=unit) for name in ("type", "class", "city", "district")},
        utilisation=whole.over_all_months(),
        sharing_status={
            "resources": len(public),
            "bookable": sum(row["bookable"] for row in public),
            "open": sum(row["state"] == "published" for row in public),
            "suspended": sum(row["state"] == "suspended" for row in public),
            "used": sum(each.used_minutes > 0 for each in used),
            "used_by_others": sum(each.external_minutes > 0 for each in used),
        },
        definition={language: DEFINITION[language] + whole.definition[language] for language in DEFINITION},
    )


def _public(cursor: Cursor, unit: UUID) -> list[Row]:
    return fetch(
        cursor,
        "SELECT id, state, bookable, jsonb_array_length(tariffs) > 0 AS priced,"
        " jsonb_array_length(openings) > 0 AS open FROM instruments WHERE unit = %s AND state = ANY(%s)",
        (unit, list(PUBLIC_STATES)),
    )


def _used(rates: Utilisation, public: set[UUID]) -> list[Usage]:
    return [each for each in rates.over_all_months() if each.subject in public]


def _execution(whole: Utilisation, public: Sequence[Row]) -> Row:
    totals = whole.over_all_months()
    names = ("uses", "external_uses", "used_minutes", "external_minutes", "corrections")
    figures = {name: sum(getattr(each, name) for each in totals) for name in names}
    return figures | {
        "with_fee_standard": sum(row["priced"] for row in public),
        "with_opening_hours": sum(row["open"] for row in public),
    }


def _share(by: Dimension, row: Row) -> Share:
    value = row["value"] or ""
    zh, en = (row["unit_zh"], row["unit_en"]) if by == "unit" else (value, "")
    if by == "class":
        zh = class_names().get(value.ljust(6, "0"), "")
    return Share(value, zh, en, row["resources"], row["bookable"], row["duty_free"])
