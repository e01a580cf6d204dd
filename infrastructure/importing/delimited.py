# SPDX-License-Identifier: Apache-2.0
"""Delimited text: encoding and separator are found out; a broken line never swallows the good ones after it."""

from __future__ import annotations

import codecs
import csv
from itertools import islice
from typing import TYPE_CHECKING

from infrastructure.importing.lines import HEADER_WITHIN, Line
from infrastructure.importing.problems import FileRefused, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPARATORS = (",", ";", "\t")


def read_delimited(path: Path) -> list[Line]:
    """The lines of a CSV file, header included. Raises `FileRefused` for an unknown encoding."""
    physical = decoded(path).splitlines(keepends=True)
    return list(_records(physical, _separator(physical)))


def decoded(path: Path) -> str:
    """The text: by its mark, else UTF-8, else GB18030 (which contains GB2312 and GBK). Raises `FileRefused`."""
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = f"{path.name} is neither UTF-8 nor GB18030 text; nothing was imported. Save it as CSV UTF-8."
    raise FileRefused(message)


def _separator(physical: list[str]) -> str:
    """The separator that splits the first lines into the most cells."""
    head = [line for line in physical[:HEADER_WITHIN] if line.strip()]
    return max(SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))


def _records(physical: list[str], separator: str) -> Iterator[Line]:
    at = 0
    while at < len(physical):
        # After a broken line the reader starts anew behind it, so that an open quote costs one line only.
        reader = csv.reader(islice(physical, at, None), delimiter=separator, strict=True)
        begin = at
        try:
            for cells in reader:
                yield Line(begin + 1, tuple(cells))
                begin = at + reader.line_num
            at = len(physical)
        except csv.Error as error:
            yield Line(begin + 1, (), Problem("open_quote", "", {"message": str(error)}))
            at = begin + 1
