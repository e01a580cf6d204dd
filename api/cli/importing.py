# SPDX-License-Identifier: Apache-2.0
"""`tongchou import instruments`: takes a ledger as CSV or XLSX and says of every line what became of it."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from infrastructure.importing.outcome import Summary

app = typer.Typer(no_args_is_help=True, help="Import what other systems hold.")


@app.callback()
def importing() -> None:
    """Import what other systems hold."""


@app.command()
def instruments(  # noqa: PLR0913, PLR0917 - each argument is an option
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8 or GB18030; comma, semicolon or tab) or XLSX")],
    unit: Annotated[str, typer.Option("--unit", help="Code of the managing unit", show_default=False)],
    mapping: Annotated[str, typer.Option("--mapping", help="A TOML file, or ledger or emsl")] = "ledger",
    defaults: Annotated[
        list[str] | None, typer.Option("--defaults", help="FIELD=VALUE for empty cells; repeatable", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide everything, change nothing")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write every line's fate as CSV")] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Register the instruments of a ledger. Bad lines are refused one by one; a second import changes nothing."""
    from infrastructure.importing.instruments import import_instruments
    from infrastructure.importing.mapping import load_mapping
    from infrastructure.importing.outcome import write_report

    chosen = load_mapping(mapping, pairs_of(defaults or []))
    with opened(data_dir, jurisdiction) as platform, progress_bars() as step:
        summary = import_instruments(platform, file, unit_code=unit, mapping=chosen, dry_run=dry_run, progress=step)
    if report:
        write_report(report, summary.outcomes)
    if as_json:
        print_document(summary.as_dict())
    else:
        _show(summary)


def pairs_of(defaults: list[str]) -> dict[str, str]:
    """`FIELD=VALUE` as a mapping. Raises a usage error for anything else."""
    pairs = {name.strip(): value.strip() for name, sign, value in (item.partition("=") for item in defaults) if sign}
    if len(pairs) != len(defaults):
        raise typer.BadParameter("write each as FIELD=VALUE, each field once", param_hint="--defaults")
    return pairs


def _show(summary: Summary) -> None:
    console = output()
    for outcome in summary.outcomes:
        for reason in outcome.reasons:
            place = f"line {outcome.line}, {outcome.asset_number or '—'}, {reason.field or 'line'}"
            console.print(f"{place}: {reason.zh} / {reason.en} [{reason.code}]", markup=False, highlight=False)
    if summary.unknown_columns:
        console.print(f"Columns not used: {', '.join(summary.unknown_columns)}", markup=False)
    openings = sum(outcome.opening for outcome in summary.outcomes)
    known, refused = summary.count("already_there"), summary.count("refused")
    console.print(
        f"{'Rehearsed' if summary.dry_run else 'Imported'} {summary.file} for {summary.unit}: "
        f"{summary.count('taken')} taken ({openings} with opening hours), {known} already imported, {refused} refused.",
        markup=False,
    )
