# SPDX-License-Identifier: Apache-2.0
"""Server processes on free ports of 127.0.0.1, waited for until they answer, stopped in the end."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import infrastructure
from infrastructure.benchmarks import bare_app
from infrastructure.benchmarks.result import BenchFailed
from infrastructure.benchmarks.schemas import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.settings import Settings

OUR_APP = "api.cli.serving:app_from_environment"
BARE_APP = f"{bare_app.__name__}:create_app"
WORKER = f"from api.cli.main import main; main(['worker', '--jurisdiction', '{OURS}'])"
READY_SECONDS, STOP_SECONDS = 60, 20
OK = 200


def environment(settings: Settings, dsn: str) -> dict[str, str]:
    """What our servers and the bare one read: the same database, pool size and code."""
    return os.environ | {
        "PYTHONPATH": str(Path(infrastructure.__file__).parents[1]),
        "TONGCHOU_DATABASE_URL": dsn,
        "TONGCHOU_DATA_DIR": str(settings.data_dir.absolute()),
        "TONGCHOU_POOL_SIZE": str(settings.pool_size),
        "TONGCHOU_JURISDICTION": OURS,
        bare_app.DSN: dsn,
        bare_app.POOL_SIZE: str(settings.pool_size),
    }


@contextmanager
def serving(app: str, workers: int, variables: dict[str, str]) -> Iterator[int]:
    """A uvicorn server of `app`; yields its port once it is ready. Raises `BenchFailed`."""
    port = free_port()
    options = ["--factory", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    options += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    with running([sys.executable, "-m", "uvicorn", app, *options], variables) as process:
        _wait_until_ready(port, process)
        yield port


@contextmanager
def running(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block."""
    process = subprocess.Popen(command, env=variables, stdout=sys.stderr)  # noqa: S603 - commands made here
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    message = "A server of the benchmark did not become ready; nothing was measured. Its own messages stand above."
    raise BenchFailed(message)
