# SPDX-License-Identifier: Apache-2.0
"""Import instruments of one unit: each line is registered through the bus, once, however often the file comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from pydantic import ValidationError

from application.bus import Request
from application.errors import ApplicationError, IdempotencyKeyReused, Unavailable
from application.resources.publish_opening import PublishOpening
from application.resources.register_resource import RegisterResource
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from infrastructure.importing.outcome import Outcome, Reason, Summary
from infrastructure.importing.particulars import REQUIRED, asset_number_of, particulars_of
from infrastructure.importing.problems import FileRefused, LineRefused, Problem, in_words
from infrastructure.importing.rehearsal import rehearsal_of
from infrastructure.importing.tables import normalised, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from application.bus import Bus
    from application.command import Command, Result
    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.importing.lines import Line
    from infrastructure.importing.mapping import Mapping
    from infrastructure.importing.particulars import Particulars
    from infrastructure.importing.tables import Table
    from infrastructure.words import Words

IMPORTS = UUID("0d3c1f63-53b4-5c0a-9d0e-6a4c6c1e9f27")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Source:
    """Where a file goes: the unit whose instruments it lists, and the mapping that reads it."""

    jurisdiction: Jurisdiction
    unit: UUID
    unit_code: str
    legal_person: UUID
    mapping: Mapping
    type: str


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
    source = _source(platform, unit_code, mapping)
    _require_columns(path, table, mapping)
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
        unknown_columns=_unknown_columns(table, mapping),
        outcomes=tuple(outcomes),
    )


class _Run:
    """One pass over the lines of a file."""

    def __init__(self, source: Source, table: Table, bus: Bus, words: Words) -> None:
        self._source, self._table, self._bus, self._words = source, table, bus, words
        self._seen: dict[str, int] = {}
        clerk = uuid5(IMPORTS, "clerk")
        self._actor = Actor(user=clerk, role=Role.MANAGING_UNIT, organisation=source.legal_person, unit=source.unit)

    def outcome(self, line: Line) -> Outcome:
        number = asset_number_of(self._table, line, self._source.mapping)
        try:
            found = particulars_of(self._table, line, self._source.mapping)
            self._note_once(number, line)
            registered = self._register(found)
            opened = self._open(found, registered.id)
        except Unavailable:
            raise
        except (LineRefused, ValidationError, DomainError, ApplicationError) as refused:
            return Outcome(line.number, number, "refused", reasons=tuple(self._reasons(refused)))
        known = registered.repeated and not opened
        return Outcome(line.number, number, "already_there" if known else "taken", str(registered.id), opened)

    def _note_once(self, number: str, line: Line) -> None:
        if number in self._seen:
            raise LineRefused([Problem("twice", "asset_number", {"value": number, "line": str(self._seen[number])})])
        self._seen[number] = line.number

    def _register(self, found: Particulars) -> Result:
        fields = found.fields | {"unit": self._source.unit, "type": self._source.type}
        return self._issue(RegisterResource.model_validate(fields), found.asset_number)

    def _open(self, found: Particulars, resource: UUID) -> bool:
        """Publish the opening and tell whether it was done now.

        Its first day is the day of the import, so a later import must not ask again.
        """
        opening = self._source.mapping.opening
        if opening is None or not found.windows:
            return False
        command_id = self._command_id(PublishOpening, found.asset_number)
        if self._bus.log.result_of(command_id):
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
        source = f"{self._source.mapping.name}:{self._source.unit_code}:{asset_number}"
        return self._bus.execute(Request(command, self._actor, command_id, command_id, source=source))

    def _command_id(self, kind: type[Command], asset_number: str) -> UUID:
        """The same for the same asset of the same unit, whatever file it stands in: a second import repeats."""
        return uuid5(IMPORTS, f"{kind.__name__}/{self._source.unit}/{asset_number}")

    def _reasons(self, refused: Exception) -> Iterator[Reason]:
        match refused:
            case LineRefused():
                for problem in refused.problems:
                    yield _reason(problem)
            case IdempotencyKeyReused():
                yield _reason(Problem("differs"))
            case ValidationError():
                for item in refused.errors():
                    place = ".".join(str(part) for part in item["loc"])
                    yield _reason(Problem("bad_value", place, {"message": item["msg"]}))
            case DomainError():
                texts = zip(*(self._words.refusals(refused, language) for language in LANGUAGES), strict=True)
                for violation, (zh, en) in zip(refused.violations, texts, strict=True):
                    yield Reason(violation.field or "", violation.code, zh, en)
            case ApplicationError():
                zh, en = (" ".join(self._words.refusals(refused, language)) for language in LANGUAGES)
                yield Reason("", refused.code, zh, en)


def _reason(problem: Problem) -> Reason:
    zh, en = (in_words(problem, language) for language in LANGUAGES)
    return Reason(problem.field, f"import.{problem.code}", zh, en)


def _source(platform: Platform, unit_code: str, mapping: Mapping) -> Source:
    owners = {
        name: owner
        for name, one in platform.jurisdictions.items()
        if (owner := one.claims.owner("unit.code", unit_code)) is not None
    }
    if len(owners) != 1:
        found = f"is in {' and '.join(owners)}" if owners else "is in no jurisdiction here"
        remedy = "Name the jurisdiction with --jurisdiction" if owners else "Register the unit first, or check its code"
        message = f"The unit {unit_code} {found}; nothing was imported. {remedy}."
        raise FileRefused(message)
    [(name, unit)] = owners.items()
    jurisdiction = platform.jurisdictions[name]
    state = UNIT.fold(recorded.event for recorded in jurisdiction.log.stream(unit))
    assert state is not None
    today = local_date(platform.clock())
    return Source(
        jurisdiction=jurisdiction,
        unit=unit,
        unit_code=unit_code,
        legal_person=state.legal_person_on(today),
        mapping=mapping,
        type=_instrument_type(jurisdiction, mapping),
    )


def _instrument_type(jurisdiction: Jurisdiction, mapping: Mapping) -> str:
    type_ = mapping.instrument_type.get(jurisdiction.regime.name)
    if type_ is None:
        message = (
            f"The mapping {mapping.name} does not say which type of resource an instrument is in "
            f"{jurisdiction.regime.name}; nothing was imported. Add it under [instrument_type]."
        )
        raise FileRefused(message)
    return type_


def _require_columns(path: Path, table: Table, mapping: Mapping) -> None:
    missing = [name for name in REQUIRED if name not in mapping.defaults and not _present(table, mapping, name)]
    if missing:
        message = (
            f"{path.name} has no column for {', '.join(missing)}; nothing was imported. "
            "Name the columns in a mapping, or give values with --defaults FIELD=VALUE."
        )
        raise FileRefused(message)


def _present(table: Table, mapping: Mapping, name: str) -> bool:
    return any(normalised(header) in table.index for header in mapping.columns.get(name, ()))


def _unknown_columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    used = {normalised(header) for headers in mapping.columns.values() for header in headers}
    return tuple(header for header in table.header if header and normalised(header) not in used)
