# SPDX-License-Identifier: Apache-2.0
"""The server's settings, written anew at every start; an administrator's ALTER SYSTEM goes before them."""

from pathlib import Path

from infrastructure.database.embedded.sockets import PORT

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",  # it costs short queries more than it gives
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error reaches the client that caused it. Here it would only gather personal data and fill the disk.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}
# For tests: a power failure may take everything, and in return nothing waits for the disk.
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def configuration(socket_directory: Path, *, durable: bool) -> str:
    """Return the text of postgresql.conf."""
    settings = {**_SETTINGS, "unix_socket_directories": f'"{socket_directory}"', **({} if durable else _FORGETFUL)}
    return "".join(f"{name} = '{_escaped(value)}'\n" for name, value in settings.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
