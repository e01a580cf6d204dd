# SPDX-License-Identifier: Apache-2.0
"""`bench search`: the questions people ask of a large catalogue, found anew and remembered; who is free first."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from infrastructure.benchmarks.catalogue_history import CatalogueHistory
from infrastructure.benchmarks.result import BenchResult, Measured, Slice
from infrastructure.benchmarks.schemas import OURS, bench_schemas
from infrastructure.bootstrap import open_platform
from infrastructure.long_run import settle
from infrastructure.projecting.rebuild import FILLING, prepare
from infrastructure.projecting.tables import NEXT, create_indexes, swap_tables
from projections import calendar
from projections import instruments as catalogue
from projections.first_free import MOST_EXAMINED, Asked, first_free
from projections.instrument_search import REMEMBERED, matching, search
from projections.offered import shown
from projections.search_conditions import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.kernel.event import Recorded
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings
    from projections.paging import Cursor
    from projections.readmodel import ReadModel

    Note = Callable[[str], None]
    Question = Callable[[Cursor], object]

P50, P95, P99 = 50, 95, 99
FREE = "first free of 1,000"
FREE_EACH_ROUND, SHOWN = 5, 50
MODEL_CHARACTERS = 6
FLUSHED_EACH = 2_000
"""Events, as in a rebuild."""


def bench_search(
    settings: Settings, dsn: str, *, instruments: int, rounds: int, progress: Note = lambda _: None
) -> BenchResult:
    """Ask each question so many times anew and as often remembered, in turns, each in a snapshot of its own.

    The figures are those of questions found anew; `against` compares with answers remembered. The tables are filled by
    the functions of the projections from a made-up history. Raises `BenchFailed` for a server that is not durable.
    """
    with bench_schemas(dsn, demonstration=True) as server, open_platform(settings, dsn, only=OURS) as platform:
        jurisdiction = platform.jurisdictions[OURS]
        history = CatalogueHistory(instruments, datetime.now(UTC))
        seconds = _fill(jurisdiction, history)
        progress(f"{instruments:,} instruments in {seconds:.0f} seconds")
        questions = _questions(jurisdiction, history)
        settle()  # as the server does at its start
        anew, remembered = _ask(jurisdiction, questions, rounds, clear=True), {}
        progress("asked anew")
        remembered = _ask(jurisdiction, questions, rounds, clear=False)
        free = _ask(jurisdiction, {FREE: _first_free(jurisdiction)}, rounds * FREE_EACH_ROUND, clear=False)[FREE]
    facts = {"instruments": instruments, "reservations": history.reserved, "rounds": rounds}
    return _result(server | facts, anew, remembered, free)


def _fill(jurisdiction: Jurisdiction, history: CatalogueHistory) -> float:
    begin = time.perf_counter()
    project(jurisdiction, catalogue.MODEL, history.catalogue())
    project(jurisdiction, calendar.MODEL, history.reservations())
    return time.perf_counter() - begin


def project(jurisdiction: Jurisdiction, model: ReadModel, events: Iterable[Recorded]) -> None:
    """Fill the tables of a read model by its own functions, as a rebuild does."""
    with jurisdiction.database.connect(owner=True) as connection:
        for setting in FILLING:
            connection.execute(setting)
        rows = prepare(connection, model)
        for number, event in enumerate(events):
            model.apply(event, rows)
            if number % FLUSHED_EACH == 0:
                rows.flush()
        rows.finish()
        for table in model.tables:
            create_indexes(connection, table, suffix=NEXT)
        swap_tables(connection, model)
        connection.execute("VACUUM ANALYZE")


def _questions(jurisdiction: Jurisdiction, history: CatalogueHistory) -> dict[str, Question]:
    """The fixed set: words rare and broad, pinyin, aliases, parts of models, classes, units, places, everything."""
    wanted = {
        "电镜": Search("电镜"),
        "仪": Search("仪"),
        "电镜 南京": Search("电镜 南京"),
        "扫描电子显微镜": Search("扫描电子显微镜"),
        "smdzxwj": Search("smdzxwj"),
        "SEM": Search("SEM"),
        "part of a model": Search(history.models[0][:MODEL_CHARACTERS]),
        "two words": Search("高分辨 质谱"),
        "class 01": Search(class_prefix="01"),
        "class 0101": Search(class_prefix="0101"),
        "class 010102": Search(class_prefix="010102"),
        "unit": Search(unit=history.units[0]),
        "city": Search(city="南京市"),
        "city and duty-free": Search(city="南京市", duty_free=True),
        "price": Search("质谱", sort="price", highest_price_fen=50_000),
        "everything": Search(),
    }
    questions = {name: _searched(each) for name, each in wanted.items()}
    with jurisdiction.database.connection() as connection:
        following = search(connection.cursor(), Search()).next
    return questions | {"everything, next page": _searched(Search(), following)}


def _searched(wanted: Search, after: str | None = None) -> Question:
    return lambda cursor: search(cursor, wanted, after=after)


def _first_free(jurisdiction: Jurisdiction) -> Question:
    now = datetime.now(UTC)
    with jurisdiction.database.connection() as connection:
        ids = matching(connection.cursor(), Search("电镜"), MOST_EXAMINED)
    asked = Asked(120, now, now + timedelta(days=14), now)

    def ask(cursor: Cursor) -> object:
        found = first_free(cursor, ids, asked).found[:SHOWN]
        return shown(cursor, [free.instrument.id for free in found])

    return ask


def _ask(
    jurisdiction: Jurisdiction, questions: dict[str, Question], rounds: int, *, clear: bool
) -> dict[str, Measured]:
    """Every question in every round; the first round does not count."""
    measured = {name: Measured() for name in questions}
    for number in range(rounds + 1):
        for name, question in questions.items():
            if clear:
                REMEMBERED.clear()
            spent = _asked(jurisdiction, question)
            if number:
                measured[name].slices.append(Slice(spent, [spent * 1000]))
    return measured


def _asked(jurisdiction: Jurisdiction, question: Question) -> float:
    """The seconds a reader waits, a connection of the pool and a snapshot included."""
    begin = time.perf_counter()
    with jurisdiction.database.snapshot() as cursor:
        question(cursor)
    return time.perf_counter() - begin


def _together(measured: dict[str, Measured]) -> Measured:
    return Measured([part for each in measured.values() for part in each.slices])


def _result(
    facts: dict[str, Any], anew: dict[str, Measured], remembered: dict[str, Measured], free: Measured
) -> BenchResult:
    whole, kept = _together(anew), _together(remembered)
    figures = {
        "anew: p95_ms": round(whole.percentile(P95), 2),
        "remembered: p95_ms": round(kept.percentile(P95), 2),
        f"{FREE}: p50_ms": round(free.percentile(P50), 2),
        f"{FREE}: p95_ms": round(free.percentile(P95), 2),
        f"{FREE}: p99_ms": round(free.percentile(P99), 2),
        "questions: anew p50_ms, p95_ms, remembered p95_ms": {
            name: [round(anew[name].percentile(percent), 2) for percent in (P50, P95)]
            + [round(remembered[name].percentile(P95), 2)]
            for name in anew
        },
    }
    return BenchResult(
        name="search",
        per_second=whole.per_second,
        p50_ms=whole.percentile(P50),
        p99_ms=whole.percentile(P99),
        against={"remembered": whole.per_second / kept.per_second},
        settings=facts | figures,
    )
