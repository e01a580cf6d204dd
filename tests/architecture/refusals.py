# SPDX-License-Identifier: Apache-2.0
"""Which refusal codes the code speaks, and with which parameters, found by reading the code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.sources import ROOT, trees

PACKAGES = ("domain", "application", "infrastructure", "projections")
ROOMS = ("application", "house_rules", *sorted(path.name for path in (ROOT / "domain").iterdir() if path.is_dir()))
CODE = re.compile(rf"({'|'.join(ROOMS)})\.[a-z][a-z_]*")
PLACE_OF_CODE = {"refusal": 0, "Violation": 0, "require": 1, "require_one_of": 1}
ADDED = {"require_one_of": {"possible_state"}}
"""Parameters that the function itself puts into the refusal."""
NOT_PARAMETERS = {"code", "citation", "field", "overridable_by", "holds"}


@dataclass(frozen=True)
class Spoken:
    """A code where it is used. `parameters` is None where they cannot be read from the place itself."""

    code: str
    place: str
    parameters: frozenset[str] | None = None


def spoken_in(tree: ast.Module, place: str = "") -> Iterator[Spoken]:
    """Every code of a module: at a refusal, as the `code` of an error class, or in a table to refuse from."""
    seen: set[ast.AST] = set()
    for node in ast.walk(tree):
        for constant, parameters in _refused_by(node):
            seen.add(constant)
            yield Spoken(str(constant.value), f"{place}:{constant.lineno}", parameters)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in seen and CODE.fullmatch(str(node.value)):
            yield Spoken(str(node.value), f"{place}:{node.lineno}")


def made_up_in(tree: ast.Module, place: str = "") -> Iterator[str]:
    """Where a code is put together from pieces, so that nobody can look for it."""
    for node in ast.walk(tree):
        pieces = (ast.JoinedStr, ast.BinOp)
        if isinstance(node, ast.Call) and isinstance(code := _code_of(node), pieces):
            yield f"{place}:{code.lineno}"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours that may refuse."""
    yield from trees(*PACKAGES)


def _refused_by(node: ast.AST) -> Iterator[tuple[ast.Constant, frozenset[str] | None]]:
    match node:
        case ast.Call() if code := _code_of(node):
            for inner in ast.walk(code):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and "." in inner.value:
                    yield inner, _parameters_of(node)
        case ast.ClassDef():
            for line in node.body:
                match line:
                    case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str()) as constant):
                        yield constant, None


def _name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else str(getattr(call.func, "attr", ""))


def _code_of(call: ast.Call) -> ast.expr | None:
    name = _name_of(call)
    if name not in PLACE_OF_CODE:
        return None
    by_name = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return next(iter([*by_name, *call.args[PLACE_OF_CODE[name] :]]), None)


def _parameters_of(call: ast.Call) -> frozenset[str] | None:
    if isinstance(call.func, ast.Name) and call.func.id == "Violation":
        return None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    given = frozenset(str(keyword.arg) for keyword in call.keywords) - NOT_PARAMETERS
    return given | ADDED.get(_name_of(call), set())
