# SPDX-License-Identifier: Apache-2.0
"""Sharing one server among processes: the first starts it, the last stops it, and a killed one leaves nothing locked.

Two lock files carry the whole protocol. `users.lock` is shared by every process that uses the server; whoever can take
it alone is the last. `server.lock` is inherited by the server's own processes, so that it is free exactly when none of
them lives: a process number may have passed to a stranger, an open file has not.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from time import monotonic, sleep

import psycopg

from infrastructure.database.embedded.cluster import Cluster
from infrastructure.database.embedded.errors import EmbeddedServerError
from infrastructure.database.embedded.locks import PAUSE_SECONDS, open_lock, try_own, try_share, wait_for
from infrastructure.database.embedded.server import EmbeddedServer
from infrastructure.database.embedded.sockets import remove_socket_directory

_STOP_LIMIT_SECONDS = 120
_USERS_LOCK = "users.lock"
_SERVER_LOCK = "server.lock"


@contextmanager
def embedded_server(
    data_dir: Path, *, durable: bool = True, start_limit_seconds: int = 300
) -> Iterator[EmbeddedServer]:
    """Run the server whose data are in `data_dir`, or join it where it runs already, until the block ends.

    With `durable=False` it waits for no disk, which only data that may be lost allow. Recovery after a crash counts
    towards `start_limit_seconds`. Raises `EmbeddedServerError`.
    """
    home = _claim(data_dir)
    cluster = Cluster(home)
    deadline = monotonic() + start_limit_seconds
    with open_lock(home / _USERS_LOCK) as users:
        if not wait_for(lambda: try_share(users), deadline):
            raise EmbeddedServerError(
                f"another process has been stopping the server in {home} for more than {start_limit_seconds} s",
                not_done="The server was not started again",
                remedy="End that process, and try again",
            )
        try:
            yield _running_server(cluster, durable=durable, deadline=deadline)
        finally:
            if try_own(users):
                _stop(cluster)


def _claim(data_dir: Path) -> Path:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise EmbeddedServerError(
            f"the directory {data_dir} cannot be made ({problem.strerror})",
            not_done="No server was started",
            remedy="Choose a directory that you may write to",
        ) from problem
    home = data_dir.resolve()
    # The lock file is the first that a user makes: whatever is seen before it is looked for is not ours without it.
    occupied = any(home.iterdir()) and not (home / _USERS_LOCK).exists()
    if occupied or home.stat().st_uid != os.geteuid():
        raise EmbeddedServerError(
            f"{home} belongs to another user, or holds something that this program did not put there",
            not_done="No server was started, and nothing was changed",
            remedy="Choose a directory that is empty or does not exist yet",
        )
    return home


def _running_server(cluster: Cluster, *, durable: bool, deadline: float) -> EmbeddedServer:
    # The server may be starting, recovering, stopping or dying in another process's hands: whatever it is, it ends
    # either with an answer on the socket or with a free lock, which makes this process the one that starts it.
    while True:
        _start_where_none_runs(cluster, durable=durable, deadline=deadline)
        server = _reach(cluster)
        if server is not None:
            break
        if monotonic() > deadline:
            raise EmbeddedServerError(
                f"the server in {cluster.home} runs, but did not answer in time",
                not_done="Nothing was connected",
                remedy=f"Read {cluster.log}; if it tells of recovery, allow more time to start",
            )
        sleep(PAUSE_SECONDS)
    if durable and not server.is_durable():
        raise EmbeddedServerError(
            f"the server in {cluster.home} was started by a process that lets it forget what it has committed",
            not_done="Nothing was connected",
            remedy="End that process, or choose another directory",
        )
    return server


def _start_where_none_runs(cluster: Cluster, *, durable: bool, deadline: float) -> None:
    with open_lock(cluster.home / _SERVER_LOCK) as server_lock:
        if try_own(server_lock):
            limit_seconds = max(1, ceil(deadline - monotonic()))
            cluster.start(durable=durable, limit_seconds=limit_seconds, server_lock=server_lock)


def _reach(cluster: Cluster) -> EmbeddedServer | None:
    socket_directory = cluster.socket_directory()
    if socket_directory is None:
        return None
    server = EmbeddedServer(socket_directory)
    try:
        server.dsn()
    except psycopg.OperationalError:
        return None
    return server


def _stop(cluster: Cluster) -> None:
    socket_directory = cluster.socket_directory()
    with open_lock(cluster.home / _SERVER_LOCK) as server_lock:
        if not try_own(server_lock):
            cluster.stop(_STOP_LIMIT_SECONDS)
            if not wait_for(lambda: try_own(server_lock), monotonic() + _STOP_LIMIT_SECONDS):
                raise EmbeddedServerError(
                    f"the server in {cluster.home} did not stop within {_STOP_LIMIT_SECONDS} s",
                    not_done="It still runs, and its data are safe",
                    remedy=f"Read {cluster.log}, and start this program again with the same directory",
                )
    if socket_directory is not None:
        remove_socket_directory(socket_directory)
