# SPDX-License-Identifier: Apache-2.0
"""Wordings filled: the unit's own where it has one, else the platform's, in the reader's language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from domain.notices.template import PLACEHOLDER, Wording
from infrastructure.readable import MISSING, readable
from infrastructure.words import load_words
from projections.notices import lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from domain.notices.events import Language
    from infrastructure.readable import Terms
    from projections.paging import Cursor
    from projections.readmodel import Row


@dataclass(frozen=True, slots=True)
class Text:
    """A notice as somebody reads it, and which version of which wording it was made from."""

    subject: str
    body: str
    language: Language
    wording: str


@cache
def platform_wordings(language: Language) -> dict[str, Wording]:
    """The wordings that come along, by kind."""
    place = files("domain.notices") / "templates" / f"{language}.toml"
    document = tomllib.loads(place.read_text(encoding="utf-8"))
    version = f"platform/{document.pop('version')}"
    return {kind: Wording(item["subject"], item["body"].strip(), version) for kind, item in document.items()}


@dataclass(frozen=True)
class Wordings:
    """What is needed to fill a batch of notices: names of instruments and units, and units' own wordings."""

    names: Mapping[UUID, tuple[str, str]]
    own: Mapping[tuple[UUID, str, str], Row]

    @classmethod
    def of(cls, cursor: Cursor, rows: Sequence[Row]) -> Wordings:
        """What the notices of some rows need, in two queries."""
        named = {row[part] for row in rows for part in ("unit", "resource") if row[part] is not None}
        units = {row["unit"] for row in rows if row["unit"] is not None}
        return cls(lists.names_of(cursor, list(named)), lists.unit_wordings(cursor, list(units)))

    def text(self, row: Row, language: Language) -> Text:
        """A notice in words."""
        own = self.own.get((row["unit"], row["kind"], language))
        wording = (
            Wording(own["subject"], own["body"], f"unit/{own['number']}")
            if own
            else platform_wordings(language)[row["kind"]]
        )
        named = {"instrument": self._name(row["resource"], language), "unit": self._name(row["unit"], language)}
        return filled(wording, {**row["facts"], **named}, language)

    def _name(self, stream: UUID | None, language: Language) -> str:
        zh, en = self.names.get(stream, (MISSING, "")) if stream else (MISSING, "")
        return (en or zh) if language == "en" else zh


def filled(wording: Wording, values: Mapping[str, object], language: Language) -> Text:
    """A wording with its placeholders filled; a subject has no line breaks, whatever a value brings along."""
    terms: Terms = load_words().terms

    def fill(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: readable(found[1], values.get(found[1]), language, terms), text)

    return Text(" ".join(fill(wording.subject).split()), fill(wording.body), language, wording.version)
