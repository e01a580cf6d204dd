# SPDX-License-Identifier: Apache-2.0
"""What else lies in a database."""

from collections.abc import Sequence

import psycopg


def foreign_tables(dsn: str, schemas: Sequence[str]) -> list[str]:
    """Tables in the database that belong to none of the schemas, by qualified name."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND NOT table_schema = ANY(%s) ORDER BY 1",
            (list(schemas),),
        ).fetchall()
    return [row[0] for row in rows]
