# SPDX-License-Identifier: Apache-2.0
"""Lines that a unit's own platform sends, handed to the importer that takes its files (JS 16.b).

It stands beside the routes, since the importer itself is given a whole platform and is no part of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infrastructure.importing.records.files import counts_of
from infrastructure.importing.records.reading import Home
from infrastructure.importing.records.run import Run
from infrastructure.importing.records.sent import sent_fields

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.importing.records.run import Kind
    from infrastructure.words import Words


def taken_in(
    jurisdiction: Jurisdiction,
    kind: Kind,
    lines: Iterable[tuple[int, bytes]],
    *,
    actor: Actor,
    unit: UUID,
    source: str,
    words: Words,
) -> dict[str, Any]:
    """What became of each line, with its number, and how many had each fate. Raises `Unavailable`."""
    run = Run(Home(jurisdiction, unit, source), kind, bus=jurisdiction.bus, actor=actor, words=words)
    outcomes = [run.outcome(number, *sent_fields(line)) for number, line in lines]
    return {**counts_of(outcomes), "lines": [outcome.as_dict() for outcome in outcomes]}
