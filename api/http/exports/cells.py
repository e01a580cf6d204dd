# SPDX-License-Identifier: Apache-2.0
"""Values as cells: exact amounts, and no text that a spreadsheet would take for a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.exports.headings import MONEY, headings
from api.http.rendering import localised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.http.language import Language

Cell = str | int | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, also behind the full-width forms they normalise."""

PASSED_OVER = "".join(map(chr, {*range(0x20), 0x7F} - set(map(ord, "\t\r\n")))) + " \u3000\u00a0\u200b\ufeff"
"""What spreadsheets pass over before a formula, or what is taken out of a worksheet, which may not hold it."""


def heading_row(columns: Sequence[str], language: Language) -> list[str]:
    """What stands above the columns."""
    return [name for column in columns for name in headings(column, language)]


def cells(row: dict[str, Any], columns: Sequence[str], language: Language = "zh") -> list[Cell]:
    """A row as cells; an amount is two of them."""
    return [cell for column in columns for cell in _cells(column, row.get(column), language)]


def defused(text: str) -> str:
    """Text that stays text: an apostrophe goes before what would be a formula.

    >>> defused("=1+1"), defused(" -1"), defused("a=b")
    ("'=1+1", "' -1", 'a=b')
    """
    return f"'{text}" if text.lstrip(PASSED_OVER).startswith(DANGEROUS) or text.startswith("\t") else text


def _cells(column: str, value: Any, language: Language) -> list[Cell]:  # noqa: ANN401 - JSON
    if column.endswith(MONEY):
        return [_yuan(value), value] if isinstance(value, int) else [None, None]
    match value:
        case None:
            return [None]
        case bool():
            return ["true" if value else "false"]
        case int():
            return [value]
        case str():
            return [defused(value)]
        case _:
            return [defused(told(column, value, language))]


def told(name: str, value: Any, language: Language) -> str:  # noqa: ANN401 - JSON
    """What lies inside a row as a line of text: entries by `|`, members with their names, amounts in yuan.

    >>> told("lines", [{"kind": "machine_time", "amount_fen": 1250}, {"kind": "sample", "amount_fen": 5}], "en")
    'kind: machine_time; amount (yuan): 12.50 | kind: sample; amount (yuan): 0.05'
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() if name.endswith(MONEY):
            return _yuan(value)
        case list():
            return (" | " if any(isinstance(each, dict) for each in value) else ", ").join(
                told(name, each, language) for each in value
            )
        case dict():
            return "; ".join(
                f"{headings(key, language)[0]}: {told(key, inner, language)}"
                for key, inner in value.items()
                if inner not in (None, "", [], {})
            )
        case _:
            return str(localised(value))


def _yuan(amount_fen: int) -> str:
    """Two decimals and no separators: a number for programs, too."""
    whole, rest = divmod(abs(amount_fen), 100)
    return f"{'-' if amount_fen < 0 else ''}{whole}.{rest:02d}"
