# SPDX-License-Identifier: Apache-2.0
"""`tongchou migrate`: brings schemas up to date, or makes the schema of a new jurisdiction."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import output, print_document
from api.cli.failures import CommandFailed
from api.cli.opened import settings_of
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from pathlib import Path

Regime = Annotated[
    str | None,
    typer.Option("--regime", help="Regulation of a new jurisdiction, or one of its editions", show_default=False),
]


def migrate(
    data_dir: DataDir = None, jurisdiction: JurisdictionName = None, regime: Regime = None, as_json: AsJson = False
) -> None:
    """Apply the migrations that are missing. With --regime and --jurisdiction: make a new jurisdiction."""
    from infrastructure.bootstrap import database_dsn
    from infrastructure.migrate import jurisdictions
    from infrastructure.migrate import migrate as bring_up_to_date

    if regime and not jurisdiction:
        raise typer.BadParameter("--regime makes a new jurisdiction: name it with --jurisdiction")
    settings = settings_of(data_dir)
    follows = regime_named(regime, settings.regimes_dir) if regime else None
    with database_dsn(settings) as dsn:
        wanted = [found for found in jurisdictions(dsn) if jurisdiction in (None, found[0])]
        if follows and jurisdiction and not wanted:
            wanted = [(jurisdiction, follows, False)]
        if follows and wanted[0][1] != follows:
            raise CommandFailed(f"{jurisdiction} follows {wanted[0][1]}; nothing was changed. Leave --regime out.")
        if not wanted:
            raise CommandFailed(
                "There is no such jurisdiction; nothing was changed. Make one with --jurisdiction NAME --regime REGIME."
            )
        applied = {
            name: bring_up_to_date(dsn, name, its_regime, demonstration=demonstration)
            for name, its_regime, demonstration in wanted
        }
    if as_json:
        print_document({"applied": applied})
        return
    for name, migrations in applied.items():
        output().print(f"{name}: {', '.join(migrations) or 'up to date'}", markup=False)


def regime_named(text: str, more: Path | None) -> str:
    """The regime by its own name or that of one of its editions. Raises a usage error for an unknown one."""
    from infrastructure.policy.loader import load_regimes

    known = load_regimes(more)
    editions = {f"{name}-{edition.edition}": name for name, one in known.items() for edition in one.editions}
    found = editions.get(text) or (text if text in known else None)
    if found is None:
        raise typer.BadParameter(f"{text}: there are {', '.join(editions)}", param_hint="--regime")
    return found
