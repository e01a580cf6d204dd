# SPDX-License-Identifier: Apache-2.0
"""The sentences of explanations. They stand in `words.toml` here, in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from infrastructure.readable import Text, readable
from infrastructure.words import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = re.compile(r"\{(\w+)\}")


@cache
def _texts() -> dict[str, dict[str, Text]]:
    found = tomllib.loads(files("api.http.explaining").joinpath("words.toml").read_text("utf-8"))
    return {table: {name: Text(**text) for name, text in texts.items()} for table, texts in found.items()}


def known(table: str) -> frozenset[str]:
    """What a table has words for."""
    return frozenset(_texts()[table])


def say(table: str, name: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """A sentence with its values in words; its name where there is none, so that nothing is ever left out."""
    text = _texts()[table].get(name)
    if text is None:
        return name
    told, terms = values or {}, load_words().terms
    return PLACE.sub(lambda found: readable(found[1], told.get(found[1]), language, terms), text.read(language))


def term(name: str, value: object, language: str) -> str:
    """A code in words, as every refusal says it."""
    return readable(name, value, language, load_words().terms)
