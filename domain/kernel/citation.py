# SPDX-License-Identifier: Apache-2.0
"""Where a rule comes from."""

from pydantic import BaseModel, ConfigDict


class Citation(BaseModel):
    """One place in a regulation.

    `document` is the document number (苏科技规〔2020〕217号), `article` the article in the notation of the
    legal source ("JS 21.a"), `quotation` its decisive words in the original language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    article: str
    quotation: str = ""


class Basis(BaseModel):
    """What a decision rested on, stored with the event so that no later edition can change the past.

    `values` holds each parameter used as text, by its name in the regime.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    regime: str
    edition: str
    articles: tuple[str, ...] = ()
    values: dict[str, str] = {}
