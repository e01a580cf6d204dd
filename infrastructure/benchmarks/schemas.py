# SPDX-License-Identifier: Apache-2.0
"""Schemas that exist only while a benchmark runs, on a server that keeps what it commits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from infrastructure.benchmarks.result import BenchFailed
from infrastructure.database.roles import drop_roles
from infrastructure.migrate import migrate
from infrastructure.policy.loader import load_regimes

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS, STOCK, BARE, EMPTY = "bench_ours", "bench_stock", "bench_bare", "bench_empty"


@contextmanager
def bench_schemas(dsn: str, *, demonstration: bool = False) -> Iterator[dict[str, str]]:
    """Our migrated schema, and empty ones for the others; yields the server's settings that the figures depend on.

    For a `demonstration` histories may be simulated in ours. Raises `BenchFailed` on a server that forgets what it
    committed: its figures would be of no use.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        durability = {name: _setting(connection, name) for name in ("fsync", "synchronous_commit", "full_page_writes")}
        if set(durability.values()) != {"on"}:
            off = ", ".join(name for name, value in durability.items() if value != "on")
            message = f"The server runs with {off} not on; nothing was measured. Benchmark a durable server."
            raise BenchFailed(message)
        version = {"server": _setting(connection, "server_version")}
        _drop(connection)
        try:
            for name in (STOCK, BARE):
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
            migrate(dsn, OURS, bench_regime(), demonstration=demonstration)
            yield version | durability
        finally:
            _drop(connection)


def bench_regime() -> str:
    """The regime that benchmarks live under: whichever comes first."""
    return next(iter(load_regimes()))


def _setting(connection: psycopg.Connection[tuple[object, ...]], name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(row[0]) if row else ""


def _drop(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    for name in (OURS, STOCK, BARE, EMPTY):
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        drop_roles(connection, name)
