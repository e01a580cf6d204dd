# SPDX-License-Identifier: Apache-2.0
"""`tongchou replay`: how a thing stood at a position or time, and the events that led to it."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
import typer

from api.cli.console import output, print_document
from api.cli.failures import CommandFailed
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from infrastructure.bootstrap import Jurisdiction, Platform

At = Annotated[
    str | None,
    typer.Option("--at", help="A log position, or a time with its offset (2026-03-01T09:00+08:00)", show_default=False),
]
Language = Annotated[str, typer.Option("--language", help="zh or en")]


def replay(
    stream: Annotated[UUID, typer.Argument(help="The id of an instrument, reservation, order, …")],
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    at: At = None,
    language: Language = "zh",
    as_json: AsJson = False,
) -> None:
    """Print the state at a position or time and the events that led to it."""
    from application.errors import NotFound
    from infrastructure.history.replay import replay as replayed

    moment = moment_of(at)
    if language not in ("zh", "en"):
        raise typer.BadParameter("the language is zh or en", param_hint="--language")
    with opened(data_dir, jurisdiction) as platform:
        home = home_of(platform, stream)
        try:
            report = replayed(home, stream, moment)
        except NotFound as error:
            raise CommandFailed(f"{stream} has no event up to {at}; nothing was shown. Choose a later --at.") from error
        if as_json:
            print_document(report.as_dict())
            return
        console = output()
        console.print(
            f"{report.aggregate} {stream}, version {report.version}, position {report.position}", markup=False
        )
        for name, value in report.state.items():
            console.print(f"  {name}: {as_line(value)}", markup=False, highlight=False)
        for line in report.lines(platform.words, language):
            console.print(line, markup=False, highlight=False)


def as_line(value: object) -> str:
    """A part of the state on one line: text as it is, everything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def moment_of(at: str | None) -> int | datetime | None:
    """A position or an instant from what was typed. Raises a usage error for a time without an offset."""
    if at is None:
        return None
    if at.isdecimal():
        return int(at)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter(f"neither a position nor a time: {at}", param_hint="--at") from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"a time needs its offset, such as {at}+08:00", param_hint="--at")
    return moment


def home_of(platform: Platform, stream: UUID) -> Jurisdiction:
    """The jurisdiction whose log holds the stream. Raises `CommandFailed` where none does."""
    for jurisdiction in platform.jurisdictions.values():
        if jurisdiction.recorder.select_events(stream, limit=1):
            return jurisdiction
    raise CommandFailed(
        f"No log here holds anything about {stream}; nothing was shown. Check the id and --jurisdiction."
    )
