# SPDX-License-Identifier: Apache-2.0
"""`bench availability`: a month of one instrument by state, full of reservations and empty."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from domain.kernel.time import local_date, month_span
from domain.parties.closure_events import UnitClosureAnnounced
from infrastructure.benchmarks.catalogue_history import SEED, CatalogueHistory
from infrastructure.benchmarks.result import BenchResult, Measured, Slice, result_of
from infrastructure.benchmarks.schemas import OURS, bench_schemas
from infrastructure.benchmarks.search import project
from infrastructure.bootstrap import open_platform
from infrastructure.long_run import settle
from projections import calendar, closures
from projections import instruments as catalogue
from projections.availability import available
from projections.opened import openings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from domain.kernel.event import Recorded
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

FULL, EMPTY = "a full month", "an empty month"
CLOSED_DAYS = 3
"""Days of the full month on which every unit is closed."""


def bench_availability(
    settings: Settings, dsn: str, *, reservations: int, instruments: int, rounds: int, progress: Note = lambda _: None
) -> BenchResult:
    """Ask for the month of one instrument after another, in turns a full and an empty one, each in its own snapshot.

    The tables are filled by the functions of the projections from a made-up history. Raises `BenchFailed` for a
    server that is not durable.
    """
    with bench_schemas(dsn, demonstration=True) as server, open_platform(settings, dsn, only=OURS) as platform:
        jurisdiction, now = platform.jurisdictions[OURS], datetime.now(UTC)
        history = CatalogueHistory(instruments, now)
        begin = time.perf_counter()
        project(jurisdiction, catalogue.MODEL, history.catalogue())
        project(jurisdiction, calendar.MODEL, history.crowd(reservations // instruments))
        project(jurisdiction, closures.MODEL, _closed(history, now))
        progress(f"{history.reserved:,} reservations in {time.perf_counter() - begin:.0f} seconds")
        settle()  # as the server does at its start
        measured, items = _ask(jurisdiction, history.instruments, local_date(now + timedelta(days=20)), rounds)
    facts = {"instruments": instruments, "reservations": history.reserved, "spans of a full month": items}
    return result_of("availability", FULL, measured, server | facts)


def _closed(history: CatalogueHistory, now: datetime) -> Iterator[Recorded]:
    """Every unit closes for some days of the next weeks."""
    for unit in history.units:
        spans = tuple(
            month_span(now.year, now.month).model_copy(update={"start": start, "end": start + timedelta(days=1)})
            for start in (now + timedelta(days=2 * number + 1) for number in range(CLOSED_DAYS))
        )
        closed = UnitClosureAnnounced(closure=history.fresh_id(), spans=spans, calendar=None, reason="bench")
        yield history.recorded(unit, closed)


def _ask(
    jurisdiction: Jurisdiction, instruments: list[UUID], full: date, rounds: int
) -> tuple[dict[str, Measured], float]:
    """The first tenth does not count. Also the spans that a full month has on average."""
    months = {FULL: full, EMPTY: date(full.year + 2, full.month, 1)}
    measured = {name: Measured() for name in months}
    chance, spans, warming = Random(SEED), 0, rounds // 10  # noqa: S311 - which instrument comes next
    for number in range(rounds + warming):
        instrument = chance.choice(instruments)
        for name, month in months.items():
            begin = time.perf_counter()
            pieces = _month(jurisdiction, instrument, month)
            spent = time.perf_counter() - begin
            if number >= warming:
                measured[name].slices.append(Slice(spent, [spent * 1000]))
                spans += pieces * (name == FULL)
    return measured, round(spans / rounds, 1)


def _month(jurisdiction: Jurisdiction, instrument: UUID, month: date) -> int:
    """What a reader waits for, the instrument itself, a connection of the pool and a snapshot included."""
    span = month_span(month.year, month.month)
    with jurisdiction.database.snapshot() as cursor:
        row = catalogue.instrument(cursor, instrument)
        assert row is not None
        given = [each | {"effective_from": date.fromisoformat(each["effective_from"])} for each in row["openings"]]
        pieces, _ = available(cursor, instrument, row["unit"], openings_of(given), span.start, span.end)
    return len(pieces)
