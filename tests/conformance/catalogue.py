# SPDX-License-Identifier: Apache-2.0
"""The conformance catalogue: statements of both regulations, and the tests that are named after them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
TESTS = HERE.parent
NAMED = re.compile(r"test_(?P<regulation>JS|CQ)_(?P<article>\d+|A)_(?P<number>\d+)(_|$)")


class Row(BaseModel):
    """A statement with both sides of its boundary. `due`: the system must have it by now."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    statement: str
    boundary: str
    words: str
    basis: str
    due: bool


@cache
def rows() -> dict[str, Row]:
    """Every statement by its id."""
    data = tomllib.loads((HERE / "rows.toml").read_text(encoding="utf-8"))
    return {name: Row(id=name, **row) for name, row in data.items()}


@cache
def articles() -> dict[str, list[str] | str]:
    """Every article with the ids of its statements, or the reason why it has none."""
    return tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8"))


@cache
def named_after() -> dict[str, list[str]]:
    """The tests named after each statement, as `path::name` from the folder of the tests."""
    found = defaultdict(list)
    for place, name in _named_tests():
        match = NAMED.match(name)
        if match:
            found["{regulation}-{article}.{number}".format(**match.groupdict())].append(f"{place}::{name}")
    return dict(found)


def _named_tests() -> Iterator[tuple[str, str]]:
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.relative_to(TESTS).as_posix(), node.name
