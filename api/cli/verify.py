# SPDX-License-Identifier: Apache-2.0
"""`tongchou verify`: proves that claims, money and read models follow from the log, and nothing else."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from infrastructure.history.verify import VerifyReport


def verify(data_dir: DataDir = None, jurisdiction: JurisdictionName = None, as_json: AsJson = False) -> None:
    """Load every event, fold every stream, compare with what the database claims and shows; exit 1 if it differs."""
    from infrastructure.history.verify import verify as proven

    with opened(data_dir, jurisdiction) as platform, progress_bars() as step:
        report = proven(platform, progress=step)
    if as_json:
        print_document(report.as_dict())
    else:
        _show(report)
    if not report.ok:
        raise typer.Exit(1)


def _show(report: VerifyReport) -> None:
    console = output()
    for name, check in report.checks.items():
        console.print(f"{'ok  ' if check.ok else 'FAIL'} {name}: {check.count:,}", markup=False)
        for problem in check.problems:
            console.print(f"       {problem}", markup=False)
    logs = ", ".join(f"{name} {position:,}" for name, position in report.positions.items())
    console.print(f"{'Everything follows' if report.ok else 'Not everything follows'} from the log: {logs}.")
