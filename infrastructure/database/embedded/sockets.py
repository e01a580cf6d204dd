# SPDX-License-Identifier: Apache-2.0
"""The directory of the server's socket: short, because sockets have short names, and closed to everybody else.

Every start makes a new one, under a name that nobody could have taken before. Who wants to join the server learns the
name from the server's own files.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

PORT = 5432  # names the socket; the server listens on no network
_SOCKET_NAME = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH_BYTES = 107
_PREFIX = "tongchou-"


def make_socket_directory() -> Path:
    """Make an empty directory that its owner alone can enter."""
    chosen = Path(tempfile.gettempdir()).resolve()
    longest = chosen / f"{_PREFIX}12345678" / _SOCKET_NAME
    fits = len(os.fsencode(longest)) <= _LONGEST_SOCKET_PATH_BYTES and "," not in str(chosen)  # which parts hosts
    return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=chosen if fits else "/tmp"))  # noqa: S108 - the name is new


def remove_socket_directory(directory: Path) -> None:
    """Remove what a stopped or killed server leaves behind; a directory that holds anything else stays."""
    with suppress(OSError):
        for name in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
            (directory / name).unlink(missing_ok=True)
        directory.rmdir()
