# SPDX-License-Identifier: Apache-2.0
"""`tongchou demo`: a province for each regime, driven through the commands that users issue, then served."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import note, output, progress_bars
from api.cli.failures import CommandFailed
from api.cli.opened import settings_of
from api.cli.options import DataDir, JurisdictionName, Port, Seed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infrastructure.demonstration.identities import Identity


def demo(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the tables")] = False,
    port: Port = 8000,
    seed: Seed = 1,
) -> None:
    """Load the demonstration, print its figures, and serve it on 127.0.0.1. A second run continues on the same data."""
    from api.cli.serving import listening, serve_with_worker
    from api.gaps import gap_list
    from infrastructure.bootstrap import database_dsn, open_platform
    from infrastructure.demonstration.drive import refuse_unless_demonstration, run_demonstration
    from infrastructure.demonstration.identities import demonstration_tokens
    from infrastructure.demonstration.report import print_tables

    settings = settings_of(data_dir)
    socket = None if no_serve else listening("127.0.0.1", port)
    with database_dsn(settings) as dsn:
        refuse_unless_demonstration(dsn)
        with progress_bars() as step:
            run_demonstration(settings, dsn, seed=seed, progress=step, only=jurisdiction)
        with open_platform(settings, dsn, only=jurisdiction) as platform:
            if not platform.jurisdictions:
                raise CommandFailed(
                    f"The demonstration has no jurisdiction {jurisdiction!r}; nothing was loaded. Leave it out."
                )
            print_tables(platform, output(), gap_list)
            if socket:
                introduce(port, demonstration_tokens(platform))
                serve_with_worker(platform, socket)


def introduce(port: int, identities: Iterable[Identity]) -> None:
    """Say what to open, and as whom. Lines, not a table: a token must come whole out of every terminal."""
    console = output()
    console.print("\n示范身份 Demonstration identities, as `Authorization: Bearer TOKEN`:", markup=False)
    for one in identities:
        line = f"  {one.token}  {one.jurisdiction}: {one.label_zh} {one.label_en} ({one.role})"
        console.print(line, markup=False, highlight=False)
    console.print(f"\n打开 Open http://127.0.0.1:{port}/ (JSON: /api/v1/instruments, all routes: /api/v1/openapi.json)")
    note("Stop with Ctrl-C.")
