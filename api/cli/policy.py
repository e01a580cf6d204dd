# SPDX-License-Identifier: Apache-2.0
"""`tongchou policy`: the regulations as data, with what has been decided, and what has yet to be."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.console import output, print_document
from api.cli.failures import CommandFailed
from api.cli.options import AsJson, DataDir
from api.cli.sides import known, side_of

if TYPE_CHECKING:
    from api.cli.sides import Side

app = typer.Typer(no_args_is_help=True, help="Read the regulations as data, and what has been decided.")
DAY = ["%Y-%m-%d"]
GROUPS = {
    "missing": "Decision missing, commands that need it are refused",
    "unadopted": "Default that nobody has adopted",
    "unlimited": "Nothing holds unless decided",
}
On = Annotated[
    datetime | None, typer.Option("--on", formats=DAY, help="A local day. Default: today", show_default=False)
]
Of = Annotated[
    str | None,
    typer.Option("--jurisdiction", help="Jurisdiction, or a regime as its files have it", show_default=False),
]
Territory = Annotated[str, typer.Option("--territory", help="With this territory's own measures", show_default=False)]


@app.callback()
def policy() -> None:
    """Read the regulations as data, and what has been decided."""


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(help="Parameter, or the beginning of its name")] = None,
    jurisdiction: Of = None,
    on: On = None,
    territory: Territory = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show parameters as they hold on a day: value, articles, words, decision; one of them with its history."""
    from infrastructure.policy import describing

    with known(data_dir) as sides:
        side = side_of(sides, jurisdiction, on, territory)
        edition = side.edition()
        found = [item for key, item in edition.parameters.items() if key.startswith(name or "")]
        one = next((item for item in found if item.name == name), None)
        history = describing.history(side.regime, side.decided, one.name, territory) if one else []
    if not found:
        raise CommandFailed(f"{edition.regime} has no parameter {name}; `tongchou policy show` lists them.")
    if as_json:
        shown = [describing.parameter(item) for item in ([one] if one else found)]
        head = describing.edition_head(edition, side.day, territory)
        print_document({**head, "parameters": shown, **({"history": history} if one else {})})
        return
    _head(side, edition)
    if one:
        _one(describing.parameter(one), history)
    else:
        for item in found:
            _line(describing.parameter(item))


@app.command()
def diff(
    one: Annotated[str, typer.Argument(help="Jurisdiction or regime, with a day if wanted: NAME or NAME@2026-01-01")],
    other: Annotated[str, typer.Argument(help="What it is compared with, in the same form")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Compare two regulations, or two days of one, parameter by parameter."""
    from infrastructure.policy import describing

    with known(data_dir) as sides:
        pair = [side_of(sides, *_at(text)) for text in (one, other)]
        editions = [side.edition() for side in pair]
    found = describing.differences(*editions)
    if as_json:
        heads = [describing.edition_head(edition, side.day, "") for side, edition in zip(pair, editions, strict=True)]
        print_document({"one": heads[0], "other": heads[1], "differences": found})
        return
    console = output()
    for line in found:
        console.print(line["name"], markup=False)
        for sign, side in (("-", line["one"]), ("+", line["other"])):
            console.print(f"  {sign} {_value(side) if side else 'no such parameter'}", markup=False)
    console.print(f"{len(found)} of {len(editions[0].parameters)} parameters differ.", markup=False)


@app.command()
def check(
    jurisdiction: Of = None, on: On = None, territory: Territory = "", data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Check the files of all regimes, and list what the authority has yet to decide (ruling 8.18)."""
    from infrastructure.policy import describing

    with known(data_dir) as sides:
        chosen = (
            [side_of(sides, jurisdiction, on, territory)]
            if jurisdiction
            else [side_of(sides, each, on, territory) for each in sides]
        )
        found = [(side, side.edition()) for side in chosen]
    reports = [
        {**describing.edition_head(edition, side.day, territory), "of": side.name, **describing.undecided(edition)}
        for side, edition in found
    ]
    if as_json:
        print_document({"checked": reports})
        return
    console = output()
    for (side, edition), report in zip(found, reports, strict=True):
        _head(side, edition)
        for group, heading in GROUPS.items():
            console.print(f"{heading} ({len(report[group])}):", markup=False)
            for item in report[group]:
                _line(item)


def _at(text: str) -> tuple[str, datetime | None]:
    name, _, day = text.partition("@")
    try:
        return name, datetime.strptime(day, DAY[0]) if day else None  # noqa: DTZ007 - a local day, no instant
    except ValueError as error:
        raise typer.BadParameter(f"{text}: a day is written 2026-01-31") from error


def _head(side: Side, edition: Any) -> None:  # noqa: ANN401 - imported when needed
    console = output()
    console.print(f"{side.name}: {edition.title['zh']} {edition.title['en']}", markup=False)
    console.print(f"  {edition.document_no}, edition {edition.edition}, on {side.day}", markup=False)


def _line(item: dict[str, Any]) -> None:
    place = ", ".join([*item["articles"], *(each["reference"] for each in item["decisions"])]) or item["choice"]
    output().print(f"  {item['name']} = {_value(item)}  [{item['origin']}] {place}", markup=False)


def _value(item: dict[str, Any]) -> str:
    import orjson

    if item["in_force"] is None:
        return "none, by decision" if item["decisions"] else "silent"
    return orjson.dumps(item["in_force"]).decode()


def _one(item: dict[str, Any], history: list[dict[str, Any]]) -> None:
    console = output()
    _line(item)
    for label in ("unit", "quotation", "choice", "note"):
        if item[label]:
            console.print(f"    {label}: {item[label]}", markup=False)
    marks = [label for label in ("silent", "settable", "open", "local", "decision_missing") if item[label]]
    console.print(f"    {', '.join(marks) or 'fixed by the text'}", markup=False)
    for step in history:
        decisions = ", ".join(step["decisions"])
        console.print(f"    from {step['from']}: {_value(step)} {decisions}".rstrip(), markup=False)
