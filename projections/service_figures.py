# SPDX-License-Identifier: Apache-2.0
"""Service totals as they are asked for: by unit and legal person, by month or over a whole range."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import sql

from projections.months import month_of, next_month
from projections.paging import Cursor, Where, fetch, position_of
from projections.readmodel import Row
from projections.service_tables import INCOME_FIGURES, MONEY_FIGURES, USE_FIGURES
from projections.service_totals import MODEL
from projections.utilisation_rates import Usage, ratio

DEFINITION = {
    "zh": (
        "服务次数、人次、样品数与机时按使用月份统计，机时跨月切分；中止的使用只计机时。服务人次为各次使用的人数之和，"
        "服务总人数为不重复的用户数（裁定 8.26）。收入按结算月份统计，含创新券部分与税，退款记入原结算月份。"
        "实际服务总额 = 当期结算、对外、使用创新券的订单总额 − 退款 − 已责令追缴的订单（选择 A30，裁定 8.9）。"
        "爽约与逾期取消的收费不计入任何一项（裁定 8.8）。"
    ),
    "en": (
        "Uses, person-times, samples and minutes count in the month of use, minutes split at month ends; an aborted use"
        " adds its minutes alone. Person-times add up the persons of every use; distinct users count each person once"
        " (ruling 8.26). Income counts in the month of settlement, voucher part and tax included, refunds in the month"
        " of the settlement they reduce. Actual service total = settled external orders with a voucher − refunds −"
        " orders under clawback (choice A30, ruling 8.9). Charges for no-shows and late cancellation count nowhere"
        " (ruling 8.8)."
    ),
}
Group = tuple[date | None, UUID, UUID]
"""Month (None for the whole range), unit, provider."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What utilisation says of the same unit and time, in minutes."""

    opened_minutes: int
    rated_minutes: int


@dataclass(frozen=True, slots=True)
class Total:
    """What a unit of a provider did. Amounts in fen, time in minutes."""

    month: date | None
    unit: UUID
    provider: UUID
    figures: dict[str, int]
    """Uses, minutes, person-times, samples, orders and amounts, by the names of the columns."""
    distinct_users: int
    smes_served: int
    income_by_user_kind: dict[str, dict[str, int]]
    hours_to_opened: str | None = None
    hours_to_rated: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceTotals:
    """Totals with the definition they follow and the log position they were computed at."""

    rows: list[Total]
    definition: dict[str, str]
    position: int


def service_totals(
    cursor: Cursor,
    month_from: date,
    month_to: date,
    *,
    monthly: bool = True,
    unit: UUID | None = None,
    provider: UUID | None = None,
    capacity: Mapping[tuple[date | None, UUID], Capacity] | None = None,
) -> ServiceTotals:
    """Totals of each unit, both months included: by month, or once over the whole range where not `monthly`.

    Distinct users and SMEs served are counted anew over a range: they do not add up. `capacity` by month and unit
    puts hours beside open and rated hours (`capacity_of` makes it from utilisation).
    """
    first, last = month_of(month_from), month_of(month_to)
    where = Where().equals(unit=unit, provider=provider).holds("month BETWEEN %s AND %s", first, last)
    days = Where().equals(unit=unit, provider=provider)
    days.holds("used_on >= %s", first).holds("used_on < %s", next_month(last))
    position = position_of(cursor, MODEL.name)
    users = _distinct_users(cursor, where, monthly=monthly)
    smes = _smes_served(cursor, days, monthly=monthly)
    kinds = _by_kind(cursor, where, monthly=monthly)
    rows = []
    for row in _sums(cursor, where, monthly=monthly):
        key = _key(row)
        figures = {name: int(row[name]) for name in (*USE_FIGURES, *MONEY_FIGURES)}
        beside = (capacity or {}).get((key[0], key[1]))
        rows.append(
            Total(
                *key,
                figures=figures,
                distinct_users=users.get(key, 0),
                smes_served=smes.get(key, 0),
                income_by_user_kind=kinds.get(key, {}),
                hours_to_opened=ratio(figures["used_minutes"], beside.opened_minutes) if beside else None,
                hours_to_rated=ratio(figures["used_minutes"], beside.rated_minutes) if beside else None,
            )
        )
    return ServiceTotals(rows, DEFINITION, position)


def capacity_of(usage: list[Usage]) -> dict[tuple[date | None, UUID], Capacity]:
    """Open and rated minutes of units from utilisation by unit (its rows, or those over all months)."""
    return {(row.month, row.subject): Capacity(row.opened_minutes, row.rated_minutes) for row in usage}


def _sums(cursor: Cursor, where: Where, *, monthly: bool) -> list[Row]:
    sums = sql.SQL(", ").join(
        sql.SQL("sum({0})::bigint AS {0}").format(sql.Identifier(name)) for name in (*USE_FIGURES, *MONEY_FIGURES)
    )
    query = sql.SQL(
        "SELECT {month} AS month, unit, provider, {sums} FROM service_totals WHERE {where}"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    ).format(month=_month(monthly=monthly), sums=sums, where=where.sql)
    return fetch(cursor, query, where.parameters)


def _distinct_users(cursor: Cursor, where: Where, *, monthly: bool) -> dict[Group, int]:
    query = sql.SQL(
        "SELECT {month} AS month, unit, provider, count(DISTINCT user_id) AS counted FROM service_users"
        " WHERE uses > 0 AND {where} GROUP BY 1, 2, 3"
    ).format(month=_month(monthly=monthly), where=where.sql)
    return {_key(row): row["counted"] for row in fetch(cursor, query, where.parameters)}


def _smes_served(cursor: Cursor, where: Where, *, monthly: bool) -> dict[Group, int]:
    """Distinct customers that held evidence on the day of some use."""
    query = sql.SQL(
        "SELECT {month} AS month, unit, provider, count(DISTINCT customer) AS counted FROM service_customers AS c"
        " WHERE uses > 0 AND {where} AND EXISTS (SELECT FROM service_sme_evidence AS e"
        " WHERE e.legal_person = c.customer AND c.used_on BETWEEN e.valid_from AND e.valid_until) GROUP BY 1, 2, 3"
    ).format(month=sql.SQL("date_trunc('month', used_on)::date" if monthly else "NULL::date"), where=where.sql)
    return {_key(row): row["counted"] for row in fetch(cursor, query, where.parameters)}


def _by_kind(cursor: Cursor, where: Where, *, monthly: bool) -> dict[Group, dict[str, dict[str, int]]]:
    """Income by kind of user, in fen."""
    query = sql.SQL(
        "SELECT {month} AS month, unit, provider, user_kind, sum(orders)::bigint AS orders,"
        " sum(income_fen)::bigint AS income_fen, sum(voucher_fen)::bigint AS voucher_fen,"
        " sum(refunds_fen)::bigint AS refunds_fen FROM service_income WHERE {where} GROUP BY 1, 2, 3, 4 ORDER BY 4"
    ).format(month=_month(monthly=monthly), where=where.sql)
    kinds: dict[Group, dict[str, dict[str, int]]] = defaultdict(dict)
    for row in fetch(cursor, query, where.parameters):
        kinds[_key(row)][row["user_kind"]] = {name: row[name] for name in INCOME_FIGURES}
    return kinds


def _month(*, monthly: bool) -> sql.SQL:
    return sql.SQL("month" if monthly else "NULL::date")


def _key(row: Row) -> Group:
    return row["month"], row["unit"], row["provider"]
