# SPDX-License-Identifier: Apache-2.0
"""`tongchou bench`: throughput beside the bare limit, measured in the same run on the same database."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import note, output, print_document
from api.cli.opened import settings_of
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infrastructure.benchmarks.result import BenchResult
    from infrastructure.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Measure throughput beside the bare limit.")
Seconds = Annotated[int, typer.Option("--seconds", min=1, max=600, help="Seconds for each contestant")]
Events = Annotated[int, typer.Option("--events", min=1_000, help="Length of the simulated history")]
Rounds = Annotated[int, typer.Option("--rounds", min=1, max=20, help="How often; the median counts")]


@app.command()
def append(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    writers: Annotated[int, typer.Option("--writers", min=1, max=64, help="Writing threads")] = 16,
    seconds: Seconds = 5,
    as_json: AsJson = False,
) -> None:
    """Append single events, against the library's own recorder and a bare insert."""
    from infrastructure.benchmarks.append import bench_append

    with _measuring(data_dir, jurisdiction) as (_, dsn):
        _show(bench_append(dsn, writers=writers, seconds=seconds, progress=note), as_json=as_json)


@app.command()
def reserve(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    clients: Annotated[int, typer.Option("--clients", min=1, max=64, help="Clients, each a connection")] = 8,
    seconds: Seconds = 5,
    workers: Annotated[int, typer.Option("--workers", min=1, max=16, help="Server processes")] = 1,
    as_json: AsJson = False,
) -> None:
    """Reserve over HTTP, against a bare endpoint and a bare insert with the same constraint."""
    from infrastructure.benchmarks.reserve import bench_reserve

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        result = bench_reserve(settings, dsn, clients=clients, seconds=seconds, workers=workers, progress=note)
        _show(result, as_json=as_json)


@app.command()
def rebuild(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    events: Events = 1_000_000,
    rounds: Rounds = 1,
    as_json: AsJson = False,
) -> None:
    """Make all read models anew from a simulated history, against one transaction for each event."""
    from infrastructure.benchmarks.rebuild import bench_rebuild

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        _show(bench_rebuild(settings, dsn, events=events, rounds=rounds, progress=note), as_json=as_json)


@app.command()
def replay(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    events: Events = 1_000_000,
    rounds: Rounds = 1,
    processes: Annotated[int | None, typer.Option("--processes", min=1, max=64, help="Default: one a core")] = None,
    as_json: AsJson = False,
) -> None:
    """Fold every stream of a simulated history, by several processes against one."""
    from infrastructure.benchmarks.replay import bench_replay

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        result = bench_replay(settings, dsn, events=events, rounds=rounds, processes=processes, progress=note)
        _show(result, as_json=as_json)


@app.command()
def lag(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    rate: Annotated[int, typer.Option("--rate", min=2, max=10_000, help="Events a second")] = 200,
    seconds: Annotated[int, typer.Option("--seconds", min=1, max=600, help="For how long")] = 20,
    as_json: AsJson = False,
) -> None:
    """How long after its commit an event shows in every read model."""
    from infrastructure.benchmarks.lag import bench_lag

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        _show(bench_lag(settings, dsn, rate=rate, seconds=seconds, progress=note), as_json=as_json)


@app.command()
def past(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    reservations: Annotated[int, typer.Option("--reservations", min=100, help="In the past")] = 1_000_000,
    clients: Annotated[int, typer.Option("--clients", min=1, max=64, help="Reserving threads")] = 4,
    seconds: Seconds = 10,
    as_json: AsJson = False,
) -> None:
    """Reserve with many past reservations, against an empty store."""
    from infrastructure.benchmarks.past import bench_past

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        result = bench_past(settings, dsn, reservations=reservations, clients=clients, seconds=seconds, progress=note)
        _show(result, as_json=as_json)


@app.command()
def search(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    instruments: Annotated[int, typer.Option("--instruments", min=1_000, help="In the catalogue")] = 100_000,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=1_000, help="How often each question is asked")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search a large catalogue with facets, and find who is free first; answers found anew against remembered ones."""
    from infrastructure.benchmarks.search import bench_search

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        result = bench_search(settings, dsn, instruments=instruments, rounds=rounds, progress=note)
        _show(result, as_json=as_json)


@app.command()
def availability(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    reservations: Annotated[int, typer.Option("--reservations", min=1_000, help="In the calendar")] = 1_000_000,
    instruments: Annotated[int, typer.Option("--instruments", min=100, help="That share them")] = 4_000,
    rounds: Annotated[int, typer.Option("--rounds", min=10, help="Months asked for")] = 2_000,
    as_json: AsJson = False,
) -> None:
    """Show a month of one instrument by state, in a calendar full of reservations; against a month with none."""
    from infrastructure.benchmarks.availability import bench_availability

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        result = bench_availability(
            settings, dsn, reservations=reservations, instruments=instruments, rounds=rounds, progress=note
        )
        _show(result, as_json=as_json)


@app.command()
def rules(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    bookings: Annotated[int, typer.Option("--bookings", min=10, help="Reservations the same user has before")] = 10_000,
    seconds: Seconds = 10,
    as_json: AsJson = False,
) -> None:
    """Reserve with every kind of rule on, against none, with few and many bookings; a check beside the command."""
    from infrastructure.benchmarks.rules import bench_rules

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        _show(bench_rules(settings, dsn, bookings=bookings, seconds=seconds, progress=note), as_json=as_json)


@app.command()
def race(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    clients: Annotated[int, typer.Option("--clients", min=2, max=32, help="Who want the same slots")] = 8,
    seconds: Seconds = 10,
    as_json: AsJson = False,
) -> None:
    """Let clients race for the slots of one instrument-day, against a day each; count what collisions cost."""
    from infrastructure.benchmarks.race import bench_race

    with _measuring(data_dir, jurisdiction) as (settings, dsn):
        _show(bench_race(settings, dsn, clients=clients, seconds=seconds, progress=note), as_json=as_json)


@contextmanager
def _measuring(data_dir: Path | None, jurisdiction: str | None) -> Iterator[tuple[Settings, str]]:
    """The settings, and the address of the server that benchmarks make schemas of their own in."""
    from infrastructure.bootstrap import database_dsn

    if jurisdiction:
        note("A benchmark runs in schemas of its own, which are dropped afterwards; --jurisdiction changes nothing.")
    settings = settings_of(data_dir)
    with database_dsn(settings) as dsn:
        yield settings, dsn


def _show(result: BenchResult, *, as_json: bool) -> None:
    if as_json:
        print_document(result.as_dict())
        return
    console = output()
    console.print(
        f"{result.name}: {result.per_second:,.0f} a second, p50 {result.p50_ms:.2f} ms, p99 {result.p99_ms:.2f} ms"
    )
    for name, ratio in result.against.items():
        console.print(f"  {ratio:.2f} of {name}" if ratio < 1 else f"  {ratio:.1f} times {name}")
    for name, value in result.settings.items():
        console.print(f"  {name}: {value}", markup=False)
