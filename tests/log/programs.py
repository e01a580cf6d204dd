# SPDX-License-Identifier: Apache-2.0
"""The product's own processes, started as a person starts them, each known to the database by a name."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from api.cli.main import main; main()")


@contextmanager
def program(name: str, dsn: str, data_dir: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs until the block ends; `name` stands in pg_stat_activity as the application's."""
    told = {"TONGCHOU_DATABASE_URL": dsn, "TONGCHOU_DATA_DIR": str(data_dir), "PGAPPNAME": name}
    with (data_dir / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([*PROGRAM, *arguments], env=os.environ | told, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
