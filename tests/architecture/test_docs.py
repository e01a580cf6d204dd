# SPDX-License-Identifier: Apache-2.0
"""What the pages name is there: addresses with their methods and parameters, commands, settings of tests."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from api.cli.main import app as command_line
from api.http.calendars import PATH as CALENDAR
from api.http.documents.table import DOCUMENTS
from api.http.reading import READS
from api.http.routes import LINES
from domain.kernel.house_rules import HouseRules
from domain.kernel.house_rules_sound import require_sound

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
ADDRESS = re.compile(r"\b(GET|POST|PUT|PATCH) (?:/api/v1)?(/[\w./{}…-]*)(?:\?([\w=&{}…,:.-]*))?")
COMMAND = re.compile(r"(?:^|[`(\s/])tongchou ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PART = re.compile(r"\{\w+\}|…|[A-Z]{2,}\w*")
SERVED = [
    *((line.method, line.path, None) for line in LINES),
    *(("GET", read.path, read.query) for read in READS),
    *((method.upper(), path, None) for method, path in DOCUMENTS if method == "post"),
    ("GET", CALENDAR, None),
    *(("GET", path, None) for path in ("/healthz", "/readyz", "/openapi.json")),
]


def addresses(text: str) -> Iterator[tuple[str, str, str]]:
    """Method, path and parameters of each address named in full; `…/x` goes on from the one before and is left out."""
    for method, path, query in ADDRESS.findall(text):
        if not path.startswith("/…") and len(path) > 1:
            yield method, path.rstrip(".…/"), query


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_address_named_is_served_with_its_parameters(page: Path) -> None:
    unknown = [
        f"{method} {path}?{query}"
        for method, path, query in addresses(page.read_text(encoding="utf-8"))
        if not any(_is(found, method, path, query) for found in SERVED)
    ]
    assert unknown == []


def test_an_address_that_is_not_served_is_found() -> None:
    named = list(addresses("`GET /orders?state=paid`, `GET /orders?colour=red`, `POST /nonsense`, `POST …/bill`"))
    served = [any(_is(found, *each) for found in SERVED) for each in named]
    assert served == [True, False, False]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_is_one_of_the_command_line(page: Path) -> None:
    known = set(_commands(typer.main.get_command(command_line)))
    text = page.read_text(encoding="utf-8")
    unknown = [name for name in COMMAND.findall(text) if name not in known and name.partition(" ")[0] not in known]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_named_is_there(page: Path) -> None:
    for path, name in TEST.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / path).is_file(), path
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8"), (path, name)


def _is(served: tuple[str, str, Any], method: str, path: str, query: str) -> bool:
    """Whether an address is this one; ids may be named otherwise on a page, or be left open."""
    known_method, known, model = served
    if (known_method, PART.sub("*", known)) != (method, PART.sub("*", path)):
        return False
    asked = {part.partition("=")[0] for part in query.split("&") if part.partition("=")[0]} - {"…"}
    if model is None:
        return not asked or method != "GET"
    return asked <= {info.alias or name for name, info in model.model_fields.items()}


def _commands(group: Any) -> Iterator[str]:  # noqa: ANN401 - a group of click
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name
        else:
            yield from (f"{name} {each}" for each in inner)


def test_the_example_of_every_kind_of_house_rule_is_whole_and_sound() -> None:
    page = (ROOT / "docs" / "booking.md").read_text(encoding="utf-8")
    _, _, example = page.partition("<!-- every kind of house rule -->\n```json\n")
    stated = HouseRules.model_validate_json(example.partition("```")[0])
    assert stated.model_fields_set == HouseRules.model_fields.keys()
    require_sound(stated)
