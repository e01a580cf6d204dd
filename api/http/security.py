# SPDX-License-Identifier: Apache-2.0
"""What the OpenAPI document says of tokens and of problems, for all routes alike."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "<jurisdiction>.<random>: one person in one role of one jurisdiction",
    }
}
BEARER: dict[str, Any] = {"security": [{"token": []}]}
BEARER_OR_PUBLIC: dict[str, Any] = {"security": [{"token": []}, {}]}


class CitationDocument(BaseModel):
    """The article that a rule rests on, with its decisive words; `choice` where no article speaks: our reading."""

    document: str | None
    article: str | None
    quotation: str | None
    choice: str | None = None


class ViolationDocument(BaseModel):
    """One broken rule. From `rule` on only where a request for time, or its move, was refused."""

    code: str
    message: str
    field: str | None
    parameters: dict[str, str | int | bool]
    citation: CitationDocument | None
    overridable_by: str | None
    rule: str | None = None
    rule_words: str | None = None
    level: str | None = None
    published: list[dict[str, Any]] = []
    overridable_by_words: str | None = None
    change: dict[str, Any] = {}
    change_words: str | None = None


class ProblemDocument(BaseModel):
    """A refusal (RFC 9457) with every broken rule at once. `code` is stable; texts are in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    violations: list[ViolationDocument]
    correlation_id: str
    nearest: dict[str, Any] | None = None
    check: str | None = None


def _problems(meanings: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": meaning, "content": {"application/problem+json": {"schema": schema}}}
        for status, meaning in meanings.items()
    }


READ_PROBLEMS = _problems(
    {
        401: "No valid token",
        403: "The role may not read this",
        404: "There is no such thing, or not for this reader",
        422: "A parameter is wrong",
        503: "The database is away; try again",
        504: "The read models have not reached the position waited for",
    }
)
WRITE_PROBLEMS = _problems(
    {
        400: "No Idempotency-Key, a malformed If-Match, or no JSON",
        401: "No valid token",
        403: "The role or organisation does not allow it",
        404: "There is no such thing, or not for this actor",
        409: "In conflict with how things stand: state, slot, quota, number",
        412: "The version is not the one expected",
        413: "More than 1 MiB",
        422: "A field or a rule; all of them at once",
        503: "The database is away; repeat under the same key",
    }
)
