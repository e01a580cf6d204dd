# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: complete, consistent in itself, and its examples are what the commands take."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.http.bodies import examples
from api.http.documents.sent import SentLine
from api.http.documents.table import DOCUMENTS
from api.http.exports.formats import MEDIA_TYPES, file_format
from api.http.reading import READS
from api.http.reading.line import Listed
from api.http.routes import LINES
from api.http.shapes import FILES, LISTS, PAGES, THINGS
from api.http.visibility import VISIBLE
from domain.kernel.actor import Role
from infrastructure.importing.records.columns import HEADERS
from tests.api.desk import Desk
from tests.api.shapes import shapes_of


@pytest.fixture
def document(desk: Desk) -> dict[str, Any]:
    made: dict[str, Any] = desk.client.get("/api/v1/openapi.json").json()
    return made


PAGES_FOR_PEOPLE = {"/", "/start.css", "/api/v1/openapi.json"}
"""Served beside the interface: the start page, and the document itself."""


def test_it_describes_every_route_that_is_served(desk: Desk, document: dict[str, Any]) -> None:
    served = {
        (method, route.path)
        for route in _routes(desk)
        for method in route.methods
        if route.path not in PAGES_FOR_PEOPLE
    }
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert described == served
    tables = {(line.method, f"/api/v1{line.path}") for line in LINES} | {
        ("GET", f"/api/v1{read.path}") for read in READS
    }
    assert tables < served
    assert {("POST", "/api/v1/imports/uses"), ("GET", "/api/v1/calendars/{token}.ics")} < served - tables
    assert document["openapi"].startswith("3.1")


def test_what_is_sent_and_answered_as_no_json_says_so(document: dict[str, Any]) -> None:
    """Lines of an import, lists as files, calendars and pages to print: each with its media type."""
    for kind in ("uses", "bookings"):
        operation = document["paths"][f"/api/v1/imports/{kind}"]["post"]
        [(media, body)] = operation["requestBody"]["content"].items()
        assert media == "application/x-ndjson"
        line = json.loads(body["example"])
        SentLine.model_validate(line)
        assert set(document["components"]["schemas"]["SentLine"]["properties"]) == set(HEADERS)
        assert {each["name"]: each["required"] for each in operation["parameters"]} == {"source": True}
    for read in READS:
        content = document["paths"][f"/api/v1{read.path}"]["get"]["responses"]["200"]["content"]
        for kind in MEDIA_TYPES.values():
            offered = issubclass(read.query, Listed) and file_format(read.query.model_construct(), kind)
            assert (kind.partition(";")[0] in content) >= bool(offered), (read.path, kind)
    calendar = document["paths"]["/api/v1/calendars/{token}.ics"]["get"]
    assert list(calendar["responses"]["200"]["content"]) == ["text/calendar"]
    assert calendar["security"] == []


def test_answers_of_their_own_kind_are_described_in_full(document: dict[str, Any]) -> None:
    """That real answers are so, every answer in these tests shows (`DescribedClient`)."""
    schemas = document["components"]["schemas"]
    for (method, path), model in DOCUMENTS.items():
        address = path if path in document["paths"] else f"/api/v1{path}"
        content = document["paths"][address][method]["responses"]["200"]["content"]
        assert content["application/json"]["schema"] == {"$ref": f"#/components/schemas/{model.__name__}"}
        shown = schemas[model.__name__]
        assert shown["properties"]
        assert "additionalProperties" not in shown  # later versions may add members
        assert model.__doc__


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
            assert declared == set(re.findall(r"{(\w+)}", path)), path


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


def test_every_parameter_of_a_read_has_an_example_of_its_own_form(document: dict[str, Any]) -> None:
    reads = {path: item["get"].get("parameters", []) for path, item in document["paths"].items() if "get" in item}
    bare = [(path, each["name"]) for path, each in _each(reads) if "example" not in each]
    assert bare == []
    months = {
        each["name"]: each["schema"]["anyOf"][0] for each in reads["/api/v1/utilisation"] if "anyOf" in each["schema"]
    }
    assert months["from"]["pattern"] == months["to"]["pattern"] == r"^\d{4}-\d{2}$"


