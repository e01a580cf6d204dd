# SPDX-License-Identifier: Apache-2.0
"""The embedded server under the circumstances in which its predecessors failed."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest

from infrastructure.database.embedded import EmbeddedServer, embedded_server
from infrastructure.database.embedded.locks import wait_for

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


def use_together(data_dir: Path) -> str:
    with embedded_server(data_dir, durable=False) as server:
        return server.dsn()


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def is_running(data_dir: Path) -> bool:
    return (data_dir / "cluster" / "postmaster.pid").exists()


def is_alive(pid: int) -> bool:
    try:
        return bool(Path(f"/proc/{pid}/exe").readlink())  # of a zombie it cannot be read
    except OSError:
        return False


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_recovers_what_was_committed_before_the_server_was_killed(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server:
        write_note(server, "committed")
        os.kill(server_pid(tmp_path), signal.SIGKILL)
        with embedded_server(tmp_path) as restarted:
            assert read_notes(restarted) == ["committed"]
    assert not is_running(tmp_path)


@pytest.mark.slow
def test_the_dying_server_of_deleted_data_does_not_disturb_its_successor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # what the orphan leaves behind is left here
    with application(tmp_path / "data") as other:
        other.kill()
    orphan = server_pid(tmp_path / "data")
    shutil.rmtree(tmp_path / "data")
    with embedded_server(tmp_path / "data", durable=False) as server:
        os.kill(orphan, signal.SIGQUIT)
        assert wait_for(lambda: not is_alive(orphan), monotonic() + 60)
        write_note(server, "undisturbed")


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
