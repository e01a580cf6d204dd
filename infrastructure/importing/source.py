# SPDX-License-Identifier: Apache-2.0
"""Whose file it is, and whether the mapping fits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from infrastructure.importing.particulars import REQUIRED
from infrastructure.importing.problems import FileRefused
from infrastructure.importing.tables import normalised

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from domain.parties.unit import Unit
    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.importing.mapping import Mapping
    from infrastructure.importing.tables import Table


@dataclass(frozen=True)
class Source:
    """The unit whose instruments a file lists, the mapping that reads it, and what an instrument is called there."""

    jurisdiction: Jurisdiction
    unit_id: UUID
    unit: Unit
    legal_person: UUID
    mapping: Mapping
    type: str


def source_of(platform: Platform, unit_code: str, mapping: Mapping) -> Source:
    """The unit with that code, in whichever jurisdiction it is. Raises `FileRefused` where that is not exactly one."""
    jurisdiction, unit_id = home_of(platform, unit_code)
    unit = UNIT.fold(recorded.event for recorded in jurisdiction.log.stream(unit_id))
    assert unit is not None
    return Source(
        jurisdiction=jurisdiction,
        unit_id=unit_id,
        unit=unit,
        legal_person=unit.legal_person_on(local_date(platform.clock())),
        mapping=mapping,
        type=_instrument_type(jurisdiction, mapping),
    )


def home_of(platform: Platform, unit_code: str) -> tuple[Jurisdiction, UUID]:
    """Where the unit with that code is. Raises `FileRefused` where that is not in exactly one jurisdiction."""
    owners = {
        name: owner
        for name, one in platform.jurisdictions.items()
        if (owner := one.claims.owner("unit.code", unit_code)) is not None
    }
    if len(owners) != 1:
        found = f"is in {' and '.join(owners)}" if owners else "is in no jurisdiction here"
        remedy = "Name the jurisdiction with --jurisdiction" if owners else "Register the unit first, or check its code"
        message = f"The unit {unit_code} {found}; nothing was done. {remedy}."
        raise FileRefused(message)
    [(name, unit_id)] = owners.items()
    return platform.jurisdictions[name], unit_id


def _instrument_type(jurisdiction: Jurisdiction, mapping: Mapping) -> str:
    type_ = mapping.instrument_type.get(jurisdiction.regime.name)
    if type_ is None:
        message = (
            f"The mapping {mapping.name} does not say which type of resource an instrument is in "
            f"{jurisdiction.regime.name}; nothing was imported. Add it under [instrument_type]."
        )
        raise FileRefused(message)
    return type_


def require_columns(path: Path, table: Table, mapping: Mapping) -> None:
    """Refuse a file that lacks a column every line needs: better one sentence than the same on each line."""
    missing = [name for name in REQUIRED if name not in mapping.defaults and not _present(table, mapping, name)]
    if missing:
        message = (
            f"{path.name} has no column for {', '.join(missing)}; nothing was imported. "
            "Name the columns in a mapping, or give values with --defaults FIELD=VALUE."
        )
        raise FileRefused(message)


def _present(table: Table, mapping: Mapping, name: str) -> bool:
    return any(normalised(header) in table.index for header in mapping.columns.get(name, ()))


def unknown_columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    """Columns of the file that the mapping does not use."""
    used = {normalised(header) for headers in mapping.columns.values() for header in headers}
    return tuple(header for header in table.header if header and normalised(header) not in used)
