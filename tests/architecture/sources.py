# SPDX-License-Identifier: Apache-2.0
"""Our own source, parsed once for all tests of a worker: trees are read and never changed."""

import ast
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


def trees(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the packages: its path below the root, and its tree."""
    for package in packages:
        yield from _parsed(package)


@cache
def _parsed(package: str) -> list[tuple[str, ast.Module]]:
    """No node is garbage: the collector would look at all of them again and again, for twice as long as the parser."""
    gc.disable()
    try:
        paths = sorted((ROOT / package).rglob("*.py"))
        return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]
    finally:
        gc.freeze()
        gc.enable()
