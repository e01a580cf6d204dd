# SPDX-License-Identifier: Apache-2.0
"""`migrate`: bring a jurisdiction's schema up to date. The only place where DDL runs, one statement per execute."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from infrastructure.database.pool import connection_options
from infrastructure.database.roles import act_as, create_roles, grant, hand_over, owner_of
from infrastructure.database.schema import MIGRATIONS, MigrationError
from infrastructure.projecting.projector import ensure_tracking
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MigrationError", "jurisdictions", "migrate"]

SCHEMA_NAME = re.compile(r"^[a-z][a-z0-9_]{0,40}$")
MINIMUM_VERSION = 150000
logger = logging.getLogger("tongchou.migrate")


def migrate(dsn: str, jurisdiction: str, regime: str, *, demonstration: bool = False) -> list[str]:
    """Apply what is missing and return its names. Runs any number of times; two at once wait for each other.

    Where the login may not make the roles that keep history append-only, the SQL for an administrator is logged and
    all else is done; `verify` reports the gap until `migrate` has run again. Raises `MigrationError` for a server that
    is too old, a name that cannot be a schema, or a schema that already serves another regime or purpose.
    """
    if not SCHEMA_NAME.match(jurisdiction):
        message = f"{jurisdiction!r} cannot be a jurisdiction: use lower-case letters, digits and underscores"
        raise MigrationError(message)
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.info.server_version < MINIMUM_VERSION:
            message = "PostgreSQL 15 or later is needed; nothing was changed"
            raise MigrationError(message)
        refused = _shared_parts(connection, jurisdiction)
    if refused:
        logger.warning(_GAP, jurisdiction, ";\n".join(refused))
    options: Any = connection_options(jurisdiction)
    with psycopg.connect(dsn, **options) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (f"tongchou.migrate.{jurisdiction}",))
        owned = not refused and act_as(connection, owner_of(jurisdiction))
        applied = _apply(connection)
        _describe(connection, jurisdiction, regime, demonstration=demonstration)
        ensure_tracking(connection, READ_MODELS)
        if owned:
            grant(connection, jurisdiction)
    return applied


_GAP = """%s: the login may not make the roles that keep history append-only; everything else was done. \
As an administrator run this, then `tongchou migrate` once more:
%s;"""


def jurisdictions(dsn: str) -> Sequence[tuple[str, str, bool]]:
    """The jurisdictions in a database: name, regime, whether it is a demonstration."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        schemas = connection.execute(
            "SELECT table_schema FROM information_schema.tables WHERE table_name = 'jurisdiction' ORDER BY 1"
        ).fetchall()
        found = []
        for (schema,) in schemas:
            query = sql.SQL("SELECT name, regime, demonstration FROM {}.jurisdiction").format(sql.Identifier(schema))
            found += connection.execute(query).fetchall()
    return [(row[0], row[1], row[2]) for row in found]


def _shared_parts(connection: psycopg.Connection[Any], jurisdiction: str) -> list[str]:
    """Extension, roles and schema; return the SQL that the login may not run."""
    schema = sql.Identifier(jurisdiction)
    connection.execute("SELECT pg_advisory_lock(hashtext('tongchou.migrate'))")
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public")
    refused = create_roles(connection, jurisdiction)
    if connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", (jurisdiction,)).fetchone() is None:
        owner = sql.SQL("AUTHORIZATION {}").format(sql.Identifier(owner_of(jurisdiction)))
        connection.execute(sql.SQL("CREATE SCHEMA {} {}").format(schema, sql.SQL("") if refused else owner))
    return refused + hand_over(connection, jurisdiction)


def _apply(connection: psycopg.Connection[Any]) -> list[str]:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name text NOT NULL, CONSTRAINT migrations_pk PRIMARY KEY (name))"
    )
    done = {row[0] for row in connection.execute("SELECT name FROM migrations").fetchall()}
    applied = []
    for name, statements in MIGRATIONS:
        if name in done:
            continue
        with connection.transaction():
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations (name) VALUES (%s)", (name,))
        applied.append(name)
    return applied


def _describe(connection: psycopg.Connection[Any], name: str, regime: str, *, demonstration: bool) -> None:
    connection.execute(
        "INSERT INTO jurisdiction (name, regime, demonstration) VALUES (%s, %s, %s)"
        " ON CONFLICT ON CONSTRAINT jurisdiction_pk DO NOTHING",
        (name, regime, demonstration),
    )
    row = connection.execute("SELECT regime, demonstration FROM jurisdiction").fetchone()
    if row != (regime, demonstration):
        message = (
            f"the schema {name} already serves the regime {row[0] if row else '?'}"
            f"{' as a demonstration' if row and row[1] else ''}; nothing was changed: use another database"
        )
        raise MigrationError(message)
