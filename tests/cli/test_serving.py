# SPDX-License-Identifier: Apache-2.0
"""Processes that run until told to stop, and the benchmarks: started as a person starts them."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import HOMES, Tongchou

PROGRAM = [sys.executable, "-c", "from api.cli.main import main; main()"]


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer(process: subprocess.Popen[str], port: int, path: str) -> tuple[int, bytes]:
    until = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        except OSError:
            if time.monotonic() > until or process.poll() is not None:
                process.kill()
                pytest.fail(process.communicate()[1])
            time.sleep(0.1)
        finally:
            connection.close()


def test_a_port_that_is_taken_is_said_before_anything_is_done(tongchou: Tongchou, home: str) -> None:
    assert home
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        for command in ("serve", "demo"):
            ran = tongchou(command, "--port", port)
            assert ran.code == 1
            assert "nothing was started" in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_answers_and_stops_in_good_order(home: str, workers: str) -> None:
    port = free_port()
    with started("serve", "--port", str(port), "--workers", workers, "--jurisdiction", home) as process:
        status, body = answer(process, port, "/readyz")
        assert status == 200, body
        assert json.loads(body)["jurisdictions"] == [home]
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Traceback" not in err


@pytest.mark.slow
def test_worker_stops_in_good_order(home: str) -> None:
    assert home in HOMES
    with started("worker") as process:
        assert process.stderr is not None
        assert "Working for" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "against"),
    [("append", {"stock recorder", "bare insert"}), ("reserve", {"bare endpoint", "bare insert"})],
)
def test_a_benchmark_prints_its_document_and_leaves_nothing(tmp_path: Path, command: str, against: set[str]) -> None:
    threads = ("--writers", "2") if command == "append" else ("--clients", "2")
    environment = {name: value for name, value in os.environ.items() if name != "TONGCHOU_DATABASE_URL"}
    done = subprocess.run(
        [*PROGRAM, "bench", command, "--data-dir", str(tmp_path), "--seconds", "1", *threads, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) == {"name", "per_second", "p50_ms", "p99_ms", "against", "settings"}
    assert document["name"] == command
    assert set(document["against"]) == against
    assert document["per_second"] > 0
    assert [name for name, count in document["settings"].items() if name.endswith("errors") and count] == []
    assert [name for name, count in document["settings"].items() if name.endswith("conflicts") and count] == []
