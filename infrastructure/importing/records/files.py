# SPDX-License-Identifier: Apache-2.0
"""A file of bookings or uses, CSV or XLSX, and what became of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from domain.kernel.actor import Actor, Role
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from infrastructure.importing.outcome import Reason, harmless
from infrastructure.importing.records.columns import HEADERS, fields_of, require_fields, unknown_headers
from infrastructure.importing.records.reading import Home
from infrastructure.importing.records.run import IMPORTS, Run
from infrastructure.importing.rehearsal import rehearsal_of
from infrastructure.importing.source import home_of
from infrastructure.importing.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from infrastructure.bootstrap import Platform
    from infrastructure.importing.outcome import Fate
    from infrastructure.importing.records.run import Kind, RecordOutcome


@dataclass(frozen=True)
class RecordSummary:
    """What became of a file. `unknown_columns` mean nothing here."""

    file: str
    kind: Kind
    jurisdiction: str
    unit: str
    source: str
    dry_run: bool
    unknown_columns: tuple[str, ...]
    outcomes: tuple[RecordOutcome, ...]

    def count(self, fate: Fate) -> int:
        """How many lines had one fate."""
        return sum(outcome.fate == fate for outcome in self.outcomes)

    @property
    def suspected(self) -> int:
        """How many lines say the same as an earlier record."""
        return sum(outcome.duplicate_of is not None for outcome in self.outcomes)

    @property
    def overlapping(self) -> int:
        """How many lines lie at the same time as another use."""
        return sum(bool(outcome.overlaps) for outcome in self.outcomes)

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "file": self.file,
            "kind": self.kind,
            "jurisdiction": self.jurisdiction,
            "unit": self.unit,
            "source": self.source,
            "dry_run": self.dry_run,
            "unknown_columns": self.unknown_columns,
            **counts_of(self.outcomes),
            "lines": [outcome.as_dict() for outcome in self.outcomes],
        }


def counts_of(outcomes: Iterable[RecordOutcome]) -> dict[str, int]:
    """The conclusion in numbers."""
    listed = list(outcomes)
    fates: tuple[Fate, ...] = ("taken", "already_there", "refused")
    counted: dict[str, int] = {fate: sum(outcome.fate == fate for outcome in listed) for fate in fates}
    suspected = sum(outcome.duplicate_of is not None for outcome in listed)
    return {**counted, "suspected_duplicates": suspected, "overlapping": sum(bool(each.overlaps) for each in listed)}


def import_records(
    platform: Platform,
    path: Path,
    kind: Kind,
    *,
    unit_code: str,
    source: str | None = None,
    defaults: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> RecordSummary:
    """Take every line of a file in; `source` names the other platform, by default the unit's code.

    Raises `FileRefused` where the file or unit cannot be used, `Unavailable` where the database goes away: what was
    taken until then stays, and the same command goes on from there.
    """
    jurisdiction, unit_id = home_of(platform, unit_code)
    table, given = read_table(path, HEADERS["source_id"], key="the source's identity"), defaults or {}
    require_fields(path.name, table, given)
    unit = UNIT.fold(recorded.event for recorded in jurisdiction.log.stream(unit_id))
    assert unit is not None, "its code was found"
    organisation = unit.legal_person_on(local_date(platform.clock()))
    clerk = Actor(user=uuid5(IMPORTS, "clerk"), role=Role.MANAGING_UNIT, organisation=organisation, unit=unit_id)
    bus = rehearsal_of(jurisdiction.bus) if dry_run else jurisdiction.bus
    home = Home(jurisdiction, unit_id, source or unit_code)
    run = Run(home, kind, bus=bus, actor=clerk, words=platform.words)
    outcomes = []
    for done, line in enumerate(table.lines, start=1):
        fields = {} if line.problem else fields_of(table, line, given)
        outcomes.append(run.outcome(line.number, fields, line.problem))
        progress(path.name, done, len(table.lines))
    return RecordSummary(
        file=path.name,
        kind=kind,
        jurisdiction=jurisdiction.name,
        unit=unit_code,
        source=home.source,
        dry_run=dry_run,
        unknown_columns=unknown_headers(table),
        outcomes=tuple(outcomes),
    )


def write_fates(path: Path, outcomes: Iterable[RecordOutcome]) -> None:
    """A CSV with one row for each line and reason, with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        header = ["line", "source_id", "fate", "reservation", "duplicate_of", "field", "code", "reason_zh", "reason_en"]
        writer.writerow(header)
        for outcome in outcomes:
            for reason in outcome.reasons or (Reason("", "", "", ""),):
                told = [outcome.source_id, outcome.fate, outcome.reservation or "", outcome.duplicate_of or ""]
                row = [*told, reason.field, reason.code, reason.zh, reason.en]
                writer.writerow([outcome.line, *map(harmless, row)])
