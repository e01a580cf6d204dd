# SPDX-License-Identifier: Apache-2.0
"""A line that a platform sends as JSON, as the fields that a file would have."""

from __future__ import annotations

from typing import Any

import orjson

from infrastructure.importing.problems import Problem
from infrastructure.importing.records.columns import HEADERS


def sent_fields(line: bytes) -> tuple[dict[str, str], Problem | None]:
    """The fields as texts, as a file would state them; a number where a time belongs stays a number and is refused."""
    try:
        stated: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return {}, Problem("bad_line", "", {"message": str(error)})
    if not isinstance(stated, dict) or not all(isinstance(value, str | int | None) for value in stated.values()):
        return {}, Problem("bad_line", "", {"message": "object of texts and whole numbers expected"})
    fields = {name: str(value).strip() for name, value in stated.items() if value not in (None, "")}
    unknown = next((name for name in fields if name not in HEADERS), None)
    return fields, Problem("unknown_field", unknown, {"value": unknown}) if unknown else None
