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

from api.http.documents.document import Document
from api.http.documents.table import DOCUMENTS

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
        if "anyOf" in schema:
            yield from self._none_of(value, path)
        yield from self._own_faults(value, path)
        if isinstance(value, dict):
            yield from (f"{path}: {name} is missing" for name in schema.get("required", ()) if name not in value)
            for name, inner in value.items():
                yield from self._member(name).faults(inner, f"{path}.{name}")
        if isinstance(value, list):
            for number, inner in enumerate(value):
                yield from Shape(schema.get("items", {}), self.schemas).faults(inner, f"{path}[{number}]")

    def _own_faults(self, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        schema = self.schema
        if not self._of_type(value):
            yield f"{path}: {value!r} is no {schema['type']}"
        elif value not in schema.get("enum", [value]) or value != schema.get("const", value):
            yield f"{path}: {value!r} is none of {schema.get('enum', schema.get('const'))}"
        elif isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
            yield f"{path}: {value!r} is not of the form {schema['pattern']}"
        elif isinstance(value, str) and schema.get("format") in FORMATS:
            try:
                FORMATS[schema["format"]](value)
            except ValueError:
                yield f"{path}: {value!r} is no {schema['format']}"

    def _member(self, name: str) -> Shape:
        described = self.schema.get("properties", {}).get(name, self.schema.get("additionalProperties"))
        return Shape(described if isinstance(described, dict) else {}, self.schemas)

    def _none_of(self, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        """Why a value is none of several: the faults of the one that comes nearest."""
        tried = [list(Shape(each, self.schemas).faults(value, path)) for each in self.schema["anyOf"]]
        yield from min(tried, key=len)

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
    """The answers of every read, and of the writes that have answers of their own."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas = document["components"]["schemas"]
        paths = sorted(document["paths"], key=lambda path: "{" in path)
        self._described = [
            (method, path, re.compile(re.sub(r"{\w+}", "[^/]+", path)), document["paths"][path][method])
            for path in paths
            for method in document["paths"][path]
        ]

    def of(self, address: str, method: str = "get") -> Shape | None:
        """What is answered at an address as JSON; None where that is no route, or a file."""
        operation: Any = next(
            (found for known, _, form, found in self._described if known == method and form.fullmatch(address)), {}
        )
        answer = operation.get("responses", {}).get("200", {}).get("content", {}).get("application/json")
        return answer and Shape(answer["schema"], self._schemas)

    def model_of(self, address: str, method: str = "get") -> type[Document] | None:
        """The model behind it, which knows every member that there may be; None where a table's columns are shown."""
        path = next(
            (path for known, path, form, _ in self._described if known == method and form.fullmatch(address)), ""
        )
        return DOCUMENTS.get((method, path.removeprefix("/api/v1")))


@cache
def shapes_of(app: Any) -> Shapes:  # noqa: ANN401 - the ASGI application of a client
    """Read once: making the document takes a moment."""
    return Shapes(app.openapi())
