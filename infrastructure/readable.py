# SPDX-License-Identifier: Apache-2.0
"""Values as people read them in a sentence, in Chinese or English."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from domain.kernel.money import yuan
from domain.kernel.personal import Personal
from domain.kernel.time import Span, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Terms = Mapping[str, Mapping[str, "Text"]]

MISSING = "—"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


class Text(BaseModel):
    """One sentence or term in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_min_length=1)

    zh: str
    en: str

    def read(self, language: str) -> str:
        """The sentence in a language; Chinese for any other than English."""
        return self.en if language == "en" else self.zh


SEALED = Text(zh="[个人信息]", en="[personal data]")
TRUE, FALSE = Text(zh="是", en="yes"), Text(zh="否", en="no")
SEPARATOR = Text(zh="、", en=", ")
LISTED = ", "
"""Between the codes of a parameter that lists several."""
POSSIBLE = "possible_"
"""Before the name of a field, for the values that it would have to have."""


def readable(name: str, value: object, language: str, terms: Terms) -> str:
    """The value of the field or parameter `name`.

    `*_fen` reads as yuan, an instant as Shanghai time with its offset, personal data only where it is unsealed,
    a code, or several, as the terms that `terms` has for them under this name, values by name as `name: value`, and
    what is missing as a dash.
    """
    match value:
        case None | "" | () | []:
            return MISSING
        case Personal():
            return value.value or SEALED.read(language)
        case bool():
            return (TRUE if value else FALSE).read(language)
        case tuple() | list() | dict():
            return SEPARATOR.read(language).join(_parts(name, value, language, terms)) or MISSING
        case str() if known := _terms_of(value, terms.get(name.removeprefix(POSSIBLE), {})):
            return SEPARATOR.read(language).join(term.read(language) for term in known)
        case _:
            return _plain(name, value)


def _parts(name: str, value: Sequence[object] | Mapping[str, object], language: str, terms: Terms) -> Iterator[str]:
    """Each of several values; those that have names after their name."""
    if isinstance(value, dict):
        yield from (f"{part}: {readable(part, inner, language, terms)}" for part, inner in value.items())
    else:
        yield from (readable(name, inner, language, terms) for inner in value)


def _terms_of(codes: str, known: Mapping[str, Text]) -> list[Text]:
    """The terms of a code, or of a list of them, which may have one of its own; none where any is unknown."""
    listed = [known[codes]] if codes in known else [known.get(code) for code in codes.split(LISTED)]
    return [term for term in listed if term] if all(listed) else []


def _plain(name: str, value: object) -> str:
    """What reads the same in every language."""
    match value:
        case int() if name.endswith("_fen"):
            return f"¥{yuan(value)}"
        case datetime():
            return _clock(value)
        case date():
            return value.isoformat()
        case Span():
            return f"{_clock(value.start)} – {_clock(value.end)}"
        case Decimal():
            return f"{value:f}"
        case _:
            return _typed(str(value))


def _typed(text: str) -> str:
    """Text as it was typed, an instant in it as a clock shows it. What only looks like one stays as it is."""
    if not INSTANT.fullmatch(text):
        return text
    try:
        return _clock(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return text


def _clock(instant: datetime) -> str:
    """2026-03-01 09:00+08:00, with seconds only where there are any."""
    return local(instant).isoformat(sep=" ", timespec="seconds" if instant.second else "minutes")
