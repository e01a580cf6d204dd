# SPDX-License-Identifier: Apache-2.0
"""`tongchou gaps UNIT`: what a unit's ledger has and the registry lacks."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import note, output, print_document
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from api.gaps import GapList
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.words import Words

FIRST = 50


def gaps(
    unit: Annotated[str, typer.Argument(help="Code of the managing unit")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only gaps of this kind; repeatable", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write every gap as CSV")] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Show the gap list: the unit's imported fixed-asset ledger minus the registry (ruling 8.24).

    Also what differs, what is late, and what was bought without a review; the dearest first.
    """
    from api.gaps import KINDS, as_csv, gap_list, shown
    from api.http.rendering import as_json as rendered
    from infrastructure.importing.source import home_of

    unknown = sorted(set(kind or ()) - set(KINDS))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: choose among {', '.join(KINDS)}", param_hint="--kind")
    with opened(data_dir, jurisdiction) as platform:
        home, unit_id = home_of(platform, unit)
        _bring_up_to_date(home)
        with home.database.snapshot() as cursor:
            found = gap_list(cursor, home, unit_id, platform.clock(), kinds=tuple(kind or ()))
        words = platform.words
    if out:
        out.write_bytes(as_csv(found, words.terms, "zh"))
    if as_json:
        import orjson

        document = {**found.summary(), "items": [shown(item) for item in found.items]}
        print_document(orjson.loads(rendered(document)))
    else:
        _show(found, words)


def _bring_up_to_date(home: Jurisdiction) -> None:
    """Without a running worker nobody else brings what was just imported into the read models."""
    projector = home.projector()
    try:
        if projector.lead():
            projector.catch_up()
    finally:
        projector.close()


def _show(found: GapList, words: Words) -> None:
    from api.gaps import as_read, in_words
    from domain.kernel.money import yuan

    if found.as_of is None:
        note("No ledger of this unit was imported yet, so nobody knows what is missing: `tongchou import ledger`.")
        return
    console = output()
    for item in found.items[:FIRST]:
        for gap in item.gaps:
            sides = f": {as_read(gap.ledger)} / {as_read(gap.registry)}" if gap.registry is not None else ""
            said = []
            for language, form in (("zh", "（{}）"), ("en", " ({})")):
                what, doubts = in_words(gap, words.terms, language)
                said.append(f"{what}{sides}{form.format(doubts) if doubts else ''}")
            choice = "选择 choice " if gap.citation and gap.citation.choice else ""
            article = f" [{choice}{gap.citation.article}]" if gap.citation else ""
            line = f"{item.stated.asset_number} {item.stated.name} {yuan(item.stated.value_fen)} — {' / '.join(said)}"
            console.print(f"{line}{article}", markup=False, highlight=False)
    if len(found.items) > FIRST:
        console.print(f"… and {len(found.items) - FIRST} more assets; --out writes them all.", markup=False)
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.kinds.items()) or "no gaps"
    console.print(
        f"Ledger of {found.as_of}: {found.in_ledger} assets, {found.outside} of no concern to the registry; "
        f"{found.registered} registered; {kinds}.",
        markup=False,
    )
