# SPDX-License-Identifier: Apache-2.0
"""The texts of this layer: titles, refusals of requests, and what a field's rule says."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from infrastructure.words import load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.http.language import Language


_QUOTED = re.compile(r"'([^']*)'")


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("api.http").joinpath("words.toml").read_text("utf-8"))


def title(status: int, language: Language) -> str:
    """What an HTTP status means here."""
    return str(_texts()["titles"][str(status)][language])


def error(code: str, language: Language, parameters: Mapping[str, object]) -> str:
    """The text of a refusal of this layer."""
    return str(_texts()["errors"][code][language]).format_map(_Lenient(parameters))


def rule(kind: str, message: str, language: Language, context: Mapping[str, object], name: str = "") -> str:
    """What a rule says of the field `name`, by pydantic's name of it; `message` is pydantic's own sentence."""
    if kind in ("value_error", "assertion_error"):
        sentence = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
        translated = _texts()["sentences"].get(sentence.partition(":")[0], {})
        return str(translated.get(language, sentence))
    rules = _texts()["rules"]
    one = 1 in (context.get("min_length"), context.get("max_length"))
    text = (rules.get(f"{kind}_1") if one else None) or rules.get(kind)
    told = {**context, "expected": _choices(str(context.get("expected", "")), name, language)}
    return str(text[language]).format_map(_Lenient(told)) if text else message


def _choices(expected: str, name: str, language: Language) -> str:
    """What may stand there, each code with its word: 已发布（published）、已暂停（suspended）."""
    codes = _QUOTED.findall(expected)
    if language == "en":
        return ", ".join(codes)
    terms = load_words().terms.get(name, {})
    return "、".join(f"{terms[code].zh}（{code}）" if code in terms else code for code in codes)


def spoken(say: Callable[[], str], otherwise: str) -> str:
    """What `say` says; `otherwise` where a value that people have typed cannot be put into words.

    A time at the end of the calendar, for example, has no place on a Shanghai clock. The sentence must arrive all
    the same.
    """
    try:
        return say()
    except (ValueError, OverflowError):
        return otherwise


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"
