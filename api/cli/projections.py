# SPDX-License-Identifier: Apache-2.0
"""`tongchou projections rebuild`: read models made anew from the log beside the live ones, compared and swapped."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

app = typer.Typer(no_args_is_help=True, help="Look after the read models.")


@app.callback()
def projections() -> None:
    """Look after the read models."""


@app.command()
def rebuild(
    names: Annotated[list[str] | None, typer.Argument(help="Read models; all by default", show_default=False)] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild read models from the log. Readers see the old tables until the new ones are complete."""
    from infrastructure.projecting.rebuild import rebuild as made_anew
    from projections.catalogue import READ_MODELS

    known = [model.name for model in READ_MODELS]
    unknown = [name for name in names or [] if name not in known]
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: there are {', '.join(known)}", param_hint="NAMES")
    with opened(data_dir, jurisdiction) as platform, progress_bars() as step:
        done = {
            name: [asdict(item) for item in made_anew(one.database, names or None, partial(step, name))]
            for name, one in platform.jurisdictions.items()
        }
    if as_json:
        print_document({"rebuilt": done})
        return
    for name, models in done.items():
        for model in models:
            found = sum(model["differences"].values())
            result = f"{found} rows differed" if found else "no difference"
            output().print(f"{name} {model['name']}: {result}, at position {model['position']}", markup=False)
