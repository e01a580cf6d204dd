# SPDX-License-Identifier: Apache-2.0
"""What stands above a column: its Chinese name from the table beside this file, or its own name in English words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.http.language import Language

YUAN = {"zh": "{name}（元）", "en": "{name} (yuan)"}
FEN = {"zh": "{name}（分）", "en": "{name} (fen)"}
MONEY = "_fen"


@cache
def known() -> dict[str, str]:
    """Chinese names by column."""
    text = files("api.http.exports").joinpath("headings.toml").read_text("utf-8")
    names: dict[str, str] = tomllib.loads(text)["zh"]
    return names


def headings(column: str, language: Language) -> list[str]:
    """One heading, or two for an amount: in yuan for people and in fen for sums.

    >>> headings("quote_fen", "en"), headings("starts_at", "zh")
    (['quote (yuan)', 'quote (fen)'], ['开始时间'])
    """
    bare = column.removesuffix(MONEY)
    words = bare.replace("_", " ")
    name = known().get(bare, words) if language == "zh" else words
    if column.endswith(MONEY):
        return [YUAN[language].format(name=name), FEN[language].format(name=name)]
    return [name]
