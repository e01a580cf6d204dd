# SPDX-License-Identifier: Apache-2.0
"""Where a rule comes from."""

import re

from pydantic import BaseModel, ConfigDict

CHOICE = re.compile(r"A\d+|8\.\d+")
"""A reading of the regulation (A33) or a ruling (8.18): neither stands in a document."""


class Citation(BaseModel):
    """One place in a regulation.

    `document` is the document number (苏科技规〔2020〕217号), `article` the article in the notation of the
    legal source ("JS 21.a"), `quotation` its decisive words in the original language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    article: str
    quotation: str = ""

    @property
    def choice(self) -> str | None:
        """The reading or ruling that stands in for an article where none speaks; None where it is an article."""
        return self.article if CHOICE.fullmatch(self.article) else None


class Basis(BaseModel):
    """What a decision rested on, stored with the event so that no later edition can change the past.

    `values` holds each parameter used as text, by its name in the regime.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    regime: str
    edition: str
    articles: tuple[str, ...] = ()
    values: dict[str, str] = {}
