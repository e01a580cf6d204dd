# SPDX-License-Identifier: Apache-2.0
"""`tongchou channels check`: looks whether what is published can be reached on the units' own portals."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from api.cli.console import output, print_document, progress_bars
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

app = typer.Typer(no_args_is_help=True, help="Look after publication channels.")


@app.callback()
def channels() -> None:
    """Look after publication channels."""


@app.command()
def check(
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=60, help="Patience with each page")] = 5.0,
    most: Annotated[int, typer.Option("--most", min=1, help="Links to look at, the longest unseen first")] = 1_000,
    older_than_days: Annotated[int, typer.Option("--older-than-days", min=0, help="Not seen for so long")] = 7,
    private: Annotated[
        bool, typer.Option("--private", help="Also pages inside private networks; only where all links are trusted")
    ] = False,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the portal links of public resources and record which answered. This goes out to the network.

    Exit 1 where what was seen could not be recorded; a page that does not answer is a finding, no failure.
    """
    from infrastructure.channels.checking import check_channels
    from infrastructure.channels.fetching import fetcher

    fetch = fetcher(seconds=seconds, private=private)
    with opened(data_dir, jurisdiction) as platform, progress_bars() as step:
        done = {
            name: check_channels(
                platform, home, fetch, most=most, older_than_days=older_than_days, progress=partial(step, name)
            )
            for name, home in platform.jurisdictions.items()
        }
    if as_json:
        print_document({"checked": {name: each.as_dict() for name, each in done.items()}})
    else:
        for name, each in done.items():
            output().print(
                f"{name}: {each.looked_at} links, {each.reachable} reachable, {each.unreachable} not,"
                f" {each.not_recorded} not recorded",
                markup=False,
            )
    if any(each.not_recorded for each in done.values()):
        raise typer.Exit(1)
