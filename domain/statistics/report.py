# SPDX-License-Identifier: Apache-2.0
"""A published report: its figures never change; a correction shows in the reports after it (JS-10.2)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.kernel.time import local_date
from domain.statistics.events import FigureRow, ReportPublished, ReportWithdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.statistics.events import ReportKind

MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it stands."""

    number: str
    kind: ReportKind
    first: date
    last: date
    as_of: datetime
    position: int
    rows: tuple[FigureRow, ...]
    digest: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows that follow from the log up to a position."""

    position: int
    rows: tuple[FigureRow, ...]


def require_months(first: date, last: date, now: datetime) -> None:
    """Refuse months that no report can cover, before any figure is computed for them.

    Raises, all at once: `statistics.not_a_month`, `statistics.months_out_of_order`, `statistics.too_many_months`,
    `statistics.month_in_the_future`.
    """
    rules = Rules()
    rules.require(first.day == last.day == 1, "statistics.not_a_month", field="first")
    rules.require(first <= last, "statistics.months_out_of_order", field="last")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    rules.require(months <= MOST_MONTHS, "statistics.too_many_months", field="last", most=MOST_MONTHS)
    rules.require(last <= local_date(now), "statistics.month_in_the_future", field="last", last=last.isoformat())
    rules.enforce()


def publish(
    *, number: str, kind: ReportKind, first: date, last: date, as_of: datetime, figures: Figures, edition: Edition
) -> list[Event]:
    """Publish figures of whole months that have begun (JS 10.a, CQ 14.c). Raises what `require_months` raises."""
    require_months(first, last, as_of)
    return [
        ReportPublished(
            number=number,
            kind=kind,
            first=first,
            last=last,
            as_of=as_of,
            position=figures.position,
            rows=figures.rows,
            digest=digest_of(figures.rows),
            basis=edition.basis("report.publication_interval", "resource.capacity_basis"),
        )
    ]


def withdraw(report: Report, *, reason: str, replaced_by: str | None) -> list[Event]:
    """No longer put a report forward. Raises `statistics.already_withdrawn`."""
    if report.withdrawn:
        raise refusal("statistics.already_withdrawn", number=report.number)
    return [ReportWithdrawn(reason=reason, replaced_by=replaced_by)]


def digest_of(rows: Sequence[FigureRow]) -> str:
    """SHA-256 of rows as canonical JSON."""
    plain = [row.model_dump(mode="json") for row in rows]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def evolve(report: Report | None, event: Event) -> Report:
    """The report after one fact."""
    match event:
        case ReportPublished():
            return Report(
                number=event.number,
                kind=event.kind,
                first=event.first,
                last=event.last,
                as_of=event.as_of,
                position=event.position,
                rows=event.rows,
                digest=event.digest,
            )
        case ReportWithdrawn():
            assert report is not None
            return replace(report, withdrawn=True)
    raise ValueError(event.TYPE)


REPORT = Aggregate("statistics.Report", evolve, (ReportPublished, ReportWithdrawn))
