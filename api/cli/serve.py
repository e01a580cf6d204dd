# SPDX-License-Identifier: Apache-2.0
"""`tongchou serve`: answers HTTP. Projecting, reacting and the schedule are the worker's."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

import os
from typing import Annotated

import typer

from api.cli.console import note
from api.cli.opened import opened, settings_of
from api.cli.options import DataDir, JurisdictionName, Port


def serve(
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that answer")] = 1,
) -> None:
    """Answer HTTP. Run `tongchou worker` beside it, or figures stand still."""
    from api.cli.serving import JURISDICTION, listening, serve_many, serve_one

    socket = listening(host, port)
    with opened(data_dir, jurisdiction) as platform:
        note(f"Serving {', '.join(platform.jurisdictions)} on http://{host}:{port}/ - stop with Ctrl-C.")
        if workers == 1:
            serve_one(platform, socket)
            return
        # The processes share this one's database server and find everything else as it did.
        os.environ["TONGCHOU_DATA_DIR"] = str(settings_of(data_dir).data_dir.absolute())
        os.environ["TONGCHOU_DATABASE_URL"] = platform.dsn
        os.environ[JURISDICTION] = jurisdiction or ""
        socket.close()  # each process listens on its own; this one only proved that the port is free
        serve_many(host, port, workers)
