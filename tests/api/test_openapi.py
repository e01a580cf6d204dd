# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: complete, consistent in itself, and its examples are what the commands take."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.http.bodies import examples
from api.http.reading import READS
from api.http.routes import LINES
from tests.api.desk import Desk


@pytest.fixture
def document(desk: Desk) -> dict[str, Any]:
    made: dict[str, Any] = desk.client.get("/api/v1/openapi.json").json()
    return made


def test_it_describes_every_route(document: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert described == {(line.method, f"/api/v1{line.path}") for line in LINES} | {
        ("GET", f"/api/v1{read.path}") for read in READS
    }
    assert document["openapi"].startswith("3.1")


def test_operations_are_named_once(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in _operations(document)]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] and operation["responses"] for operation in _operations(document))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    wanted = {reference.removeprefix("#/components/schemas/") for reference in _references(document)}
    assert wanted <= set(schemas)
    assert "ProblemDocument" in wanted


def test_every_parameter_of_a_path_is_declared(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for operation in item.values():
            declared = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
            assert declared == {part[1:-1] for part in path.split("/") if part.startswith("{")}, path


def test_every_write_asks_for_a_key_and_a_token(document: dict[str, Any]) -> None:
    for line in LINES:
        operation = document["paths"][f"/api/v1{line.path}"][line.method.lower()]
        headers = {each["name"]: each["required"] for each in operation["parameters"] if each["in"] == "header"}
        assert headers["Idempotency-Key"] is True
        assert ("If-Match" in headers) == (line.command.TARGET is not None)
        assert operation["security"] == [{"token": []}]


def test_every_command_has_an_example_that_it_takes(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for line in LINES:
        whole = examples(line.command)
        assert whole, line.command.__name__
        for example in whole:
            line.command.model_validate(example)
        if set(line.command.model_fields) - line.in_path:
            shown = schemas[f"{line.command.__name__}Body"]
            assert shown["examples"] == examples(line.command, line.in_path)
            assert shown["additionalProperties"] is False


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        yield from item.values()


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a document
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
