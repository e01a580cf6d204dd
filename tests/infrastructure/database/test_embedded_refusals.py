# SPDX-License-Identifier: Apache-2.0
"""Where the embedded server cannot serve, it says what happened, what it left undone and what to do."""

import os
import tempfile
from pathlib import Path

import pytest

from infrastructure.database.embedded import EmbeddedServerError, embedded_server, programs


def enter(data_dir: Path) -> None:
    with embedded_server(data_dir, durable=False):
        pytest.fail("this server was not to be started")


def test_refuses_data_of_another_release(tmp_path: Path) -> None:
    (tmp_path / "users.lock").touch()
    (tmp_path / "cluster").mkdir()
    (tmp_path / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedServerError, match=r"PostgreSQL 17, and this is PostgreSQL 18\. No server was started"):
        enter(tmp_path)


def test_refuses_a_directory_with_something_else_in_it(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("18\n")
    with pytest.raises(EmbeddedServerError, match="did not put there"):
        enter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["PG_VERSION"], "nothing was changed"


def test_refuses_a_file_in_the_place_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedServerError, match="cannot be made"):
        enter(tmp_path / "file")


def test_refuses_durability_where_the_running_server_forgets(tmp_path: Path) -> None:
    with embedded_server(tmp_path, durable=False):
        with pytest.raises(EmbeddedServerError, match="forget"), embedded_server(tmp_path):
            pytest.fail("joined a server that would lose data")
        assert (tmp_path / "cluster" / "postmaster.pid").exists(), "the running server was left alone"


def test_tells_what_to_do_as_root_without_user_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(programs, "_AS_ORDINARY_USER", ("false",))
    with pytest.raises(EmbeddedServerError, match=r"does not run as root.*exit code 1.*Run as an ordinary user"):
        programs._prefix.__wrapped__()


def test_leaves_no_socket_directory_after_a_failed_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with embedded_server(tmp_path / "data", durable=False):
        pass
    (tmp_path / "data" / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedServerError, match=r"did not start: .*pg_control"):
        enter(tmp_path / "data")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
