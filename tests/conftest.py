# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for: one PostgreSQL server per run, one database per worker."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.database.embedded import embedded_server

pytest_plugins = ["tests.fixtures"]

# The same examples in every run: a red test is red for everybody, and stays so until the code is right.
settings.register_profile("tongchou", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("tongchou")


@pytest.fixture(scope="session")
def server_dsn(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The administrator's connection to the run's server: all workers share it, and the last one stops it."""
    given = os.environ.get("TONGCHOU_TEST_DSN")
    if given:
        yield given
        return
    own = tmp_path_factory.getbasetemp()
    common = own if worker_id == "master" else own.parent
    with embedded_server(common / "server", durable=False) as server:
        yield server.dsn("postgres")


@pytest.fixture(scope="session")
def worker_database(server_dsn: str, worker_id: str, testrun_uid: str) -> Iterator[str]:
    """The connection to an empty database of this worker's own, which is dropped at the end."""
    name = f"tongchou_test_{testrun_uid[:12]}_{worker_id}"
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server_dsn, autocommit=True) as administrator:
        administrator.execute(drop)
        administrator.execute(create)
        yield make_conninfo(server_dsn, dbname=name)
        administrator.execute(drop)


@pytest.fixture
def own_database(server_dsn: str, worker_id: str, testrun_uid: str) -> Iterator[str]:
    """The connection to an empty database of one test's own: for what shares with no other test."""
    name = f"tongchou_own_{testrun_uid[:12]}_{worker_id}"
    with psycopg.connect(server_dsn, autocommit=True) as administrator:
        administrator.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield make_conninfo(server_dsn, dbname=name)
        administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
