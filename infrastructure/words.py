# SPDX-License-Identifier: Apache-2.0
"""The sentences that people read, in Chinese and English: refusals, events, commands.

They stand in `words.toml` beside the code they speak of. Placeholders name parameters of a refusal or fields of an
event; codes among their values are put into words by the tables of terms.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.kernel.errors import DomainError, Violation
from infrastructure.readable import Text, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from application.errors import ApplicationError

PACKAGES = ("domain", "application")
FILE = "words.toml"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FILLED = re.compile(r"\{(\w+)\}( ?分钟| minutes)?(?=(\{)?)")
MINUTES_A_DAY = 24 * 60
CITATION = Text(zh="（依据：{document} {article}{quotation}）", en=" ({document}, {article}{quotation})")
CHOICE = Text(zh="（无条文规定，依本系统的选择 {choice}）", en=" (no article says so: choice {choice} of this system)")


class WordsFileError(Exception):
    """A words file has another shape than it should, or says something twice."""


class WordsFile(BaseModel):
    """The shape of a `words.toml`: sentences by code, type or name, terms by field and value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    errors: dict[str, Text] = {}
    events: dict[str, Text] = {}
    commands: dict[str, Text] = {}
    terms: dict[str, dict[str, Text]] = {}


@dataclass(frozen=True)
class Words:
    """All sentences. A sentence that is missing shows its code: a refusal must reach the person even so."""

    errors: dict[str, Text] = field(default_factory=dict)
    events: dict[str, Text] = field(default_factory=dict)
    commands: dict[str, Text] = field(default_factory=dict)
    terms: dict[str, dict[str, Text]] = field(default_factory=dict)

    def error(self, code: str, language: str, parameters: Mapping[str, object]) -> str:
        """A refusal, by its code."""
        return self._say(self.errors.get(code), code, language, parameters)

    def event(self, type_: str, language: str, fields: Mapping[str, object]) -> str:
        """A fact, by its event type."""
        return self._say(self.events.get(type_), type_, language, fields)

    def command(self, name: str, language: str) -> str:
        """The label of a command, by its class."""
        return self._say(self.commands.get(name), name, language, {})

    def refusals(self, error: DomainError | ApplicationError, language: str) -> list[str]:
        """Every broken rule in a sentence of its own, with the place it comes from."""
        if isinstance(error, DomainError):
            return [self._violation(violation, language) for violation in error.violations]
        return [self.error(error.code, language, error.parameters)]

    def _say(self, text: Text | None, key: str, language: str, values: Mapping[str, object]) -> str:
        if text is None:
            return key

        def filled(found: re.Match[str]) -> str:
            name, unit, follows = found.groups(default="")
            value = values.get(name)
            if follows and value in (None, ""):
                return ""  # a part of a number written in one piece, which not every number has
            if unit and isinstance(value, int) and value and value % MINUTES_A_DAY == 0:
                return _days(value // MINUTES_A_DAY, language)
            return readable(name, value, language, self.terms) + unit

        return FILLED.sub(filled, text.read(language))

    def _violation(self, violation: Violation, language: str) -> str:
        sentence = self.error(violation.code, language, violation.parameters)
        if violation.citation is None:
            return sentence
        cited = violation.citation
        if cited.choice is not None:
            return sentence + CHOICE.read(language).format(choice=cited.choice)
        quotation = f"「{cited.quotation}」" if cited.quotation else ""
        place = CITATION.read(language).format(document=cited.document, article=cited.article, quotation=quotation)
        return sentence + place


def _days(days: int, language: str) -> str:
    """Nobody reckons in 129,600 minutes."""
    if language == "en":
        return "1 day" if days == 1 else f"{days} days"
    return f" {days} 天"


@cache
def load_words() -> Words:
    """The words of every room and of the application. Raises `WordsFileError`."""
    return merged({str(item): read(item) for package in PACKAGES for item in words_files(files(package))})


def words_files(directory: Traversable) -> Iterator[Traversable]:
    """Every words file below a directory, in a fixed order."""
    for item in sorted(directory.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from words_files(item)
        elif item.name == FILE:
            yield item


def read(item: Traversable) -> WordsFile:
    """One words file. Raises `WordsFileError`."""
    try:
        return WordsFile.model_validate(tomllib.loads(item.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise WordsFileError(f"{item}: {error}") from error


def merged(found: Mapping[str, WordsFile]) -> Words:
    """All files as one. Raises `WordsFileError` where two of them say the same thing."""
    words = Words()
    for place, file in found.items():
        tables = [(words.errors, file.errors), (words.events, file.events), (words.commands, file.commands)]
        tables += [(words.terms.setdefault(name, {}), terms) for name, terms in file.terms.items()]
        for known, new in tables:
            if twice := sorted(known.keys() & new.keys()):
                raise WordsFileError(f"{place}: {', '.join(twice)}: said elsewhere too")
            known.update(new)
    return words
