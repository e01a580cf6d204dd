# SPDX-License-Identifier: Apache-2.0
"""The directory of the server's socket: short, because sockets have short names, and closed to everybody else."""

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from infrastructure.database.embedded.errors import EmbeddedServerError

PORT = 5432  # names the socket file; the server listens on no network
_SOCKET_NAME = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH_BYTES = 107
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def prepare_socket_directory(home: Path) -> Path:
    """Make the directory that belongs to the server of `home`, empty it of a dead server's sockets, and return it."""
    owner = os.geteuid()
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    directory = _temporary_directory() / f"tongchou-{owner}-{digest}"
    with suppress(FileExistsError):
        directory.mkdir(mode=stat.S_IRWXU)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & _OPEN_TO_OTHERS:
        raise EmbeddedServerError(
            f"{directory}, where the server's socket belongs, is somebody else's or open to others",
            not_done="No server was started, because others could then have entered it",
            remedy="Remove it, or set TMPDIR to a directory of your own",
        )
    _clear(directory)
    return directory


def remove_socket_directory(directory: Path) -> None:
    """Remove what a stopped server leaves behind; a directory that holds anything else stays."""
    _clear(directory)
    with suppress(OSError):
        directory.rmdir()


def _clear(directory: Path) -> None:
    for name in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
        (directory / name).unlink(missing_ok=True)


def _temporary_directory() -> Path:
    chosen = Path(tempfile.gettempdir()).resolve()
    longest = chosen / "tongchou-4294967295-0123456789ab" / _SOCKET_NAME
    return chosen if len(os.fsencode(longest)) <= _LONGEST_SOCKET_PATH_BYTES else Path("/tmp")  # noqa: S108 - the directory made in it is checked
