# SPDX-License-Identifier: Apache-2.0
"""A refusal: every broken rule at once, what each rests on, and the nearest times that would be accepted."""

from __future__ import annotations

from pydantic import AwareDatetime, Field, JsonValue

from api.http.documents.document import Document, SpanDocument, Values


class CitationDocument(Document):
    """The article that a rule rests on, with its decisive words; `choice` where no article speaks: our reading."""

    document: str | None
    article: str | None
    quotation: str | None
    choice: str | None = None


class PublicationDocument(Document):
    """A version of something published that a rule rests on: opening, limit, tariff, house rules."""

    what: str
    version: int
    published_at: AwareDatetime
    words: str


class ViolationDocument(Document):
    """One broken rule. From `rule` on only where a request for time, or its move, was refused or checked."""

    code: str
    message: str
    field: str | None
    parameters: dict[str, JsonValue]
    citation: CitationDocument | None
    overridable_by: str | None
    rule: str | None = None
    rule_words: str | None = None
    level: str | None = None
    published: list[PublicationDocument] = Field(default_factory=list)
    overridable_by_words: str | None = None
    change: Values = Field(default_factory=dict, description="What would have to change, by name")
    change_words: str | None = None


class NearestDocument(Document):
    """Times that would be accepted instead, as long as the wish.

    `provided` are codes of broken rules that no other time mends; `as_asked` says that the time asked for would do,
    once those are mended; `length_words` that no time of this length is to be had, but one of another length is.
    """

    slots: list[SpanDocument]
    provided: list[str]
    provided_words: str | None
    as_asked: bool
    length_words: str | None


class ProblemDocument(Document):
    """A refusal (RFC 9457) with every broken rule at once. `code` is stable; texts are in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    violations: list[ViolationDocument]
    correlation_id: str
    nearest: NearestDocument | None = None
    check: str | None = Field(default=None, description="Where to ask what would become of another wish")
