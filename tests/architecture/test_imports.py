# SPDX-License-Identifier: Apache-2.0
"""The domain is pure, and no code knows a province by name. Each rule is shown to be able to fail."""

import ast
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.sources import ROOT, trees

EVERYWHERE = ("domain", "application", "projections", "infrastructure", "api")
THE_ONLY_PLACE_FOR_REGIME_NAMES = "infrastructure/demonstration/"
DATA_OF_REGIMES = ("domain/policy/regimes", "infrastructure/demonstration", "infrastructure/importing/mappings")
"""Beside the regimes themselves: the demonstration plays in both provinces, a mapping names the types of each."""

LIBRARIES = {"annotated_types", "domain", "pydantic", "pydantic_core", "typing_extensions"}
IMPURE = {
    "asyncio", "concurrent", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
    "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
MADE_UP_IDS = {"uuid1", "uuid4", "uuid6", "uuid7"}
REGIMES = ("jiangsu", "chongqing")

Rule = Callable[[ast.Module], Iterator[ast.AST]]


def impure_imports(tree: ast.Module) -> Iterator[ast.AST]:
    allowed = (sys.stdlib_module_names - IMPURE) | LIBRARIES
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        else:
            continue
        if any(name.partition(".")[0] not in allowed for name in names):
            yield node


def files_opened(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in {"open", "print", "input"}:
            yield node


def clocks_and_made_up_ids(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        reads_clock = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
        if reads_clock or name_of(node) in MADE_UP_IDS:
            yield node


def floats(tree: ast.Module) -> Iterator[ast.AST]:
    refusing = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node.func) == "isinstance"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if literal or (name_of(node) == "float" and node not in refusing):
            yield node


def regime_names(tree: ast.Module) -> Iterator[ast.AST]:
    docstrings = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and node not in docstrings else None
        if isinstance(text, str) and any(regime in text.lower() for regime in REGIMES):
            yield node


def name_of(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
        case _:
            return None


def breaches(rule: Rule, *packages: str) -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', '?')}"
        for name, tree in trees(*packages)
        if rule is not regime_names or not name.startswith(THE_ONLY_PLACE_FOR_REGIME_NAMES)
        for node in rule(tree)
    ]


@pytest.mark.parametrize("rule", [impure_imports, files_opened, clocks_and_made_up_ids, floats])
def test_the_domain_is_pure(rule: Rule) -> None:
    assert breaches(rule, "domain") == []


def test_no_code_knows_a_regime_by_name() -> None:
    assert breaches(regime_names, *EVERYWHERE) == []


def test_no_data_beside_the_regimes_knows_one_by_name() -> None:
    named = [
        path.relative_to(ROOT).as_posix()
        for package in EVERYWHERE
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in {".toml", ".html", ".css", ".sql", ".csv"}
        and any(regime in path.read_text(encoding="utf-8").lower() for regime in REGIMES)
    ]
    assert [place for place in named if not place.startswith(DATA_OF_REGIMES)] == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (impure_imports, "import psycopg"),
        (impure_imports, "import os.path"),
        (impure_imports, "from random import choice"),
        (impure_imports, "from infrastructure.database import embedded"),
        (impure_imports, "if TYPE_CHECKING:\n    import eventsourcing"),
        (files_opened, "open('ledger.csv')"),
        (clocks_and_made_up_ids, "datetime.now(UTC)"),
        (clocks_and_made_up_ids, "dt.datetime.utcnow()"),
        (clocks_and_made_up_ids, "date.today()"),
        (clocks_and_made_up_ids, "from uuid import uuid4"),
        (clocks_and_made_up_ids, "Field(default_factory=uuid.uuid1)"),
        (floats, "amount: float"),
        (floats, "share = 0.05"),
        (floats, "float(text)"),
        (regime_names, "if regime == 'jiangsu': pass"),
        (regime_names, "CAPS = {'chongqing-2016': 1}"),
        (regime_names, "match regime:\n    case 'Jiangsu': pass"),
    ],
)
def test_each_rule_can_fail(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (
            impure_imports,
            "from decimal import Decimal\nfrom pydantic import Field\nfrom domain.kernel import money",
        ),
        (clocks_and_made_up_ids, "def decide(now: datetime, event_id: UUID): return now.date()"),
        (floats, "if isinstance(value, float): raise TypeError"),
        (regime_names, '"""Both Jiangsu and Chongqing have this rule."""'),
    ],
)
def test_each_rule_lets_honest_code_pass(rule: Rule, source: str) -> None:
    assert not list(rule(ast.parse(source)))
