# SPDX-License-Identifier: Apache-2.0
"""The conformance tests as plain functions, to be run again under a variant of a regulation.

Only tests that ask for nothing but their own data can be run so: no fixture, no database.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.conformance.catalogue import HERE, NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    import pytest


@dataclass(frozen=True)
class Case:
    """A test with one set of its data."""

    name: str
    run: Callable[[], object]

    def fails(self) -> bool:
        """Whether it fails now."""
        try:
            self.run()
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001 - pytest's own outcomes are no Exception
            return True
        return False


def cases() -> Iterator[Case]:
    """Every conformance test that can be run as it is."""
    for path in sorted(HERE.glob("test_*.py")):
        yield from _of(import_module(f"tests.conformance.{path.stem}"))


def _of(module: ModuleType) -> Iterator[Case]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not NAMED.match(name) or function.__module__ != module.__name__:
            continue
        asked = set(inspect.signature(function).parameters)
        for given in _data(getattr(function, "pytestmark", [])):
            if given.keys() == asked:
                yield Case(f"{module.__name__}::{name}", partial(function, **given))


def _data(marks: list[pytest.Mark]) -> Iterator[dict[str, Any]]:
    tables = [list(_rows(mark)) for mark in marks if mark.name == "parametrize"]
    for chosen in product(*tables):
        yield {name: value for row in chosen for name, value in row.items()}


def _rows(mark: pytest.Mark) -> Iterator[dict[str, Any]]:
    names, values = mark.args[0], mark.args[1]
    listed = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for value in values:
        row = getattr(value, "values", value)
        row = (row,) if len(listed) == 1 and row is value else row
        yield dict(zip(listed, row, strict=True))
