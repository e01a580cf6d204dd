# SPDX-License-Identifier: Apache-2.0
"""Whether an answer is what the OpenAPI document says of it: as much of JSON Schema as the document uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

JSON_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
FORMATS: Mapping[str, Callable[[str], object]] = {
    "uuid": UUID,
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
}


@dataclass(frozen=True)
class Shape:
    """The schema of one answer, with those it refers to."""

    schema: Mapping[str, Any]
    schemas: Mapping[str, Any]

    def faults(self, value: Any, path: str = "$") -> Iterator[str]:  # noqa: ANN401 - JSON
        """Where a document differs from its description."""
        schema = self.schema
        for each in (*schema.get("allOf", ()), *([self._referred()] if "$ref" in schema else ())):
            yield from Shape(each, self.schemas).faults(value, path)
        if not self._of_type(value):
            yield f"{path}: {value!r} is no {schema['type']}"
        elif isinstance(value, str) and schema.get("format") in FORMATS:
            FORMATS[schema["format"]](value)
        if isinstance(value, dict):
            yield from (f"{path}: {name} is missing" for name in schema.get("required", ()) if name not in value)
            for name, inner in schema.get("properties", {}).items():
                if name in value:
                    yield from Shape(inner, self.schemas).faults(value[name], f"{path}.{name}")
        if isinstance(value, list):
            for number, inner in enumerate(value):
                yield from Shape(schema.get("items", {}), self.schemas).faults(inner, f"{path}[{number}]")

    def _referred(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.schemas[self.schema["$ref"].removeprefix("#/components/schemas/")]
        return found

    def _of_type(self, value: Any) -> bool:  # noqa: ANN401 - JSON
        stated = self.schema.get("type")
        names = [stated] if isinstance(stated, str) else stated
        if names is None:
            return True
        return any(isinstance(value, JSON_TYPES[name]) and not (name == "integer" and value is True) for name in names)


class Shapes:
    """The answers of every read."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas = document["components"]["schemas"]
        paths = sorted(
            (path for path, item in document["paths"].items() if "get" in item), key=lambda path: "{" in path
        )
        self._reads = [
            (re.compile(re.sub(r"{\w+}", "[^/]+", path)), document["paths"][path]["get"]["responses"]["200"]["content"])
            for path in paths
        ]

    def of(self, address: str) -> Shape | None:
        """What is answered at an address as JSON; None where that is no read, or a file."""
        found: Mapping[str, Any] = next((content for pattern, content in self._reads if pattern.fullmatch(address)), {})
        answer = found.get("application/json")
        return answer and Shape(answer["schema"], self._schemas)


@cache
def shapes_of(app: Any) -> Shapes:  # noqa: ANN401 - the ASGI application of a client
    """Read once: making the document takes a moment."""
    return Shapes(app.openapi())
