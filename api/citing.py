# SPDX-License-Identifier: Apache-2.0
"""What a refusal rests on: an article with its words, or a choice of this system where no article speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from domain.kernel.citation import Citation


def cited(citation: Citation | None) -> dict[str, Any] | None:
    """The citation as answers show it: `choice` instead of document, article and quotation where it is one.

    >>> from domain.kernel.citation import Citation
    >>> cited(Citation(document="渝府办发〔2016〕127号", article="A33"))
    {'document': None, 'article': None, 'quotation': None, 'choice': 'A33'}
    """
    if citation is None:
        return None
    if citation.choice is not None:
        return {"document": None, "article": None, "quotation": None, "choice": citation.choice}
    return {**citation.model_dump(), "choice": None}
