# SPDX-License-Identifier: Apache-2.0
"""What peers can do, what their users complain about and where they fail: each with our answer and its proof."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
TESTS = HERE.parent
COMMAND = "tongchou "
Answer = Literal["yes", "partly", "no", "not yet"]


class Strict(BaseModel):
    """Base of the rows: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Strict):
    """A subject with our answer: `missing` where it is not a plain yes, `proof` where there is anything to prove.

    A proof is a test as `path::name` from the folder of the tests, where the name may be the beginning that several
    have in common, or a command beginning with `tongchou`.
    """

    subject: str
    ours: Answer = "yes"
    how: str = ""
    missing: str = ""
    proof: tuple[str, ...] = ()


class Capability(Row):
    """A row of the table of capabilities: four peers, and what we must have."""

    nemo: str
    libre: str
    ilab: str
    chinese: str
    must: str


class Peers(Strict):
    """The whole page as data."""

    capability: tuple[Capability, ...] = Field(min_length=1)
    complaint: tuple[Row, ...] = Field(min_length=1)
    defect: tuple[Row, ...] = Field(min_length=1)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return (*self.capability, *self.complaint, *self.defect)


@cache
def peers() -> Peers:
    """The rows as they stand in the file."""
    return Peers.model_validate(tomllib.loads((HERE / "rows.toml").read_text(encoding="utf-8")))


@cache
def tests_of(path: str) -> tuple[str, ...]:
    """The names of the tests of a file; none where there is no such file."""
    file = TESTS / path
    if not file.exists():
        return ()
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return tuple(node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def proving(proof: str) -> tuple[str, ...]:
    """The tests that a proof names, all that begin with its name."""
    path, _, name = proof.partition("::")
    return tuple(each for each in tests_of(path) if name and each.startswith(name))
