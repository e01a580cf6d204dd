# SPDX-License-Identifier: Apache-2.0
"""Cells as text become values: money in yuan, dates, yes and no, opening hours. Nothing is guessed or rounded."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.kernel.money import fen_from_yuan
from domain.resources.values import MINUTES_OF_A_DAY, OpeningWindow

if TYPE_CHECKING:
    from collections.abc import Iterable

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_AMOUNT = re.compile(r"^[¥￥]?\s*(\d[\d,]{0,18}(?:\.\d{1,6})?)\s*元?$")
_DATE = re.compile(
    r"^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$"
)
_TRUE = frozenset({"true", "yes", "y", "1", "是", "有"})
_FALSE = frozenset({"false", "no", "n", "0", "否", "无"})
_DAYS = {
    name: number
    for number, group in enumerate(
        ("mon 周一 星期一", "tue 周二 星期二", "wed 周三 星期三", "thu 周四 星期四", "fri 周五 星期五",
         "sat 周六 星期六", "sun 周日 星期日 周天 星期天"),
        start=1,
    )
    for name in group.split()
}  # fmt: skip
_PART = re.compile(
    r"^(?P<first>[^\d\s至-]+)(?:[-至](?P<last>[^\d\s]+?))?\s*(?P<from>\d{1,2}:\d\d)-(?P<to>\d{1,2}:\d\d)$"
)


def fen(text: str) -> int:
    """An amount in yuan with at most two decimals. Raises ValueError."""
    found = _AMOUNT.match(unicodedata.normalize("NFKC", text))
    if not found:
        raise ValueError(text)
    return fen_from_yuan(found.group(1))


def day(text: str) -> date:
    """A date with its year first. Raises ValueError."""
    found = _DATE.match(unicodedata.normalize("NFKC", text))
    if not found:
        raise ValueError(text)
    year, month, of_month = (int(part) for part in found.groups() if part)
    return date(year, month, of_month)


def yes_or_no(text: str) -> bool:
    """A truth in Chinese or English. Raises ValueError."""
    word = text.casefold()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


def words(text: str) -> tuple[str, ...]:
    """Several names in one cell."""
    return tuple(part.strip() for part in re.split(r"[;；、]", text) if part.strip())


def weekly_windows(text: str) -> tuple[OpeningWindow, ...]:
    """Opening hours such as `Mon-Fri 08:30-17:30; Sat 09:00-12:00` or 周一至周五 08:30-17:30. Raises ValueError."""
    parts = (part.strip() for part in unicodedata.normalize("NFKC", text).casefold().split(";"))
    return tuple(window for part in parts if part for window in _windows(part))


def _windows(part: str) -> Iterable[OpeningWindow]:
    found = _PART.match(part.replace("–", "-"))
    if not found or found["first"] not in _DAYS or (found["last"] or found["first"]) not in _DAYS:
        raise ValueError(part)
    first, last = _DAYS[found["first"]], _DAYS[found["last"] or found["first"]]
    start, end = _minute(found["from"]), _minute(found["to"])
    if last < first or end <= start:
        raise ValueError(part)
    return [OpeningWindow(weekday=number, start_minute=start, end_minute=end) for number in range(first, last + 1)]


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def hours_a_day(text: str, weekdays: tuple[int, ...], starts_at_minute: int) -> tuple[OpeningWindow, ...]:
    """A number of hours on each weekday from a minute of the day on; 24 is the whole week. Raises ValueError."""
    minutes = int(Decimal(text) * 60) if re.match(r"^\d{1,2}(\.\d{1,2})?$", text) else 0
    if not 0 < minutes <= MINUTES_OF_A_DAY:
        raise ValueError(text)
    days = range(1, 8) if minutes == MINUTES_OF_A_DAY else weekdays
    start = min(starts_at_minute, MINUTES_OF_A_DAY - minutes)
    return tuple(OpeningWindow(weekday=number, start_minute=start, end_minute=start + minutes) for number in days)