def test_the_examples_of_a_read_are_what_it_takes(desk: Desk, document: dict[str, Any]) -> None:
    desk.name = next(iter(desk.platform.jurisdictions))
    headers = {role: desk.bearer(role) for role in (Role.AUDITOR, Role.USER)}
    personal = {f"/api/v1{read.path}" for read in READS if Role.AUDITOR not in VISIBLE[read.sees]}
    for path, item in document["paths"].items():
        given = {
            each["name"]: each["example"] for each in item.get("get", {}).get("parameters", ()) if each["in"] == "query"
        }
        left_out = {
            "cursor",
            "jurisdiction",
            *({"unit"} if "/me/" in path else ()),
        }  # an example's unit has other staff
        asked = {name: value for name, value in given.items() if name not in left_out}
        if "get" in item and "{" not in path:
            reader = Role.USER if path in personal else Role.AUDITOR
            answer = desk.client.get(path, params=asked, headers=headers[reader])
            assert answer.status_code == 200, (path, answer.text)


IN = ("path", "query")
REFUSED = {"application.not_found", "application.not_permitted", "unauthenticated"}


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_names_in_examples_are_those_of_this_installation(
    desk: Desk, document: dict[str, Any], *, signed_in: bool
) -> None:
    """An example id is nobody's; the jurisdiction, the regime and the parameter are there."""
    desk.name = next(iter(desk.platform.jurisdictions))
    headers = desk.bearer(Role.AUDITOR) if signed_in else {}
    for path, item in document["paths"].items():
        if "parameters" not in item.get("get", {}):
            continue
        parameters = item["get"]["parameters"]
        given = {where: {each["name"]: each["example"] for each in parameters if each["in"] == where} for where in IN}
        asked = {name: value for name, value in given["query"].items() if name != "cursor"}
        answer = desk.client.get(path.format(**given["path"]), params=asked, headers=headers)
        assert answer.status_code in ((200, 404, 403) if signed_in else (200, 404, 401)), (path, answer.text)
        if answer.status_code != 200:
            assert answer.json()["code"] in REFUSED, (path, answer.text)
            kinds = [each["parameters"].get("kind") for each in answer.json()["violations"]]
            assert not {"policy.Regime", "policy.Parameter"} & set(kinds), path


def test_every_read_says_what_it_answers(document: dict[str, Any]) -> None:
    """That answers are so, every read in these tests shows (`DescribedClient`)."""
    paths = {read.path for read in READS}
    assert set(PAGES) | set(THINGS) | (set(FILES) - {"/calendars/{token}.ics"}) | LISTS <= paths
    for path in paths:
        content = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]
        assert content, path
        assert all(media["schema"] for media in content.values()), path
    row = document["components"]["schemas"]["Row_reservations"]["properties"]
    assert (row["id"], row["starts_at"]["type"]) == ({"type": "string", "format": "uuid"}, ["string", "null"])


def test_an_answer_that_is_not_as_described_is_noticed(desk: Desk) -> None:
    described = shapes_of(desk.client.app).of("/api/v1/reservations")
    assert described is not None
    wrong = {"items": [{"id": 1, "lane": "x", "state": None}], "position": True}
    assert list(described.faults(wrong)) == [
        "$: next_cursor is missing",
        "$.items[0].id: 1 is no string",
        "$.items[0].lane: 'x' is no ['integer', 'null']",
        "$.position: True is no integer",
    ]


def _routes(desk: Desk) -> Iterator[Any]:
    app: Any = desk.client.app
    yield from app.router.routes


def _each(reads: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, parameters in reads.items():
        for parameter in parameters:
            yield path, parameter


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
