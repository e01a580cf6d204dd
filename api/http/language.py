# SPDX-License-Identifier: Apache-2.0
"""Which of the two languages a client reads. Chinese unless English is preferred."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]


def preferred(accept_language: str | None) -> Language:
    """The language of an Accept-Language header.

    >>> preferred(None), preferred("en-GB,en;q=0.9,zh;q=0.1"), preferred("en;q=0.3, zh-CN;q=0.8"), preferred("fr")
    ('zh', 'en', 'zh', 'zh')
    """
    if not accept_language:
        return "zh"
    weight = {"zh": 0.0, "en": 0.0}
    for part in accept_language[:200].split(","):
        tag, _, quality = part.partition(";q=")
        primary = tag.strip().lower().partition("-")[0]
        if primary in weight:
            weight[primary] = max(weight[primary], _number(quality))
    return "en" if weight["en"] > weight["zh"] else "zh"


def _number(quality: str) -> float:
    try:
        return float(quality) if quality.strip() else 1.0
    except ValueError:
        return 0.0
