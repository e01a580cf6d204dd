# SPDX-License-Identifier: Apache-2.0
"""Times of a series that are not booked, with a sentence for each rule that they break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.rendering import localised
from infrastructure.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.http.language import Language
    from infrastructure.words import Words


def answered(data: dict[str, Any], language: Language) -> dict[str, Any]:
    """What a booked series answers, also when it is asked again: why times were left out, for this reader."""
    return {**data, "skipped": in_words(localised(data["skipped"]), load_words(), language)}


def in_words(items: Iterable[dict[str, Any]], words: Words, language: Language) -> list[dict[str, Any]]:
    """The same times, each reason in `why` with its `message`."""
    return [
        {**item, "why": [{**why, "message": words.error(why["code"], language, why)} for why in item["why"]]}
        if "why" in item
        else item
        for item in items
    ]
