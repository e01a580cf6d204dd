# SPDX-License-Identifier: Apache-2.0
"""Figures of reports: now from the read models, and at any position of the log from the log alone (JS-10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.statistics.events import FigureRow
from domain.statistics.report import Figures, digest_of
from infrastructure.projecting.rebuild import feed, prepare
from projections import service_totals, utilisation
from projections.service_figures import service_totals as totals_of
from projections.utilisation_base import COUNTED
from projections.utilisation_rates import utilisation as rates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    import psycopg

    from domain.statistics.events import ReportKind
    from domain.statistics.report import Report
    from infrastructure.database.pool import Database
    from infrastructure.projecting.rows import CachedRows
    from projections.paging import Cursor

MODELS = {"utilisation": utilisation.MODEL, "service_totals": service_totals.MODEL}


@dataclass(frozen=True)
class LiveFigures:
    """The port `Statistics`: one instant of the read models."""

    database: Database

    def of(self, kind: ReportKind, first: date, last: date, *, as_of: datetime) -> Figures:
        """The figures of whole months, both included."""
        with self.database.snapshot(long=True) as cursor:
            return figures(cursor, kind, first, last, as_of)


def figures(cursor: Cursor, kind: ReportKind, first: date, last: date, as_of: datetime) -> Figures:
    """The figures that the read model holds which the cursor sees; anybody reads them, so exempt ones do not count."""
    if kind == "utilisation":
        rates = rates_of(cursor, first, last, by="unit", as_of=as_of)
        rows = [
            FigureRow(
                unit=row.subject,
                month=row.month or first,
                name_zh=row.name_zh,
                name_en=row.name_en,
                figures={name: getattr(row, name) for name in COUNTED},
            )
            for row in rates.rows
        ]
        return Figures(rates.position, tuple(rows))
    totals = totals_of(cursor, first, last)
    rows = [
        FigureRow(
            unit=row.unit,
            provider=row.provider,
            month=row.month or first,
            figures={**row.figures, "distinct_users": row.distinct_users, "smes_served": row.smes_served},
        )
        for row in totals.rows
    ]
    return Figures(totals.position, tuple(rows))


@dataclass(frozen=True)
class Recomputed:
    """A report beside what the log alone says at its position."""

    report: Report
    rows: tuple[FigureRow, ...]

    @property
    def agrees(self) -> bool:
        """To the fen and the minute, and the stored digest is that of the stored rows."""
        return digest_of(self.rows) == self.report.digest == digest_of(self.report.rows)

    @property
    def differing(self) -> list[tuple[FigureRow | None, FigureRow | None]]:
        """Rows as published and as recomputed, where they differ."""
        published = {(row.unit, row.provider, row.month): row for row in self.report.rows}
        anew = {(row.unit, row.provider, row.month): row for row in self.rows}
        keys = sorted(published.keys() | anew.keys(), key=str)
        return [(published.get(key), anew.get(key)) for key in keys if published.get(key) != anew.get(key)]


def recompute(connection: psycopg.Connection[Any], reports: Iterable[Report]) -> Iterator[Recomputed]:
    """Fold the log anew and take the figures of each report at its own position.

    The read models' tables are made once more as temporary ones, which stand before the live ones of the same name;
    so the connection must be one that is closed afterwards.
    """
    position: dict[str, int] = {}
    rows: dict[str, CachedRows] = {}
    for report in sorted(reports, key=lambda report: report.position):
        model = MODELS[report.kind]
        if model.name not in rows:
            rows[model.name] = prepare(connection, model, temporary=True, suffix="")
        feed(connection, [model], rows, position.get(model.name, 0), report.position)
        position[model.name] = report.position
        with connection.cursor() as cursor:
            anew = figures(cursor, report.kind, report.first, report.last, report.as_of)
        yield Recomputed(report, anew.rows)
