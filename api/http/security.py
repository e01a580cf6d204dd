# SPDX-License-Identifier: Apache-2.0
"""What the OpenAPI document says of tokens and of problems, for all routes alike."""

from __future__ import annotations

from typing import Any

SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "<jurisdiction>.<random>: one person in one role of one jurisdiction",
    }
}
BEARER: dict[str, Any] = {"security": [{"token": []}]}
BEARER_OR_PUBLIC: dict[str, Any] = {"security": [{"token": []}, {}]}


def _problems(meanings: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": meaning, "content": {"application/problem+json": {"schema": schema}}}
        for status, meaning in meanings.items()
    }


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Those of the problems of reads and writes that a route of its own kind can have."""
    return {status: {**WRITE_PROBLEMS, **READ_PROBLEMS}[status] for status in statuses}


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
