# SPDX-License-Identifier: Apache-2.0
"""Whether the database itself keeps history append-only, as measured for the role that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infrastructure.database.roles import APPEND_ONLY
from infrastructure.history.check import Check

if TYPE_CHECKING:
    import psycopg

FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE")
_HELD = """
    SELECT relname, held FROM pg_class, unnest(%s::text[]) AS held
    WHERE pg_class.oid = ANY(%s::regclass[]) AND (
        has_table_privilege(pg_class.oid, held)
        OR (held = 'UPDATE' AND has_any_column_privilege(pg_class.oid, held))
    )
    ORDER BY relname, held
"""
_OWNED = "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[]) AND pg_has_role(relowner, 'USAGE') ORDER BY 1"


def append_only(connection: psycopg.Connection[Any]) -> Check:
    """Look at every privilege that could change or remove history, on each table of it."""
    check = Check(count=len(APPEND_ONLY) * len(FORBIDDEN))
    row = connection.execute("SELECT current_user, session_user").fetchone()
    acting, login = row or ("?", "?")
    tables = list(APPEND_ONLY)
    held = connection.execute(_HELD, (list(FORBIDDEN), tables)).fetchall()
    owned = connection.execute(_OWNED, (tables,)).fetchall()
    check.problems += [f"{acting} may {privilege} {table}" for table, privilege in held]
    check.problems += [f"{acting} owns {table} and may grant itself anything" for (table,) in owned]
    if check.problems and acting == login:
        check.problems.append(f"{login} acts as itself: run `tongchou migrate` as a login that may create roles")
    return check
