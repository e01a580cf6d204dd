# SPDX-License-Identifier: Apache-2.0
"""Three roles for each jurisdiction, named after its schema, so that history is append-only for whoever writes it.

`_owner` owns the tables: only `migrate` and rebuilds act as it. `_app` is what every other connection acts as: it adds
events, commands and refusals, and cannot change or remove one. `_auditor` reads. None can log in; logins are members.
Roles belong to the whole server: two databases with a schema of one name share them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from psycopg import errors, sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

APPEND_ONLY = ("events", "commands", "refusals")
GIVEN = ("jurisdiction", "migrations")
"""Written by `migrate` alone."""
SECRET = ("subject_keys",)
"""No auditor needs the keys of personal data."""
SET_ROLE_OPTION_SINCE = 160000


def owner_of(schema: str) -> str:
    """The role that owns a jurisdiction's tables."""
    return f"{schema}_owner"


def app_of(schema: str) -> str:
    """The role as which the application acts."""
    return f"{schema}_app"


def auditor_of(schema: str) -> str:
    """The role that only reads."""
    return f"{schema}_auditor"


def act_as(connection: psycopg.Connection[Any], role: str, *, in_transaction: bool = False) -> bool:
    """Act as a role from now on, or until the transaction ends; False where there is none or the login may not."""
    return _where_allowed(connection, "set_config('role', rolname, %(local)s)", role, local=in_transaction)


def create_roles(connection: psycopg.Connection[Any], schema: str) -> list[str]:
    """Make the roles that are missing, and the login a member of those it acts as; return the SQL it may not run."""
    refused = []
    for statement in _missing(connection, schema):
        try:
            # Somebody may make the same role for another database in this moment, and then it is there just as well.
            with suppress(errors.DuplicateObject, errors.UniqueViolation, errors.InternalError):
                connection.execute(statement)
        except (errors.InsufficientPrivilege, errors.UndefinedObject):
            refused.append(statement.as_string(connection))
    return refused


def hand_over(connection: psycopg.Connection[Any], schema: str) -> list[str]:
    """Give the schema and its tables to the owner role; return the SQL that the login may not run."""
    owner = sql.Identifier(owner_of(schema))
    refused = []
    for kind, name in _owned_by_others(connection, schema):
        statement = sql.SQL("ALTER {} {} OWNER TO {}").format(sql.SQL(kind), sql.Identifier(*name), owner)
        try:
            connection.execute(statement)
        except errors.InsufficientPrivilege:
            refused.append(statement.as_string(connection))
    return refused


def grant(connection: psycopg.Connection[Any], schema: str) -> None:
    """Grant what each role may do on all tables, those to come included. The connection acts as the owner."""
    parts = {
        "schema": sql.Identifier(schema),
        "app": sql.Identifier(app_of(schema)),
        "auditor": sql.Identifier(auditor_of(schema)),
        "append_only": sql.SQL(", ").join(map(sql.Identifier, APPEND_ONLY)),
        "given": sql.SQL(", ").join(map(sql.Identifier, GIVEN)),
        "secret": sql.SQL(", ").join(map(sql.Identifier, SECRET)),
    }
    with connection.transaction():  # as one: what the first statements grant too much, nobody ever has
        for statement in _GRANTS:
            connection.execute(sql.SQL(statement).format(**parts))


def drop_roles(connection: psycopg.Connection[Any], schema: str) -> None:
    """Remove the roles of a schema that is no more, unless another database has one of its name."""
    for role in (owner_of(schema), app_of(schema), auditor_of(schema)):
        with suppress(errors.DependentObjectsStillExist, errors.InsufficientPrivilege):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


_GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {app}, {auditor}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {app}",
    "REVOKE UPDATE, DELETE ON TABLE {append_only} FROM {app}",
    "REVOKE INSERT, UPDATE, DELETE ON TABLE {given} FROM {app}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {app}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {auditor}",
    "REVOKE SELECT ON TABLE {secret} FROM {auditor}",
    "GRANT SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {auditor}",
    # For the tables of read models, which rebuilds replace.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {auditor}",
)


def _missing(connection: psycopg.Connection[Any], schema: str) -> Iterator[sql.Composed]:
    roles = (owner_of(schema), app_of(schema), auditor_of(schema))
    found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(roles),)).fetchall()
    for role in roles:
        if (role,) not in found:
            yield sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role))
    for role in (owner_of(schema), app_of(schema)):
        if not _where_allowed(connection, "rolname", role):
            login = sql.Identifier(connection.info.user)
            yield sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), login)


def _owned_by_others(connection: psycopg.Connection[Any], schema: str) -> list[tuple[str, tuple[str, ...]]]:
    parameters = (schema, owner_of(schema))
    schemas = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname = %s AND nspowner <> to_regrole(%s)", parameters
    ).fetchall()
    tables = connection.execute(
        "SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE nspname = %s AND relowner <> to_regrole(%s) AND relkind IN ('r', 'p')",
        parameters,
    ).fetchall()
    return [*(("SCHEMA", tuple(row)) for row in schemas), *(("TABLE", tuple(row)) for row in tables)]


def _where_allowed(connection: psycopg.Connection[Any], what: str, role: str, **parameters: object) -> bool:
    """Select something if the login may act as the role, and say whether it may."""
    option = "SET" if connection.info.server_version >= SET_ROLE_OPTION_SINCE else "MEMBER"
    query = f"SELECT {what} FROM pg_roles WHERE rolname = %(role)s AND pg_has_role(session_user, oid, %(option)s)"  # noqa: S608 - a constant
    found = connection.execute(query, {"role": role, "option": option, **parameters}).fetchone()
    return found is not None
