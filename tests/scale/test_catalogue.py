# SPDX-License-Identifier: Apache-2.0
"""Rules 9 to 12, asked of the database's own catalogue: constraints, keys, triggers, and who makes tables."""

# ruff: noqa: S608 - queries made of constants of ours

from typing import Any

import psycopg
import pytest
from psycopg import errors

from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.database.constraints import BUGS, MEANING, constraint_name
from infrastructure.migrate import migrate
from infrastructure.projecting.rebuild import rebuild
from projections.catalogue import READ_MODELS

LONGEST = 63 - len("_1234567")
"""A sharded engine appends the shard's number, and the server cuts what is longer than 63 bytes."""


@pytest.fixture
def home(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions["jiangsu"]


def asked(home: Jurisdiction, query: str) -> list[Any]:
    """The first column of a query about the jurisdiction's schema."""
    with home.database.reading() as cursor:
        return [row[0] for row in cursor.execute(query, {"schema": home.name}).fetchall()]


CONSTRAINTS = """
    SELECT conname FROM pg_constraint
    WHERE connamespace = to_regnamespace(%(schema)s) AND contype IN ('p', 'u', 'x', 'c', 'f')
"""
IN_SCHEMA = "pg_class.relnamespace = to_regnamespace(%(schema)s) AND pg_class.relkind IN ('r', 'p')"


def test_every_constraint_means_something_or_is_a_bug_on_purpose(home: Jurisdiction) -> None:
    keys_of_read_models = {f"{table.name}_pk" for model in READ_MODELS for table in model.tables}
    assert set(asked(home, CONSTRAINTS)) == MEANING.keys() | BUGS | keys_of_read_models
    assert not MEANING.keys() & BUGS


def test_every_constraint_has_a_short_name_of_its_own(home: Jurisdiction) -> None:
    names = asked(home, CONSTRAINTS)
    assert [name for name in names if len(name) > LONGEST or not name.endswith(("_pk", "_uq", "_ck", "_ex"))] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", sorted(MEANING))
@pytest.mark.parametrize("suffix", ["", "_102008"])
def test_a_constraint_is_known_without_diagnostics_and_with_a_shards_suffix(name: str, suffix: str) -> None:
    error = errors.IntegrityError(f'something violates some constraint "{name}{suffix}"')
    assert error.diag.constraint_name is None
    assert constraint_name(error) == name


def test_nothing_happens_behind_the_statements(home: Jurisdiction) -> None:
    triggers = f"SELECT tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid WHERE {IN_SCHEMA}"
    rules = f"SELECT rulename FROM pg_rewrite JOIN pg_class ON ev_class = pg_class.oid WHERE {IN_SCHEMA}"
    assert asked(home, triggers) == asked(home, rules) == []
    assert asked(home, "SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace(%(schema)s)") == []


def test_every_table_has_a_primary_key(home: Jurisdiction) -> None:
    without = f"""
        SELECT relname FROM pg_class WHERE {IN_SCHEMA}
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'p')
    """
    assert asked(home, without) == []


def test_no_foreign_key_leaves_the_schema(home: Jurisdiction) -> None:
    leaving = """
        SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = confrelid
        WHERE connamespace = to_regnamespace(%(schema)s) AND contype = 'f' AND relnamespace <> connamespace
    """
    assert asked(home, leaving) == []


def test_no_id_is_drawn_from_a_sequence_but_the_logs_own(home: Jurisdiction) -> None:
    sequences = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = to_regnamespace(%(schema)s)"
    assert sorted(asked(home, sequences)) == ["events_position_seq", "refusals_id_seq"]
    kinds = f"""
        SELECT DISTINCT format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
        WHERE {IN_SCHEMA} AND (attidentity <> '' OR attname IN ('id', 'position', 'stream', 'holder', 'owner'))
    """
    assert set(asked(home, kinds)) <= {"bigint", "uuid"}


def test_only_the_owner_makes_tables(home: Jurisdiction) -> None:
    with home.database.connect() as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE stray (id bigint PRIMARY KEY)")
    owners = f"SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE {IN_SCHEMA}"
    assert asked(home, owners) == [f"{home.name}_owner"]


def test_a_rebuild_swaps_in_one_instant_and_leaves_nothing_beside(home: Jurisdiction) -> None:
    tables = f"SELECT relname FROM pg_class WHERE {IN_SCHEMA} ORDER BY 1"
    before = asked(home, tables), sorted(asked(home, CONSTRAINTS))
    rebuild(home.database)
    assert (asked(home, tables), sorted(asked(home, CONSTRAINTS))) == before


def test_migrating_again_changes_nothing(home: Jurisdiction, migrated_database: str) -> None:
    with psycopg.connect(migrated_database, autocommit=True) as connection:
        query = "SELECT oid, relname, relacl::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) ORDER BY 1"
        before = connection.execute(query, (home.name,)).fetchall()
        assert migrate(migrated_database, home.name, home.regime.name) == []
        assert connection.execute(query, (home.name,)).fetchall() == before
