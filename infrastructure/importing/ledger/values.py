# SPDX-License-Identifier: Apache-2.0
"""Cells of a ledger become values. What was read other than as it stands is told; what is ambiguous is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from infrastructure.importing import cells

FEN = {"元": 100, "千元": 100_000, "万": 1_000_000, "万元": 1_000_000, "亿元": 10_000_000_000}
"""Fen in one of each unit that ledgers count in."""
MOST_FEN = 10**15
LONGEST_NUMBER = 64
_SIGNS = re.compile(r"[\s¥]|人民币|RMB|CNY", re.IGNORECASE)
_AMOUNT = re.compile(r"^(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(万元|千元|亿元|元|万)?$")
_NEGATIVE = re.compile(r"^(?:[-−].*|\(.*\))$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_MONTH = re.compile(r"^(?:\d{4}[-./]\d{1,2}|\d{6}|\d{4}年\d{1,2}月)$")
SERIAL_BEGINS = date(1899, 12, 30)
SERIALS = range(18_264, 73_051)
"""Excel's day numbers from 1950 to 2100: another number of five digits is no date."""


class Read(NamedTuple):
    """A value, and the code of the note that says how it was read where that is not plain."""

    value: int | date | str
    note: str = ""


class Unreadable(ValueError):
    """A cell that cannot be read; the code says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def plain(text: str) -> str:
    """Text as it is read: full-width forms and outer blanks do not count."""
    return unicodedata.normalize("NFKC", text).strip()


def amount(text: str, unit: str) -> Read:
    """An amount in fen; `unit` is that of the column, a unit in the cell itself goes before it. Raises `Unreadable`."""
    bare = _SIGNS.sub("", plain(text))
    if _NEGATIVE.match(bare):
        raise Unreadable("negative_amount")
    found = _AMOUNT.match(bare)
    if not found:
        raise Unreadable("bad_ledger_amount")
    whole, part, own = found.groups(default="")
    fen = Decimal(whole.replace(",", "") + part) * FEN[own or unit]
    if fen != fen.to_integral_value() or fen > MOST_FEN:
        raise Unreadable("bad_ledger_amount")
    return Read(int(fen), "amount_in_unit" if own and FEN[own] != FEN[unit] else "")


def day(text: str) -> Read:
    """A date: with its year first, without separators, or as Excel counts days. Raises `Unreadable`."""
    bare = _CLOCK.sub("", plain(text).replace("号", "日"))
    try:
        if found := _COMPACT.match(bare):
            return Read(date(*map(int, found.groups())), "date_from_text")
        if (found := _SERIAL.match(bare)) and int(found[1]) in SERIALS:
            return Read(SERIAL_BEGINS + timedelta(days=int(found[1])), "date_from_serial")
        return Read(cells.day(bare), "" if _ISO.match(bare) else "date_from_text")
    except ValueError as error:
        raise Unreadable("date_without_day" if _MONTH.match(bare) else "bad_ledger_date") from error


def asset_number(text: str) -> Read:
    """An asset number without blanks. Raises `Unreadable` where Excel kept it as a number and lost its digits."""
    bare = "".join(plain(text).removeprefix("'").split())
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", bare, re.IGNORECASE):
        raise Unreadable("number_lost_digits")
    if len(bare) > LONGEST_NUMBER or "\0" in bare:
        raise Unreadable("bad_asset_number")
    return Read(re.sub(r"^(\d+)\.0+$", r"\1", bare))


def pieces(text: str) -> Read:
    """A number of pieces, with or without its measure word. Raises `Unreadable`."""
    found = re.match(r"^(\d{1,6})(?:\.0+)?\s*\D?$", plain(text))
    if not found or not int(found[1]):
        raise Unreadable("bad_quantity")
    return Read(int(found[1]))
