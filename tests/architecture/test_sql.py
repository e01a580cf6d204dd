# SPDX-License-Identifier: Apache-2.0
"""Our SQL keeps the rules that let a jurisdiction move to a larger machine. Each rule is shown to be able to fail."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.sources import trees

PACKAGES = ("application", "projections", "infrastructure", "api")
TABLES_ARE_MADE_IN = {
    "infrastructure/migrate.py",
    "infrastructure/database/roles.py",
    "infrastructure/database/schema.py",
    "infrastructure/database/embedded/server.py",
    "infrastructure/projecting/tables.py",
}
MAKERS_ARE_CALLED_IN = {
    "infrastructure/migrate.py",
    "infrastructure/projecting/projector.py",  # where `ensure_tracking` stands
    "infrastructure/projecting/rebuild.py",
    "infrastructure/projecting/tables.py",
}
LOOKS_INTO_EVERY_SCHEMA = {"infrastructure/migrate.py"}
MEASURES = "infrastructure/benchmarks/"
"""Benchmarks compare schemas of their own, which live only as long."""

Rule = Callable[[ast.Module], Iterator[ast.AST]]
SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|LOCK|MERGE INTO|COPY|SET|WITH)\b"
)
STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|LOCK|MERGE|COPY|SET|RESET|WITH|LISTEN)\s"
)
DDL = re.compile(
    r"^\s*(CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|COMMENT ON|REINDEX|CLUSTER)\s(?!.*\bTEMPORARY\b)", re.DOTALL
)
LOCKS = re.compile(r"\bLOCK\s+(TABLE\b|[\w{}]+\s+IN\b)", re.IGNORECASE)
TRIGGERS = re.compile(
    r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?(TRIGGER|RULE|FUNCTION|PROCEDURE)\b", re.IGNORECASE
)
QUALIFIED = re.compile(
    r"(?<!DISTINCT )\b(?:FROM|JOIN|INTO|UPDATE|TABLE|LIKE)\s+(?!information_schema\.|pg_catalog\.|pg_temp\.)"
    r"(?:\"?\w+\"?|\{\w*\})\.(?:\"?\w+\"?|\{\w*\})"
)
NEXT_POSITION = re.compile(r"\bposition\s*[+-]\s*1\b|\bposition\s*[=<>]+\s*\S+\s*[+-]\s*1\b|\b1\s*\+\s*position\b")
CANCELS = re.compile(r"\b(statement_timeout|transaction_timeout|pg_cancel_backend)\b", re.IGNORECASE)
CONNECTED = ("connection", "conn", "pgconn")
ENGINES = re.compile(r"citus|yugabyte|cockroach|pg_dist_", re.IGNORECASE)
WAITS = {"sleep", "wait", "join", "post", "urlopen", "input"}
MAKERS = {"create_tables", "create_indexes", "swap_tables", "ensure_tracking", "create_roles", "hand_over"}


def texts(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every string that is no docstring; values put into it read as {}."""
    silent = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            silent.update(part for part in node.values if isinstance(part, ast.Constant))
            yield node, "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node, node.value


def statements(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node, text in texts(tree):
        if SQL.search(text):
            yield node, text


def tables_locked(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in statements(tree) if LOCKS.search(text))


def triggers_and_rules(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in statements(tree) if TRIGGERS.search(text))


def qualified_names(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in statements(tree) if QUALIFIED.search(text))


def several_statements(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in statements(tree) if STATEMENT.match(text) and ";" in text.strip().rstrip(";"))


def tables_made(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in statements(tree) if DDL.match(text))


def makers_called(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            yield node


def engines_told_apart(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, text in texts(tree) if ENGINES.search(text))


def next_positions(tree: ast.Module) -> Iterator[ast.AST]:
    """Positions are opaque and have gaps: nothing stands at `position + 1`."""
    yield from (node for node, text in statements(tree) if NEXT_POSITION.search(text))
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)) if names_position(left):
                yield node
            case ast.BinOp(left=ast.Constant(value=1), op=ast.Add(), right=right) if names_position(right):
                yield node
            case ast.AugAssign(target=target, value=ast.Constant(value=1)) if names_position(target):
                yield node


def cancelled(tree: ast.Module) -> Iterator[ast.AST]:
    """A cancelled COMMIT may be acknowledged though no standby has it: what takes too long loses its socket."""
    yield from (node for node, text in texts(tree) if CANCELS.search(text))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="cancel" | "cancel_safe", value=value) if (name_of(value) or "").endswith(
                CONNECTED
            ):
                yield node


def waits_in_transactions(tree: ast.Module) -> Iterator[ast.AST]:
    """Inside a transaction nothing waits for anything but the database, and nothing goes on until something happens."""
    for block in ast.walk(tree):
        if isinstance(block, ast.With) and any(opens_transaction(item.context_expr) for item in block.items):
            for node in (inner for line in block.body for inner in ast.walk(line)):
                called = name_of(node.func) if isinstance(node, ast.Call) else None
                if isinstance(node, ast.While) or (called in WAITS and not joins_text(node)):
                    yield node


