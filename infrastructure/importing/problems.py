# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a file as a whole, with a line, or with one of its cells."""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.resources import files

from infrastructure.words import FILE, Words, merged, read


class FileRefused(Exception):
    """The file or mapping cannot be used at all; nothing was imported. The message says what to do."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """A rule of the import that a line breaks. `code` has a text in each language in `words.toml`."""

    code: str
    field: str = ""
    parameters: dict[str, str] = dataclasses.field(default_factory=dict)


class LineRefused(Exception):
    """Everything that is wrong with one line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))


def in_words(problem: Problem, language: str) -> str:
    """The problem as a sentence."""
    return _words().error(f"import.{problem.code}", language, {"field": problem.field, **problem.parameters})


@cache
def _words() -> Words:
    return merged({FILE: read(files(__package__).joinpath(FILE))})
