# SPDX-License-Identifier: Apache-2.0
"""Import a unit's whole ledger as of a day: one command, however many sheets; the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from application.bus import Request
from application.resources.import_asset_ledger import ImportAssetLedger
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.money import yuan
from domain.resources.ledger.ledger import ASSET_LEDGER, ledger_of
from domain.resources.ledger.line import AssetLine, asset_key
from infrastructure.importing.instruments import IMPORTS
from infrastructure.importing.ledger.findings import Finding, Taken, refused_numbers
from infrastructure.importing.ledger.lines import Reader
from infrastructure.importing.ledger.sheets import ledger_sheets
from infrastructure.importing.ledger.values import Unreadable, amount
from infrastructure.importing.rehearsal import rehearsal_of
from infrastructure.importing.source import home_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.importing.ledger.findings import Weight
    from infrastructure.importing.lines import Line

UNCHANGED = "resources.ledger_unchanged"


def import_ledger(
    platform: Platform,
    path: Path,
    *,
    unit_code: str,
    as_of: date,
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Taken:
    """Read every sheet, refuse bad lines one by one, and take the rest as the unit's ledger as of a day.

    `columns` names headers by field. Raises `FileRefused` where the file or unit cannot be used, `DomainError` where
    the ledger as a whole is refused, `Unavailable` where the database goes away: then nothing was taken.
    """
    home, unit = home_of(platform, unit_code)
    sheets, others = ledger_sheets(path, columns or {})
    readers = [Reader(path.name, sheet, as_of) for sheet in sheets]
    lines, findings = _lines(readers)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    unread, illegible = refused_numbers(findings)
    command = ImportAssetLedger(
        unit=unit,
        as_of=as_of,
        source_name=path.name,
        source_digest=digest,
        lines=tuple(lines),
        unread=unread,
        illegible=illegible,
    )
    former, changes = _issued(home, command, dry_run=dry_run)
    return Taken(
        file=path.name,
        jurisdiction=home.name,
        unit=unit_code,
        as_of=as_of,
        dry_run=dry_run,
        unchanged=changes is None,
        former_as_of=former,
        lines_read=len(lines),
        total_fen=sum(line.value_fen for line in lines),
        passed_over=sum(reader.passed_over for reader in readers),
        sheets=tuple(sheet.name for sheet in sheets),
        other_sheets=others,
        unused_columns=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.columns.unused)),
        changes=changes or {},
        findings=tuple(findings),
    )


def _issued(home: Jurisdiction, command: ImportAssetLedger, *, dry_run: bool) -> tuple[date | None, Any]:
    """The day of the former ledger, and what the command changed; None where this ledger is the one in force."""
    stream = ledger_of(command.unit)
    recorded = home.log.stream(stream)
    former = ASSET_LEDGER.fold(item.event for item in recorded)
    if former and (former.as_of, former.source_digest) == (command.as_of, command.source_digest):
        return former.as_of, None
    # An import that breaks off after its commit finds itself in force above; one before it begins anew.
    name = f"ImportAssetLedger/{command.unit}/{command.as_of}/{command.source_digest}/{len(recorded)}"
    key = uuid5(IMPORTS, name)
    clerk = Actor(user=uuid5(IMPORTS, "clerk"), role=Role.MANAGING_UNIT, unit=command.unit)
    bus = rehearsal_of(home.bus) if dry_run else home.bus
    try:
        result = bus.execute(Request(command, clerk, key, key, source=f"ledger:{command.source_name}"))
    except DomainError as refused:
        if refused.codes != (UNCHANGED,):
            raise
        return command.as_of, None
    return former.as_of if former else None, result.data


def _lines(readers: list[Reader]) -> tuple[list[AssetLine], list[Finding]]:
    read = [
        (reader, line, fields) for reader in readers for line in reader.sheet.lines if (fields := reader.read(line))
    ]
    findings = [finding for reader in readers for finding in reader.findings]
    by_key: dict[str, list[tuple[Reader, Line, AssetLine]]] = defaultdict(list)
    for reader, line, fields in read:
        asset = AssetLine.model_validate(fields)
        by_key[asset.key].append((reader, line, asset))
    refused = {
        asset_key(item.asset_number): item for item in findings if item.weight == "refused" and item.asset_number
    }
    taken = []
    for key, places in by_key.items():
        repeats = _repeats(places, refused.get(key))
        findings.extend(repeats)
        if not any(item.weight == "refused" for item in repeats):
            taken.append(places[0][2])
    for reader in readers:
        findings.extend(
            _totals(reader, [(line, fields["value_fen"]) for owner, line, fields in read if owner is reader])
        )
    order = {reader.sheet.name: place for place, reader in enumerate(readers)}
    return taken, sorted(findings, key=lambda item: (order[item.sheet], item.line))


def _repeats(places: list[tuple[Reader, Line, AssetLine]], other: Finding | None) -> list[Finding]:
    """A number on several lines: a line that only repeats does no harm, lines that differ are all refused."""
    stated = [_where(reader.sheet.name, line.number) for reader, line, _ in places]
    stated += [_where(other.sheet, other.line)] if other else []
    if len(stated) == 1:
        return []
    same = other is None and all(asset == places[0][2] for _, _, asset in places)
    weight: Weight = "read_so" if same else "refused"
    found = []
    for place, (reader, line, _) in enumerate(places):
        if place or not same:
            elsewhere = ", ".join(stated[:place] + stated[place + 1 :])
            code = "repeated_line" if same else "number_twice"
            found.append(reader.say(line, weight, code, field="asset_number", lines=elsewhere))
    return found


def _where(sheet: str, line: int) -> str:
    return f"{sheet}!{line}" if sheet else str(line)


def _totals(reader: Reader, values: list[tuple[Line, int]]) -> list[Finding]:
    """A total that the sheet states and its lines do not give: lines are missing, or a unit was read wrongly."""
    found = []
    refused = any(item.weight == "refused" for item in reader.findings)
    for line, text in reader.stated_totals:
        try:
            stated = amount(text, reader.sheet.columns.unit("value")).value if text else None
        except Unreadable:
            continue
        above = sum(value for item, value in values if item.number < line.number)
        if isinstance(stated, int) and stated != above and not refused and len(reader.stated_totals) == 1:
            read = {"stated": yuan(stated), "read": yuan(above)}
            found.append(reader.say(line, "read_so", "total_differs", field="value", **read))
    return found
