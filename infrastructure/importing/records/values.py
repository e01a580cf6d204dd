# SPDX-License-Identifier: Apache-2.0
"""Texts become moments and numbers. A time without its zone is Shanghai's; one that counts seconds is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import NoReturn

from domain.kernel.time import SHANGHAI
from infrastructure.importing.problems import LineRefused, Problem

_MOMENT = re.compile(
    r"^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
    r"[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?\s*(Z|[+-]\d\d:?\d\d)?$"
)
_FLAGS = {"是": True, "yes": True, "true": True, "1": True, "否": False, "no": False, "false": False, "0": False}
_WIDE = str.maketrans("＝；", "=;")
"""Signs that part questions from answers; the questions themselves stand as they were published."""
_COUNTED = re.compile(r"^\d+(\.\d+)?$")
MOST, MOST_DIGITS = 100_000_000, 30


def moment(name: str, text: str) -> datetime:
    """An instant in UTC. Raises `LineRefused` `bad_moment`, or `epoch_time` for seconds since 1970 and serials."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _COUNTED.match(plain):
        _refuse("epoch_time", name, text)
    found = _MOMENT.match(plain)
    if not found:
        _refuse("bad_moment", name, text)
    *parts, zone = found.groups()
    year, month, day, hour, minute, *second = (int(part) for part in parts if part)
    try:
        local = datetime(year, month, day, hour, minute, second[0] if second else 0, tzinfo=SHANGHAI)
        if zone:
            local = local.replace(tzinfo=datetime.strptime(zone.replace("Z", "+0000"), "%z").tzinfo)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        _refuse("bad_moment", name, text)


def number(name: str, text: str) -> int:
    """A whole number of 0 or more. Raises `LineRefused` `bad_number`."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    if not plain.isascii() or not plain.isdigit() or len(plain) > MOST_DIGITS or int(plain) > MOST:
        _refuse("bad_number", name, text)
    return int(plain)


def flag(name: str, text: str) -> bool:
    """Yes or no. Raises `LineRefused` `bad_flag`."""
    said = _FLAGS.get(text.strip().lower())
    if said is None:
        _refuse("bad_flag", name, text)
    return bool(said)


def answers(name: str, text: str) -> dict[str, str]:
    """What was answered, `question=answer; question=answer`. Raises `LineRefused` `bad_answers`."""
    pairs = [pair.partition("=") for pair in text.translate(_WIDE).split(";") if pair.strip()]
    if not pairs or not all(question.strip() and answer.strip() for question, _, answer in pairs):
        _refuse("bad_answers", name, text)
    return {question.strip(): answer.strip() for question, _, answer in pairs}


def _refuse(code: str, name: str, text: str) -> NoReturn:
    raise LineRefused([Problem(code, name, {"value": text})])
