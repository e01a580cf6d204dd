# SPDX-License-Identifier: Apache-2.0
"""The server's files in one directory: made once, started, found while it runs, and stopped."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from infrastructure.database.embedded.configuration import configuration
from infrastructure.database.embedded.errors import EmbeddedServerError
from infrastructure.database.embedded.programs import run
from infrastructure.database.embedded.sockets import make_socket_directory, remove_socket_directory

SUPERUSER = "postgres"
_DATA = "cluster"
_UNFINISHED = "cluster.unfinished"
_LOG = "server.log"
_LINE_OF_SOCKET_DIRECTORY = 4  # of postmaster.pid, counted from 0
_LOG_LINES_SHOWN = 5


@dataclass(frozen=True)
class Cluster:
    """PostgreSQL's data and log inside the directory `home`. Only who has the server's lock may start it."""

    home: Path

    @property
    def log(self) -> Path:
        """The server's log, for those who have to find out why it did not start."""
        return self.home / _LOG

    def socket_directory(self) -> Path | None:
        """Where the running server's socket is, in the server's own words; None before it has said so."""
        try:
            lines = self._pid_file.read_text().splitlines()
        except FileNotFoundError:
            return None
        said = lines[_LINE_OF_SOCKET_DIRECTORY] if len(lines) > _LINE_OF_SOCKET_DIRECTORY else ""
        return Path(said) if said else None

    def start(self, *, durable: bool, limit_seconds: int, server_lock: int) -> None:
        """Start the server, which holds the lock from then on, and return when it accepts connections."""
        if not self._data.exists():
            self._create(durable=durable)
        self._refuse_other_version()
        self._sweep()
        socket_directory = make_socket_directory()
        (self._data / "postgresql.conf").write_text(configuration(socket_directory, durable=durable))
        limit = f"--timeout={limit_seconds}"
        started = self._control("start", "--wait", limit, f"--log={_LOG}", keep_open=server_lock)
        if started.returncode:
            remove_socket_directory(socket_directory)
            raise EmbeddedServerError(
                f"the PostgreSQL server in {self.home} did not start: {self._last_words()}",
                not_done="Nothing was connected, and no data were lost",
                remedy=f"Read {self.log}; if it tells of recovery, allow more than {limit_seconds} s to start",
            )

    def stop(self, limit_seconds: int) -> None:
        """Ask the server to end; its connections end with it."""
        self._control("stop", "--mode=fast", "--wait", f"--timeout={limit_seconds}")

    @property
    def _data(self) -> Path:
        return self.home / _DATA

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    def _sweep(self) -> None:
        """Remove what a dead server left behind: the next to bear its process number would pass for it."""
        left_behind = self.socket_directory()
        if left_behind is not None:
            remove_socket_directory(left_behind)
        self._pid_file.unlink(missing_ok=True)

    def _control(self, *arguments: str, keep_open: int | None = None) -> CompletedProcess[str]:
        return run("pg_ctl", *arguments, f"--pgdata={_DATA}", home=self.home, keep_open=keep_open)

    def _create(self, *, durable: bool) -> None:
        # Made under another name and then renamed, so that a creation cut short is never taken for a cluster.
        shutil.rmtree(self.home / _UNFINISHED, ignore_errors=True)
        made = run(
            "initdb",
            f"--pgdata={_UNFINISHED}",
            f"--username={SUPERUSER}",
            "--auth-local=trust",  # the socket's directory admits its owner alone
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(() if durable else ("--no-sync",)),
            home=self.home,
        )
        if made.returncode:
            raise EmbeddedServerError(
                f"PostgreSQL could not create its files in {self.home}: {made.stderr.strip()}",
                not_done="No server was started",
                remedy="See to the disk's space and the directory's rights, and try again",
            )
        (self.home / _UNFINISHED).rename(self._data)

    def _refuse_other_version(self) -> None:
        version = self._data / "PG_VERSION"
        theirs = version.read_text().strip() if version.exists() else "of no known release"
        ours = run("postgres", "--version", home=self.home).stdout.split()[-1].partition(".")[0]
        if theirs != ours:
            raise EmbeddedServerError(
                f"the data in {self.home} were written by PostgreSQL {theirs}, and this is PostgreSQL {ours}",
                not_done="No server was started, and the data were left as they are",
                remedy="Dump them with the release that wrote them and restore them here, or choose another directory",
            )

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return "it left no log"
        return " / ".join(lines[-_LOG_LINES_SHOWN:])
