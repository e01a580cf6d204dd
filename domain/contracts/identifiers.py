# SPDX-License-Identifier: Apache-2.0
"""Identifiers of outputs: DOI, ISBN and patent numbers, checked by their own rules and written in one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.contracts.output_events import OutputKind

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_CHINESE_APPLICATION = re.compile(r"(?:CN|ZL)?(\d{12}|\d{8})\.?([0-9X])")
_CHINESE_PUBLICATION = re.compile(r"CN(?:\d{7}|\d{9})[ABCUSY]\d?")
_FOREIGN = re.compile(r"(?!CN)(?:[A-Z]{2}\d{4,14}(?:[A-Z]\d?)?|PCT/[A-Z]{2}\d{4}/\d{6})")
_APPLICATION_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def doi(text: str) -> str | None:
    """A DOI in small letters without its address, or None where it is none (ISO 26324: prefix 10.n, then a suffix)."""
    bare = _DOI_PREFIX.sub("", text.strip()).lower()
    return bare if _DOI.fullmatch(bare) else None


def isbn(text: str) -> str | None:
    """An ISBN as 13 digits, or None where length or check digit is wrong (ISO 2108); one of 10 is lifted to 13."""
    bare = re.sub(r"[\s-]", "", re.sub(r"^isbn:?", "", text.strip(), flags=re.IGNORECASE)).upper()
    if re.fullmatch(r"\d{9}[\dX]", bare):
        total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(bare))
        return f"978{bare[:9]}{_check_of_13(f'978{bare[:9]}')}" if total % 11 == 0 else None
    if re.fullmatch(r"97[89]\d{10}", bare):
        return bare if bare[12] == _check_of_13(bare[:12]) else None
    return None


def _check_of_13(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-total % 10)


def patent(text: str) -> str | None:
    """A patent's number, or None where it is none.

    Chinese application numbers are proved by their check digit and written `CN202310123456.X`; Chinese publications
    and numbers of other offices (ST.3 code and digits, PCT applications) by their form.
    """
    bare = re.sub(r"\s", "", text).upper()
    if found := _CHINESE_APPLICATION.fullmatch(bare):
        digits, check = found.groups()
        weights = _APPLICATION_WEIGHTS[: len(digits)]
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        return f"CN{digits}.{check}" if check == ("X" if rest == 10 else str(rest)) else None  # noqa: PLR2004 - mod 11
    return bare if _CHINESE_PUBLICATION.fullmatch(bare) or _FOREIGN.fullmatch(bare) else None


READERS: Mapping[OutputKind, tuple[str, Callable[[str], str | None]]] = {
    "paper": ("DOI", doi),
    "monograph": ("ISBN", isbn),
    "patent": ("patent number", patent),
}
"""What identifies each kind of output, and how it is read."""
