# SPDX-License-Identifier: Apache-2.0
"""`tongchou import`: takes files of others as CSV or XLSX and says of every line what became of it."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from infrastructure.importing.ledger.findings import Taken
    from infrastructure.importing.outcome import Summary
    from infrastructure.importing.records.files import RecordSummary
    from infrastructure.importing.records.run import Kind

SourceName = Annotated[
    str | None, typer.Option("--source", help="Name of the other platform; by default the unit's code")
]
RecordDefaults = Annotated[
    list[str] | None, typer.Option("--defaults", help="FIELD=VALUE for empty cells; repeatable", show_default=False)
]
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
    """Register the instruments of a ledger. Bad lines are refused one by one; a second import changes nothing.

    Exit 1 where a line or its opening hours were refused, in a rehearsal as well.
    """
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
    if summary.count("refused") or summary.unopened:
        raise typer.Exit(1)


@app.command()
def ledger(  # noqa: PLR0913, PLR0917 - each argument is an option
    file: Annotated[Path, typer.Argument(help="CSV or TSV (UTF-8, UTF-16 or GB18030) or XLSX")],
    unit: Annotated[str, typer.Option("--unit", help="Code of the managing unit", show_default=False)],
    as_of: Annotated[
        datetime,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Last day the ledger covers", show_default=False),
    ],
    column: Annotated[
        list[str] | None, typer.Option("--column", help="FIELD=HEADER where a header is unusual; repeatable")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide everything, change nothing")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write every finding as CSV")] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Take a unit's whole fixed-asset ledger, for the gap list: what the registry lacks beside it.

    Bad lines are refused one by one; the same file again changes nothing; a newer ledger supersedes an older one.
    Exit 1 where a line was refused, in a rehearsal as well.
    """
    from infrastructure.importing.ledger.findings import write_findings
    from infrastructure.importing.ledger.run import import_ledger

    named = pairs_of(column or [], "--column", "FIELD=HEADER")
    with opened(data_dir, jurisdiction) as platform:
        taken = import_ledger(platform, file, unit_code=unit, as_of=as_of.date(), columns=named, dry_run=dry_run)
    if report:
        write_findings(report, taken.findings)
    if as_json:
        print_document(taken.as_dict())
    else:
        _show_ledger(taken)
    if taken.count("refused"):
        raise typer.Exit(1)


@app.command()
def uses(  # noqa: PLR0913, PLR0917 - each argument is an option
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8 or GB18030; comma, semicolon or tab) or XLSX")],
    unit: Annotated[str, typer.Option("--unit", help="Code of the managing unit", show_default=False)],
    source: SourceName = None,
    defaults: RecordDefaults = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide everything, change nothing")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write every line's fate as CSV")] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Take records of use of the unit's own platform in, each once; they have the effect of uses booked here.

    Exit 1 where a line was refused, in a rehearsal as well.
    """
    _records("uses", file, unit, source, defaults, dry_run, report, data_dir, jurisdiction, as_json)


@app.command()
def bookings(  # noqa: PLR0913, PLR0917 - each argument is an option
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8 or GB18030; comma, semicolon or tab) or XLSX")],
    unit: Annotated[str, typer.Option("--unit", help="Code of the managing unit", show_default=False)],
    source: SourceName = None,
    defaults: RecordDefaults = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide everything, change nothing")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write every line's fate as CSV")] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Take bookings of the unit's own platform in, each once; their time is held here from now on.

    Exit 1 where a line was refused, in a rehearsal as well.
    """
    _records("bookings", file, unit, source, defaults, dry_run, report, data_dir, jurisdiction, as_json)


def _records(  # noqa: PLR0913, PLR0917 - the options of two commands
    kind: Kind,
    file: Path,
    unit: str,
    source: str | None,
    defaults: list[str] | None,
    dry_run: bool,
    report: Path | None,
    data_dir: Path | None,
    jurisdiction: str | None,
    as_json: bool,
) -> None:
    from infrastructure.importing.records.files import import_records, write_fates

    given = pairs_of(defaults or [])
    with opened(data_dir, jurisdiction) as platform, progress_bars() as step:
        summary = import_records(
            platform, file, kind, unit_code=unit, source=source, defaults=given, dry_run=dry_run, progress=step
        )
    if report:
        write_fates(report, summary.outcomes)
    if as_json:
        print_document(summary.as_dict())
    else:
        _show_records(summary)
    if summary.count("refused"):
        raise typer.Exit(1)


