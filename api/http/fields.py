# SPDX-License-Identifier: Apache-2.0
"""Which field broke which rule, from pydantic's findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.http import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.http.language import Language

NUL_SENTENCE = "a text may not contain NUL bytes: "
MOST_SHOWN = 100
"""A body can be wrong in a million places; nobody reads more than this."""


@dataclass(frozen=True)
class BrokenField:
    """One wrong input: its dotted name, the rule's name and limits, and a sentence."""

    field: str
    message: str
    parameters: dict[str, str | int | bool]


def violations_of(found: Iterable[Any], language: Language) -> Iterator[BrokenField]:
    """The findings of pydantic, at most a hundred, in the reader's language."""
    for place, finding in enumerate(found):
        if place == MOST_SHOWN:
            return
        kind, message, context = finding["type"], finding["msg"], finding.get("ctx", {})
        limits = {name: value for name, value in context.items() if isinstance(value, str | int | bool)}
        yield BrokenField(
            field=_name(finding["loc"], message),
            message=words.rule(kind, message, language, context, str(finding["loc"][-1]) if finding["loc"] else ""),
            parameters={"rule": kind, **limits},
        )


def _name(location: tuple[str | int, ...], message: str) -> str:
    """`span.start`, `lines.0.price_fen`; a NUL byte is found before fields are, so its sentence holds the place."""
    _, found, path = message.partition(NUL_SENTENCE)
    if found:
        return path
    return ".".join(map(str, location)) or "body"
