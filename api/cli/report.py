# SPDX-License-Identifier: Apache-2.0
"""`tongchou report`: what was published, and the proof that its figures follow from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import output, print_document
from api.cli.failures import CommandFailed
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from domain.statistics.report import Report
    from infrastructure.bootstrap import Jurisdiction, Platform

app = typer.Typer(name="report", help="Prove published reports.", no_args_is_help=True)


@app.callback()
def _commands() -> None:
    """Prove published reports."""


@app.command()
def verify(
    number: Annotated[str, typer.Argument(help="The number of a report, such as BG-2026-000001")],
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Compute a report anew from the log alone, up to its position; exit 1 where a figure differs."""
    with opened(data_dir, jurisdiction) as platform:
        home, report = _find(platform, number)
        anew = home.recompute(report)
    rows = [
        [row and row.model_dump(mode="json") for row in pair]  # as published, as the log gives it
        for pair in anew.differing
    ]
    if as_json:
        document = {"number": number, "position": report.position, "digest": report.digest}
        print_document(document | {"agrees": anew.agrees, "differing": rows})
    else:
        says = "follows from the log" if anew.agrees else f"differs from the log in {len(rows)} rows"
        output().print(f"{number} {says} up to position {report.position:,}; digest {report.digest}.", markup=False)
        for published, recomputed in rows:
            output().print(f"  published {published}\n  recomputed {recomputed}", markup=False)
    if not anew.agrees:
        raise typer.Exit(1)


def _find(platform: Platform, number: str) -> tuple[Jurisdiction, Report]:
    """The report of that number and whose it is. Raises `CommandFailed` where there is none, or several."""
    found = [(home, report) for home in platform.jurisdictions.values() if (report := home.report(number))]
    if len(found) > 1:
        raise CommandFailed(
            f"Several jurisdictions have a report {number}; nothing was shown. Name one: --jurisdiction"
        )
    if not found:
        raise CommandFailed(f"No report {number} here; nothing was shown. GET /api/v1/reports lists them.")
    return found[0]
