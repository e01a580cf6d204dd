# SPDX-License-Identifier: Apache-2.0
"""`tongchou deadlines`: what falls due, and what of it has been issued."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.console import output, print_document
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from datetime import date

    from infrastructure.bootstrap import Jurisdiction

MOST = 1_000


def deadlines(
    days: Annotated[int, typer.Option("--days", min=0, max=3660, help="How many days ahead to look")] = 90,
    kind: Annotated[str | None, typer.Option("--kind", help="Only this kind of deadline", show_default=False)] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """List what is due within some days, then what is over and has not been dealt with; at most 1,000 of each."""
    from datetime import timedelta

    from domain.kernel.time import local_date

    with opened(data_dir, jurisdiction) as platform:
        today = local_date(platform.clock())
        found = {
            name: _found(home, today=today, until=today + timedelta(days=days), kind=kind)
            for name, home in platform.jurisdictions.items()
        }
    if as_json:
        print_document({"today": today, "deadlines": found})
        return
    for name, rows in found.items():
        for row in rows:
            output().print(f"{name} {_sentence(row)}", markup=False)
        over = sum(row["due_on"] < today for row in rows)
        until = today + timedelta(days=days)
        output().print(f"{name}: {len(rows) - over} due by {until}, {over} over", markup=False)


def _found(home: Jurisdiction, *, today: date, until: date, kind: str | None) -> list[dict[str, Any]]:
    """What lies ahead first, or years of what is over would hide it."""
    from datetime import timedelta

    from projections.deadlines.model import deadlines as due

    with home.database.reading() as cursor:
        ahead = due(cursor, today=today, kind=kind, since=today, until=until, limit=MOST).rows
        over = due(cursor, today=today, kind=kind, until=today - timedelta(days=1), limit=MOST).rows
    return ahead + over


def _sentence(row: dict[str, Any]) -> str:
    issued = ["reminded"] * (row["reminded_at"] is not None) + ["noted as over"] * (row["passed_at"] is not None)
    return f"{row['due_on']}  {row['standing']:<5}  {row['kind']}  {row['subject']}  {', '.join(issued)}".rstrip()