def opens_transaction(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) in {"transaction", "writing"}


def joins_text(node: ast.AST) -> bool:
    """Not everything that joins waits for a thread."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) | ast.Call(), attr="join")):
            return True
        case _:
            return False


def names_position(node: ast.AST) -> bool:
    name = name_of(node)
    return name is not None and (name == "position" or name.endswith("_position"))


def name_of(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return None


def breaches(rule: Rule, *allowed: str) -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', '?')}"
        for name, tree in trees(*PACKAGES)
        if not name.startswith(MEASURES) and name not in allowed
        for node in rule(tree)
    ]


@pytest.mark.parametrize(
    "rule",
    [
        tables_locked,
        triggers_and_rules,
        several_statements,
        next_positions,
        engines_told_apart,
        cancelled,
        waits_in_transactions,
    ],
)
def test_it_happens_nowhere(rule: Rule) -> None:
    assert breaches(rule) == []


def test_names_are_unqualified_but_where_every_schema_is_looked_into() -> None:
    assert breaches(qualified_names, *LOOKS_INTO_EVERY_SCHEMA) == []


def test_tables_are_made_by_migrations_and_rebuilds_alone() -> None:
    assert breaches(tables_made, *TABLES_ARE_MADE_IN) == []
    assert breaches(makers_called, *MAKERS_ARE_CALLED_IN) == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (tables_locked, "cursor.execute('LOCK TABLE events IN EXCLUSIVE MODE')"),
        (tables_locked, "cursor.execute(f'LOCK {table} IN SHARE MODE')"),
        (triggers_and_rules, "cursor.execute('CREATE TRIGGER guard BEFORE UPDATE ON events')"),
        (triggers_and_rules, "cursor.execute('CREATE OR REPLACE FUNCTION guard() RETURNS trigger')"),
        (triggers_and_rules, "cursor.execute('CREATE RULE guard AS ON UPDATE TO events DO INSTEAD NOTHING')"),
        (qualified_names, "cursor.execute('SELECT 1 FROM jiangsu.events')"),
        (qualified_names, "cursor.execute(f'INSERT INTO {schema}.events (stream) VALUES (1)')"),
        (qualified_names, "cursor.execute(sql.SQL('SELECT 1 FROM events JOIN {}.commands USING (position)'))"),
        (several_statements, "cursor.execute('DELETE FROM a; DELETE FROM b')"),
        (tables_made, "cursor.execute('CREATE TABLE stray (id bigint)')"),
        (tables_made, "cursor.execute(f'TRUNCATE {table}')"),
        (tables_made, "cursor.execute('ALTER TABLE events ADD COLUMN more text')"),
        (makers_called, "ensure_tracking(connection, models)"),
        (makers_called, "tables.create_tables(connection, model)"),
        (engines_told_apart, "cursor.execute('SELECT citus_version()')"),
        (next_positions, "read(position + 1)"),
        (next_positions, "self.last_position += 1"),
        (next_positions, "cursor.execute('SELECT 1 FROM events WHERE position = %s + 1')"),
        (next_positions, "cursor.execute('SELECT position + 1 FROM events')"),
        (cancelled, "connection.cancel()"),
        (cancelled, "self._connection.cancel_safe(timeout=1)"),
        (cancelled, "options = '-c statement_timeout=5000'"),
        (waits_in_transactions, "with connection.transaction():\n    time.sleep(1)"),
        (waits_in_transactions, "with database.writing() as cursor:\n    client.post(url)"),
        (waits_in_transactions, "with connection.transaction():\n    while pending():\n        work()"),
    ],
)
def test_each_rule_can_fail(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (
            qualified_names,
            "cursor.execute('SELECT e.position FROM events AS e JOIN commands c ON c.position = e.position')",
        ),
        (qualified_names, "cursor.execute('SELECT 1 FROM information_schema.tables')"),
        (qualified_names, "cursor.execute('DROP TABLE IF EXISTS pg_temp.scratch')"),
        (several_statements, "cursor.execute('SELECT 1;')"),
        (tables_made, "cursor.execute('CREATE TEMPORARY TABLE scratch (id bigint)')"),
        (tables_made, "cursor.execute('SELECT pg_advisory_xact_lock(1)')"),
        (next_positions, "version + 1"),
        (next_positions, "cursor.execute('SELECT version + 1 FROM events ORDER BY position')"),
        (cancelled, "reservation = answering.cancel(state)"),
        (waits_in_transactions, "with connection.transaction():\n    names = ', '.join(columns)"),
        (engines_told_apart, '"""Runs on Citus too."""'),
    ],
)
def test_each_rule_lets_honest_code_pass(rule: Rule, source: str) -> None:
    assert not list(rule(ast.parse(source)))
