# SPDX-License-Identifier: Apache-2.0
"""`tongchou simulate`: the demonstration's drive without tables and server, for tests and measurements."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from dataclasses import asdict

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import settings_of
from api.cli.options import AsJson, DataDir, JurisdictionName, Seed


def simulate(
    data_dir: DataDir = None, jurisdiction: JurisdictionName = None, seed: Seed = 1, as_json: AsJson = False
) -> None:
    """Drive made-up years through the real commands. The data stays marked as a demonstration for ever."""
    from infrastructure.bootstrap import database_dsn
    from infrastructure.demonstration.drive import refuse_unless_demonstration, run_demonstration

    settings = settings_of(data_dir)
    with database_dsn(settings) as dsn:
        refuse_unless_demonstration(dsn)
        with progress_bars() as step:
            report = run_demonstration(settings, dsn, seed=seed, progress=step, only=jurisdiction)
    if as_json:
        print_document(asdict(report))
        return
    for name, value in asdict(report).items():
        output().print(f"{name}: {value}", markup=False)
