# SPDX-License-Identifier: Apache-2.0
"""A table from a file: a header and lines of text, each with the line number a person sees in the file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infrastructure.importing.delimited import read_delimited
from infrastructure.importing.lines import HEADER_WITHIN, Line
from infrastructure.importing.problems import FileRefused, Problem
from infrastructure.importing.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 50_000_000
ARCHIVE, OLD_WORKBOOK = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(frozen=True)
class Table:
    """The lines under a header, each a mapping from normalised header to text."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    index: dict[str, int] = field(default_factory=dict)

    def cell(self, line: Line, header: str) -> str | None:
        """The text under a header, stripped; None where the file has no such column."""
        place = self.index.get(normalised(header))
        return None if place is None else line.cells[place].strip()


def normalised(header: str) -> str:
    """A header as it is compared: full-width forms, case and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())


def read_table(path: Path, key_headers: Iterable[str], *, key: str = "the asset number") -> Table:
    """Read a CSV or XLSX file; the header is the first line that holds one of `key_headers`.

    Raises `FileRefused` for a file that cannot be read as a table or has no such header.
    """
    require_readable(path)
    lines = read_workbook(path) if is_workbook(path) else read_delimited(path)
    return _under_header(path, lines, {normalised(header) for header in key_headers}, key)


def require_readable(path: Path) -> None:
    """Refuse what is not there, too large, or a workbook of the old binary kind. Raises `FileRefused`."""
    if not path.is_file():
        message = f"There is no file {path}; nothing was imported. Check the path."
        raise FileRefused(message)
    if path.stat().st_size > MAX_BYTES:
        message = f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB; nothing was imported. Split it."
        raise FileRefused(message)
    with path.open("rb") as file:
        old = file.read(len(OLD_WORKBOOK)) == OLD_WORKBOOK
    if old:
        message = f"{path.name} is a workbook of the old kind (XLS); nothing was imported. Save it as XLSX or CSV."
        raise FileRefused(message)


def is_workbook(path: Path) -> bool:
    """Whether a file is an XLSX workbook, by its name or, where the name is wrong, by its first bytes."""
    with path.open("rb") as file:
        return path.suffix.lower() in (".xlsx", ".xlsm") or file.read(len(ARCHIVE)) == ARCHIVE


def _under_header(path: Path, lines: list[Line], keys: set[str], key: str) -> Table:
    for place, line in enumerate(lines[:HEADER_WITHIN]):
        header = tuple(cell.strip() for cell in line.cells)
        names = [normalised(name) for name in header]
        if not keys.intersection(names):
            continue
        twice = [name for at, name in enumerate(names) if name and name in names[:at]]
        if twice:
            message = f"{path.name} has the column {twice[0]!r} twice; nothing was imported. Rename or delete one."
            raise FileRefused(message)
        filled = (item for item in lines[place + 1 :] if item.problem or any(cell.strip() for cell in item.cells))
        checked = tuple(_checked(item, len(header)) for item in filled)
        return Table(header, checked, {name: at for at, name in enumerate(names) if name})
    message = (
        f"{path.name} has no column for {key} (looked for: {', '.join(sorted(keys))}); "
        "nothing was imported. Name the columns in a mapping file."
    )
    raise FileRefused(message)


def _checked(line: Line, expected: int) -> Line:
    if line.problem or len(line.cells) == expected:
        return line
    return Line(line.number, (), Problem("cell_count", "", {"found": str(len(line.cells)), "expected": str(expected)}))
