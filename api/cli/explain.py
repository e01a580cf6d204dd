# SPDX-License-Identifier: Apache-2.0
"""`tongchou explain RESERVATION`: why a reservation is as it is, from the log alone."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import typer

from api.cli.failures import CommandFailed
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from application.reservations.explaining import Explanation
    from infrastructure.bootstrap import Platform


def explain(
    reservation: Annotated[UUID, typer.Argument(help="Id of the reservation")],
    lang: Annotated[Literal["zh", "en"], typer.Option("--language", "--lang", help="Language of the sentences")] = "zh",
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Tell by which rules, versions and prices a reservation was judged, and what came of it; no read model is asked.

    Exit 1 where a price or a charge does not follow from the log to the fen.
    """
    from api.http.explaining.told import document, text
    from api.http.rendering import as_json as rendered

    with opened(data_dir, jurisdiction) as platform:
        found = _found(platform, reservation)
        told = document(found, platform.words, lang)
    print(rendered(told).decode() if as_json else text(told))
    if not found.agrees:
        raise typer.Exit(1)


def _found(platform: Platform, reservation: UUID) -> Explanation:
    """The explanation, from whichever jurisdiction has it. Raises `CommandFailed` where none has."""
    from application.errors import NotFound
    from application.reservations.explaining import explained

    for home in platform.jurisdictions.values():
        try:
            return explained(home.log, home.claims, reservation)
        except NotFound:
            continue
    raise CommandFailed(f"No reservation {reservation} here; nothing was shown. GET /api/v1/reservations lists them.")
