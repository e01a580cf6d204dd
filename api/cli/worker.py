# SPDX-License-Identifier: Apache-2.0
"""`tongchou worker`: the projector, the reactions and the schedule."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

import signal
import threading

from api.cli.console import note
from api.cli.opened import opened
from api.cli.options import DataDir, JurisdictionName


def worker(data_dir: DataDir = None, jurisdiction: JurisdictionName = None) -> None:
    """Feed the read models, react to events and keep the schedule, until told to stop. Several may run; one leads."""
    from infrastructure.long_run import settle
    from infrastructure.worker import Worker

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with opened(data_dir, jurisdiction) as platform:
        note(f"Working for {', '.join(platform.jurisdictions)} - stop with Ctrl-C.")
        settle()
        Worker(platform).run_until(stop)
