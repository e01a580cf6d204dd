# SPDX-License-Identifier: Apache-2.0
"""HTTP: the application for one process or for several, on a socket opened before anything else is done."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import uvicorn

from api.cli.failures import CommandFailed
from infrastructure.long_run import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from infrastructure.bootstrap import Platform

JURISDICTION = "TONGCHOU_JURISDICTION"
"""The environment variable that tells a server's processes which jurisdiction alone to serve."""
BACKLOG = 2048
FACTORY = "api.cli.serving:app_from_environment"


def listening(host: str, port: int) -> socket.socket:
    """An open socket. Raises `CommandFailed` where the port is taken, before any work was done in vain."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        reason = error.strerror or str(error)
        raise CommandFailed(
            f"Cannot listen on {host}:{port} ({reason}); nothing was started. Give another with --port."
        ) from error
    return opened


def app_from_environment() -> FastAPI:
    """The application of one of several server processes; each has connections of its own until it ends."""
    from api.http.app import create_app
    from infrastructure.bootstrap import database_dsn, open_platform
    from infrastructure.settings import Settings

    settings = Settings()
    stack = ExitStack()
    atexit.register(stack.close)
    dsn = stack.enter_context(database_dsn(settings))
    app = create_app(stack.enter_context(open_platform(settings, dsn, only=os.environ.get(JURISDICTION) or None)))
    settle()
    return app


SPEED: dict[str, Any] = {"loop": "uvloop", "http": "httptools", "access_log": False, "server_header": False}
"""By name: without them the server would be ten times slower and would not say so."""
QUIET: dict[str, Any] = {"log_config": None, "log_level": "warning"}


def serve_one(platform: Platform, opened: socket.socket) -> None:
    """Answer requests in this process until it is told to stop."""
    from api.http.app import create_app

    app = create_app(platform)
    settle()
    with stopped_by_signals():
        uvicorn.Server(uvicorn.Config(app, **SPEED, **QUIET)).run(sockets=[opened])


def serve_many(host: str, port: int, workers: int) -> None:
    """Answer requests in several processes, which read their settings from the environment."""
    with stopped_by_signals():
        uvicorn.run(FACTORY, factory=True, host=host, port=port, workers=workers, **SPEED, **QUIET)


def serve_with_worker(platform: Platform, opened: socket.socket) -> None:
    """Answer requests, project, react and keep the schedule, all in this process."""
    from infrastructure.worker import Worker

    worker = Worker(platform)
    worker.start()
    try:
        serve_one(platform, opened)
    finally:
        worker.stop()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Leave in good order, so that everything opened is closed again, on Ctrl-C as on a service manager's TERM."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)
