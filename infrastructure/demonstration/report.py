# SPDX-License-Identifier: Apache-2.0
"""The tables that the demonstration prints: utilisation, service totals, and where registry and governance stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from rich.table import Table

from domain.kernel.money import yuan
from domain.kernel.time import midnight
from infrastructure.demonstration.periods import AFTERMATH, IN_DETAIL, OUTLINE
from infrastructure.demonstration.standing.table import standing_table
from infrastructure.demonstration.standing.view import View
from projections.service_figures import Total, capacity_of, service_totals
from projections.utilisation_rates import Usage, utilisation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rich.console import Console

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.demonstration.standing.view import GapList

TITLES = {"jiangsu": "江苏 Jiangsu", "chongqing": "重庆 Chongqing"}
PERIODS = (("2024-2025", OUTLINE[0], OUTLINE[-1]), (f"{IN_DETAIL:%Y-%m}", IN_DETAIL, IN_DETAIL))


@dataclass(frozen=True)
class Figures:
    """What is known of one period: totals by unit, rates by unit, and the position of each."""

    totals: list[Total]
    usage: list[Usage]
    position: int
    definition: str


def print_tables(platform: Platform, console: Console, gap_list: GapList) -> None:
    """Both tables of figures for the closed years and for the month in detail, then the standing, by jurisdiction."""
    for jurisdiction in platform.jurisdictions.values():
        names = _unit_names(jurisdiction)
        for label, first, last in PERIODS:
            figures = _figures(jurisdiction, first, last)
            title = f"{TITLES.get(jurisdiction.name, jurisdiction.name)} {label}"
            console.print(_utilisation_table(f"{title} · 使用率 utilisation", figures, names))
            console.print(f"[dim]{figures.definition}[/dim]\n")
            console.print(_service_table(f"{title} · 服务总量 service totals", figures, names))
            console.print()
        with jurisdiction.database.reading() as cursor:
            view = View(jurisdiction, cursor, platform.words.terms, gap_list)
            console.print(standing_table(view, TITLES.get(jurisdiction.name, jurisdiction.name)))
        console.print()


def _figures(jurisdiction: Jurisdiction, first: date, last: date) -> Figures:
    with jurisdiction.database.reading() as cursor:
        rates = utilisation(cursor, first, last, by="unit", as_of=midnight(AFTERMATH))
        usage = rates.over_all_months()
        totals = service_totals(cursor, first, last, monthly=False, capacity=capacity_of(usage))
    return Figures(totals.rows, usage, min(rates.position, totals.position), rates.definition["zh"])


def _utilisation_table(title: str, figures: Figures, names: dict[UUID, str]) -> Table:
    table = _table(f"{title} (position {figures.position})", "单位 unit")
    for column in ("使用 used h", "开放 open h", "额定 rated h", "使用率 used÷open", "÷额定 ÷rated", "对外 external"):
        table.add_column(column, justify="right")
    for row in sorted(figures.usage, key=lambda row: -row.used_minutes):
        table.add_row(
            names.get(row.subject, str(row.subject)),
            _hours(row.used_minutes),
            _hours(row.opened_minutes),
            _hours(row.rated_minutes),
            _percent(row.utilisation),
            _percent(row.rated_utilisation),
            _percent(row.external_share),
        )
    return table


def _service_table(title: str, figures: Figures, names: dict[UUID, str]) -> Table:
    table = _table(f"{title} (position {figures.position})", "单位 unit")
    for column in (
        "次 uses",
        "机时 h",
        "人次 person-times",
        "人数 users",
        "SME",
        "收入 income ¥",
        "对外 external ¥",
        "券 voucher ¥",
    ):
        table.add_column(column, justify="right")
    for row in sorted(figures.totals, key=lambda row: -row.figures["income_fen"]):
        table.add_row(names.get(row.unit, str(row.unit)), *_service_cells(row))
    table.add_section()
    table.add_row("合计 total", *_sums(figures.totals))
    return table


def _service_cells(row: Total) -> Iterable[str]:
    figures = row.figures
    return (
        str(figures["uses"]),
        _hours(figures["used_minutes"]),
        str(figures["person_times"]),
        str(row.distinct_users),
        str(row.smes_served),
        yuan(figures["income_fen"]),
        yuan(figures["external_income_fen"]),
        yuan(figures["voucher_fen"]),
    )


def _sums(rows: list[Total]) -> Iterable[str]:
    """Distinct users and SMEs do not add up over units and are left out."""
    whole = {name: sum(row.figures[name] for row in rows) for name in rows[0].figures} if rows else {}
    figure = whole.get
    return (
        str(figure("uses", 0)),
        _hours(figure("used_minutes", 0)),
        str(figure("person_times", 0)),
        "",
        "",
        yuan(figure("income_fen", 0)),
        yuan(figure("external_income_fen", 0)),
        yuan(figure("voucher_fen", 0)),
    )


def _table(title: str, first_column: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first_column, overflow="fold")
    return table


def _hours(minutes: int) -> str:
    return f"{minutes // 60:,}.{minutes % 60 * 10 // 60}"


def _percent(ratio: str | None) -> str:
    return "—" if ratio is None else f"{ratio}"


def _unit_names(jurisdiction: Jurisdiction) -> dict[UUID, str]:
    with jurisdiction.database.reading() as cursor:
        rows = cursor.execute("SELECT id, name_zh FROM units").fetchall()
    return dict(rows)
