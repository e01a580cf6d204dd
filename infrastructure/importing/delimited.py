# SPDX-License-Identifier: Apache-2.0
"""Delimited text: encoding and separator are found out; a broken line never swallows the good ones after it."""

from __future__ import annotations

import codecs
import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from infrastructure.importing.lines import HEADER_WITHIN, Line
from infrastructure.importing.problems import FileRefused, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPARATORS = (",", ";", "\t")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def read_delimited(path: Path) -> list[Line]:
    """The lines of a CSV file, header included. Raises `FileRefused` for an unknown encoding."""
    physical = decoded(path).splitlines(keepends=True)
    return list(_records(physical, _separator(physical)))


def decoded(path: Path) -> str:
    """The text: by its mark, else UTF-8, else GB18030 (which contains GB2312 and GBK). Raises `FileRefused`.

    Files pasted together from several systems hold lines of both; each is read as what it is.
    """
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return "".join(map(_decoded_line, raw.splitlines(keepends=True)))
    except UnicodeDecodeError as error:
        message = f"{path.name} is neither UTF-8 nor GB18030 text; nothing was imported. Save it as CSV UTF-8."
        raise FileRefused(message) from error


def lines_of_other_encoding(path: Path) -> tuple[int, ...]:
    """Numbers of the UTF-8 lines in a file that is otherwise GB18030; none in a file of one encoding."""
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = () if marked else raw.splitlines()
    kinds = [_is_utf8(line) for line in lines]
    mixed = any(kinds) and not all(kind or line.isascii() for kind, line in zip(kinds, lines, strict=True))
    return tuple(number for number, kind in enumerate(kinds, start=1) if kind and mixed)


def _decoded_line(line: bytes) -> str:
    return line.removeprefix(codecs.BOM_UTF8).decode("utf-8" if _is_utf8(line) else "gb18030")


def _is_utf8(line: bytes) -> bool:
    """Whether a line is Chinese in UTF-8.

    Some words in GB18030 happen to be valid UTF-8, but not of Chinese characters (联通 is the famous one).
    """
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return _CHINESE.search(text) is not None


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
