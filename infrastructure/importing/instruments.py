# SPDX-License-Identifier: Apache-2.0
"""Import instruments of one unit: each line is registered through the bus, once, however often the file comes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from application.bus import Request
from application.errors import Unavailable
from application.resources.publish_opening import PublishOpening
from application.resources.register_resource import RegisterResource
from domain.kernel.actor import Actor, Role
from domain.kernel.time import local_date
from infrastructure.importing.outcome import Outcome, Summary
from infrastructure.importing.particulars import asset_number_of, particulars_of
from infrastructure.importing.problems import LineRefused, Problem
from infrastructure.importing.reasons import REFUSALS, reasons_of
from infrastructure.importing.rehearsal import rehearsal_of
from infrastructure.importing.source import require_columns, source_of, unknown_columns
from infrastructure.importing.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from application.bus import Bus
    from application.command import Command, Result
    from infrastructure.bootstrap import Platform
    from infrastructure.importing.lines import Line
    from infrastructure.importing.mapping import Mapping
    from infrastructure.importing.outcome import Fate, Reason
    from infrastructure.importing.particulars import Particulars
    from infrastructure.importing.source import Source
    from infrastructure.importing.tables import Table
    from infrastructure.words import Words

IMPORTS = UUID("0d3c1f63-53b4-5c0a-9d0e-6a4c6c1e9f27")


def import_instruments(
    platform: Platform,
    path: Path,
    *,
    unit_code: str,
    mapping: Mapping,
    dry_run: bool = False,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Summary:
    """Register every instrument of a file and publish its opening where the line gives hours.

    A bad line is refused with its reasons, and the import goes on; a line that was imported before changes nothing.
    Raises `FileRefused` where the file, mapping or unit cannot be used, `Unavailable` where the database goes away:
    what was taken until then stays, and the same command goes on from there.
    """
    table = read_table(path, mapping.key_headers)
    source = source_of(platform, unit_code, mapping)
    require_columns(path, table, mapping)
    bus = rehearsal_of(source.jurisdiction.bus) if dry_run else source.jurisdiction.bus
    run = _Run(source, table, bus, platform.words)
    outcomes = []
    for done, line in enumerate(table.lines, start=1):
        outcomes.append(run.outcome(line))
        progress(path.name, done, len(table.lines))
    return Summary(
        file=path.name,
        mapping=mapping.name,
        jurisdiction=source.jurisdiction.name,
        unit=unit_code,
        dry_run=dry_run,
        unknown_columns=unknown_columns(table, mapping),
        outcomes=tuple(outcomes),
    )


class _Run:
    """One pass over the lines of a file."""

    def __init__(self, source: Source, table: Table, bus: Bus, words: Words) -> None:
        self._source, self._table, self._bus, self._words = source, table, bus, words
        self._seen: dict[str, int] = {}
        clerk = uuid5(IMPORTS, "clerk")
        self._actor = Actor(user=clerk, role=Role.MANAGING_UNIT, organisation=source.legal_person, unit=source.unit_id)

    def outcome(self, line: Line) -> Outcome:
        number = asset_number_of(self._table, line, self._source.mapping)
        try:
            found = particulars_of(self._table, line, self._source.mapping)
            self._note_once(number, line)
            registered = self._register(found)
        except Unavailable:
            raise
        except REFUSALS as refused:
            return Outcome(line.number, number, "refused", reasons=tuple(reasons_of(refused, self._words)))
        opened, reasons = self._opened(found, registered.id)
        fate: Fate = "already_there" if registered.repeated and not opened else "taken"
        return Outcome(line.number, number, fate, str(registered.id), opened, reasons)

    def _note_once(self, number: str, line: Line) -> None:
        if number in self._seen:
            raise LineRefused([Problem("twice", "asset_number", {"value": number, "line": str(self._seen[number])})])
        self._seen[number] = line.number

    def _register(self, found: Particulars) -> Result:
        unit = self._source.unit
        place = {} if "city" in found.fields else {"city": unit.city, "district": unit.district}
        fields = found.fields | place | {"unit": self._source.unit_id, "type": self._source.type}
        return self._issue(RegisterResource.model_validate(fields), found.asset_number)

    def _opened(self, found: Particulars, resource: UUID) -> tuple[bool, tuple[Reason, ...]]:
        """A refused opening leaves the resource registered; the reasons stand with the line."""
        try:
            return self._open(found, resource), ()
        except Unavailable:
            raise
        except REFUSALS as refused:
            return False, tuple(reasons_of(refused, self._words))

    def _open(self, found: Particulars, resource: UUID) -> bool:
        """Publish the opening and tell whether it was done now.

        Its first day is the day of the import, so a later import must not ask again.
        """
        opening = self._source.mapping.opening
        if opening is None or not found.windows:
            return False
        if self._bus.log.result_of(self._command_id(PublishOpening, found.asset_number)):
            return False
        command = PublishOpening(
            resource=resource,
            effective_from=opening.effective_from or local_date(self._bus.clock()),
            windows=found.windows,
            terms=opening.terms,
            rated_minutes_per_year=opening.rated_hours_per_year * 60,
        )
        return not self._issue(command, found.asset_number).repeated

    def _issue(self, command: Command, asset_number: str) -> Result:
        command_id = self._command_id(type(command), asset_number)
        source = f"{self._source.mapping.name}:{self._source.unit.code}:{asset_number}"
        return self._bus.execute(Request(command, self._actor, command_id, command_id, source=source))

    def _command_id(self, kind: type[Command], asset_number: str) -> UUID:
        """The same for the same asset of the same unit, whatever file it stands in: a second import repeats."""
        return uuid5(IMPORTS, f"{kind.__name__}/{self._source.unit_id}/{asset_number}")
