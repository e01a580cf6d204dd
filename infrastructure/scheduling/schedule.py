# SPDX-License-Identifier: Apache-2.0
"""The timer. It fires at start and every half minute of real time; missing a tick loses nothing.

What is due at a tick is a question of the platform's clock, and of it alone.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler

from application.errors import Unavailable
from domain.kernel.time import SHANGHAI
from infrastructure.scheduling.due import do_due_work
from infrastructure.scheduling.notice_rounds import Rounds

if TYPE_CHECKING:
    from infrastructure.bootstrap import Jurisdiction, Platform

TICK_SECONDS = 30
logger = logging.getLogger("tongchou.schedule")


class Schedule:
    """Wakes up for the due work of every jurisdiction."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._timer = BackgroundScheduler(
            timezone=SHANGHAI, job_defaults={"coalesce": True, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Start the timer; the first tick comes at once."""
        for jurisdiction in self._platform.jurisdictions.values():
            self._timer.add_job(
                self._tick,
                "interval",
                args=[jurisdiction],
                seconds=TICK_SECONDS,
                next_run_time=datetime.now(SHANGHAI),
                max_instances=1,
            )
            self._timer.add_job(
                self._send_notices,
                "interval",
                args=[Rounds(jurisdiction, self._platform.settings.gateways(), self._platform.clock)],
                seconds=TICK_SECONDS,
                next_run_time=datetime.now(SHANGHAI),
                max_instances=1,
            )
        self._timer.start()

    def stop(self) -> None:
        """Stop after the running tick."""
        if self._timer.running:
            self._timer.shutdown(wait=True)

    def _send_notices(self, rounds: Rounds) -> None:
        """Beside the other due work: a mail server that does not answer holds nothing else up."""
        try:
            rounds.go()
        except (Unavailable, psycopg.Error):
            logger.warning("notices wait for the next tick", exc_info=True)

    def _tick(self, jurisdiction: Jurisdiction) -> None:
        try:
            do_due_work(jurisdiction, self._platform.clock())
        except (Unavailable, psycopg.Error):
            logger.warning("due work of %s waits for the next tick", jurisdiction.name, exc_info=True)
