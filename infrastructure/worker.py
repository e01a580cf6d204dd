# SPDX-License-Identifier: Apache-2.0
"""What runs beside the HTTP server: projectors, reactions and scheduled work of every jurisdiction."""

from __future__ import annotations

from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING

from infrastructure.event_store.hints import HintListener
from infrastructure.scheduling.schedule import Schedule

if TYPE_CHECKING:
    from infrastructure.bootstrap import Jurisdiction, Platform


class Worker:
    """Several may run; per jurisdiction one leads, and another takes over when it ends."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._stopped = Signal()
        self._threads: list[Thread] = []
        self._listeners: list[HintListener] = []
        self._schedule = Schedule(platform)

    def start(self) -> None:
        """Start following the log; returns at once."""
        for jurisdiction in self._platform.jurisdictions.values():
            wake = Signal()
            self._listeners.append(HintListener(jurisdiction.database, wake))
            thread = Thread(target=self._follow, args=(jurisdiction, wake), name=f"projector-{jurisdiction.name}")
            thread.start()
            self._threads.append(thread)
        self._schedule.start()

    def stop(self) -> None:
        """Stop everything and wait for it."""
        self._schedule.stop()
        self._stopped.set()
        for listener in self._listeners:
            listener.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def run_until(self, stop: Signal) -> None:
        """Run until told to stop."""
        self.start()
        try:
            while not stop.wait(timeout=1):
                pass
        finally:
            self.stop()

    def _follow(self, jurisdiction: Jurisdiction, wake: Signal) -> None:
        jurisdiction.projector().run(self._stopped, wake)