def pairs_of(defaults: list[str], option: str = "--defaults", form: str = "FIELD=VALUE") -> dict[str, str]:
    """`FIELD=VALUE` as a mapping. Raises a usage error for anything else."""
    pairs = {name.strip(): value.strip() for name, sign, value in (item.partition("=") for item in defaults) if sign}
    if len(pairs) != len(defaults):
        raise typer.BadParameter(f"write each as {form}, each field once", param_hint=option)
    return pairs


def _show_records(summary: RecordSummary) -> None:
    """Every line refused or flagged, and the conclusion."""
    console = output()
    for outcome in summary.outcomes:
        place = f"line {outcome.line}, {outcome.source_id or '—'}"
        for reason in outcome.reasons:
            told = f"{place}, {reason.field or 'line'}: {reason.zh} / {reason.en} [{reason.code}]"
            console.print(told, markup=False, highlight=False)
        if outcome.duplicate_of:
            console.print(f"{place}: suspected duplicate of {outcome.duplicate_of}", markup=False, highlight=False)
        if outcome.overlaps:
            console.print(f"{place}: overlaps {', '.join(outcome.overlaps)}", markup=False, highlight=False)
    if summary.unknown_columns:
        console.print(f"Columns not used: {', '.join(summary.unknown_columns)}", markup=False)
    console.print(
        f"{'Rehearsed' if summary.dry_run else 'Imported'} {summary.kind} of {summary.file} for {summary.unit}: "
        f"{summary.count('taken')} taken, {summary.count('already_there')} already imported, "
        f"{summary.count('refused')} refused; {summary.suspected} suspected duplicates, "
        f"{summary.overlapping} overlapping others.",
        markup=False,
    )


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
    unopened = (
        f" {summary.unopened} registered without their opening hours, which were refused." if summary.unopened else ""
    )
    console.print(
        f"{'Rehearsed' if summary.dry_run else 'Imported'} {summary.file} for {summary.unit}: "
        f"{summary.count('taken')} taken ({openings} with opening hours), {known} already imported, "
        f"{refused} refused.{unopened}",
        markup=False,
    )


def _show_ledger(taken: Taken) -> None:
    """Every line refused or read with a gap in full; how cells were read otherwise than they stand, by kind."""
    console = output()
    for found in taken.findings:
        if found.weight != "read_so":
            place = f"{found.file}, {found.sheet + ', ' if found.sheet else ''}line {found.line}"
            where = f"{place}, {found.column or 'whole line'}, asset {found.asset_number or '—'}"
            console.print(f"{where}: {found.zh} / {found.en} [{found.code}]", markup=False, highlight=False)
    for code, times in taken.kinds.items():
        console.print(f"{times} × {code}", markup=False, highlight=False)
    if taken.other_sheets:
        console.print(f"Sheets without a ledger, or hidden: {', '.join(taken.other_sheets)}", markup=False)
    if taken.unused_columns:
        console.print(f"Columns not used: {', '.join(taken.unused_columns)}", markup=False)
    console.print(_conclusion(taken), markup=False)


def _conclusion(taken: Taken) -> str:
    read = (
        f"{taken.file} for {taken.unit} as of {taken.as_of}: {taken.lines_read} assets read, "
        f"{taken.count('refused')} lines refused, {taken.passed_over} totals or remarks passed over"
    )
    if taken.unchanged:
        return f"{read}. This ledger is in force already; nothing was changed."
    changes = ", ".join(f"{taken.changes[name]} {name}" for name in ("added", "changed", "removed"))
    former = f"beside the ledger of {taken.former_as_of}" if taken.former_as_of else "as the first ledger"
    return f"{'Rehearsed' if taken.dry_run else 'Imported'} {read}; {changes} {former}."
