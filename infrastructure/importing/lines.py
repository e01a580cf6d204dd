# SPDX-License-Identifier: Apache-2.0
"""A line of a file, before anybody knows what its cells mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infrastructure.importing.problems import Problem

HEADER_WITHIN = 20
"""Ledgers often begin with a title and a date; the header is looked for in the first lines."""


@dataclass(frozen=True)
class Line:
    """A line of cells, or what is wrong with it. `number` is what a person sees in the file."""

    number: int
    cells: tuple[str, ...] = ()
    problem: Problem | None = None
