# SPDX-License-Identifier: Apache-2.0
"""The embedded server under the circumstances in which its predecessors failed."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from infrastructure.database.embedded import EmbeddedServer, EmbeddedServerError, embedded_server, programs
from infrastructure.database.embedded.sockets import prepare_socket_directory

ROOT = Path(__file__).parents[3]
# An application that uses the server of the directory it is given until its standard input ends.
APPLICATION = """
import sys
from pathlib import Path
from infrastructure.database.embedded import embedded_server
with embedded_server(Path(sys.argv[1]), durable=False) as server:
    print(server.dsn(), flush=True)
    sys.stdin.read()
"""


@contextmanager
def application(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", APPLICATION, str(data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("host="), "the application got its server"
        yield process


def write_note(server: EmbeddedServer, note: str) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (note text NOT NULL)")
        connection.execute("INSERT INTO notes VALUES (%s)", [note])


def read_notes(server: EmbeddedServer) -> list[str]:
    with psycopg.connect(server.dsn()) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM notes ORDER BY note")]


def enter(data_dir: Path) -> None:
    with embedded_server(data_dir, durable=False):
        pytest.fail("this server was not to be started")


def use_together(data_dir: Path) -> str:
    with embedded_server(data_dir, durable=False) as server:
        return server.dsn()


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def is_running(data_dir: Path) -> bool:
    return (data_dir / "cluster" / "postmaster.pid").exists()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("name", ["a path with spaces", 'it\'s "quoted", costs $HOME and `true`', "统筹", "d" * 120])
def test_runs_in_a_directory_of_any_name_and_length(tmp_path: Path, name: str) -> None:
    with embedded_server(tmp_path / name, durable=False) as server:
        write_note(server, "kept")
    with embedded_server(tmp_path / name, durable=False) as server:
        assert read_notes(server) == ["kept"]
    assert not is_running(tmp_path / name)


def test_leaves_the_rights_of_parents_alone_and_opens_nothing_to_others(tmp_path: Path) -> None:
    parent = tmp_path / "closed"
    parent.mkdir(mode=0o700)
    with embedded_server(parent / "data", durable=False) as server:
        assert mode(parent) == mode(parent / "data") == mode(server.socket_directory) == 0o700
        assert mode(server.socket_directory / ".s.PGSQL.5432") == 0o700
    assert mode(parent) == 0o700
    assert not server.socket_directory.exists()


def test_takes_no_settings_meant_for_another_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGPORT", "PGDATA", "PGHOST", "PGUSER", "PGDATABASE"):
        monkeypatch.setenv(name, "1")
    with embedded_server(tmp_path / "data", durable=False) as server:
        write_note(server, "here")
        assert read_notes(server) == ["here"]


def test_the_last_of_two_users_stops_it(tmp_path: Path) -> None:
    with embedded_server(tmp_path, durable=False) as server:
        with application(tmp_path):
            pid = server_pid(tmp_path)
        assert server_pid(tmp_path) == pid
        write_note(server, "still there")
    assert not is_running(tmp_path)


def test_users_that_come_at_once_share_one_server(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        dsns = set(pool.map(lambda _: use_together(tmp_path), range(4)))
    assert len(dsns) == 1
    assert not is_running(tmp_path)


def test_outlives_a_killed_application_and_stops_after_the_next(tmp_path: Path) -> None:
    with embedded_server(tmp_path, durable=False) as server:
        with application(tmp_path) as other:
            other.kill()
        write_note(server, "written after the kill")
    assert not is_running(tmp_path)

    with application(tmp_path) as alone:
        alone.kill()
    assert is_running(tmp_path), "nobody was left to stop it"
    with embedded_server(tmp_path, durable=False) as server:
        assert read_notes(server) == ["written after the kill"]
    assert not is_running(tmp_path)


def test_recovers_what_was_committed_before_the_server_was_killed(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server:
        write_note(server, "committed")
        os.kill(server_pid(tmp_path), signal.SIGKILL)
        with embedded_server(tmp_path) as restarted:
            assert read_notes(restarted) == ["committed"]
    assert not is_running(tmp_path)


def test_a_dead_servers_number_may_belong_to_a_stranger(tmp_path: Path) -> None:
    with embedded_server(tmp_path, durable=False) as server:
        left_behind = (tmp_path / "cluster" / "postmaster.pid").read_text()
    stranger = left_behind.replace(left_behind.splitlines()[0], str(os.getpid()), 1)
    (tmp_path / "cluster" / "postmaster.pid").write_text(stranger)
    with embedded_server(tmp_path, durable=False) as server:
        write_note(server, "started all the same")


def test_a_creation_cut_short_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "users.lock").touch()
    (tmp_path / "cluster.unfinished").mkdir()
    (tmp_path / "cluster.unfinished" / "PG_VERSION").write_text("18")
    with embedded_server(tmp_path, durable=False) as server:
        assert server.dsn()


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


def test_refuses_a_socket_directory_that_others_can_enter(tmp_path: Path) -> None:
    directory = prepare_socket_directory(tmp_path)
    directory.chmod(0o755)
    try:
        with pytest.raises(EmbeddedServerError, match="open to others"):
            enter(tmp_path)
    finally:
        directory.rmdir()


def test_refuses_durability_where_the_running_server_forgets(tmp_path: Path) -> None:
    with embedded_server(tmp_path, durable=False):
        with pytest.raises(EmbeddedServerError, match="forget"), embedded_server(tmp_path):
            pytest.fail("joined a server that would lose data")
        assert is_running(tmp_path)


def test_tells_what_to_do_as_root_without_user_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(programs, "_AS_ORDINARY_USER", ("false",))
    with pytest.raises(EmbeddedServerError, match=r"does not run as root.*exit code 1.*Run as an ordinary user"):
        programs._prefix.__wrapped__()
