# SPDX-License-Identifier: Apache-2.0
"""`tongchou simulate`: a long history through the real handlers, decisions and claims, for tests and measurements."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import settings_of
from api.cli.options import AsJson, DataDir, Seed

Name = Annotated[str, typer.Option("--jurisdiction", help="The jurisdiction to make; it may hold no events yet")]
RegimeName = Annotated[
    str | None, typer.Option("--regime", help="Under which regulation. Default: the first there is", show_default=False)
]
Units = Annotated[int, typer.Option("--units", min=1, max=10_000, help="Managing units")]
Instruments = Annotated[
    int, typer.Option("--instruments", min=1, max=100_000, help="Instruments, spread over the units")
]
Days = Annotated[int, typer.Option("--days", min=1, max=10_000, help="Days from 1 January 2024 on")]


def simulate(
    data_dir: DataDir = None,
    jurisdiction: Name = "simulation",
    regime: RegimeName = None,
    units: Units = 20,
    instruments: Instruments = 200,
    days: Days = 365,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Make up a history through the real commands. It stays marked as a demonstration for ever."""
    from infrastructure.bootstrap import database_dsn
    from infrastructure.demonstration.drive import refuse_unless_demonstration
    from infrastructure.policy.loader import load_regimes
    from infrastructure.simulation.history import Extent
    from infrastructure.simulation.simulate import simulate

    settings, begun = settings_of(data_dir), time.monotonic()
    known = load_regimes(settings.regimes_dir)
    chosen = regime or next(iter(known))
    if chosen not in known:
        raise typer.BadParameter(f"there are {', '.join(known)}", param_hint="--regime")
    with database_dsn(settings) as dsn:
        refuse_unless_demonstration(dsn)
        with progress_bars() as step:
            extent = Extent(units=units, instruments=instruments, days=days, seed=seed)
            made = simulate(settings, dsn, extent, jurisdiction=jurisdiction, regime=chosen, progress=step)
    seconds = time.monotonic() - begun
    if as_json:
        print_document(asdict(made) | {"seconds": round(seconds, 1)})
        return
    rate = f"{made.events / seconds:,.0f} events a second"
    output().print(
        f"{made.jurisdiction}: {made.events:,} events of {made.commands:,} commands in {seconds:.1f} s, {rate}",
        markup=False,
    )
