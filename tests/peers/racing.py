# SPDX-License-Identifier: Apache-2.0
"""Processes that want the same thing at the same moment: each opens the platform for itself, as servers do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from application.bus import Request
from application.errors import ApplicationError
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import open_platform
from infrastructure.identity.sources import SetClock
from tests.fixtures import NOON
from tests.log.writers import PROCESSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

    from application.bus import Bus
    from application.command import Command
    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Platform
    from infrastructure.settings import Settings

LIMIT_SECONDS = 60
DONE = "done"


@dataclass(frozen=True)
class Errand:
    """One command of one person."""

    command: Command
    actor: Actor


def race(platform: Platform, runners: Sequence[Sequence[Errand]]) -> list[tuple[str, ...]]:
    """Let each runner, a process of its own, do its errands; the nth errands of all start at the same moment.

    The answer has one row for each errand: what became of it for each runner, `done` or the code of the refusal.
    """
    start = PROCESSES.Barrier(len(runners))
    told: Queue[tuple[int, list[str]]] = PROCESSES.Queue()
    started = [
        PROCESSES.Process(target=_run, args=(platform.settings, place, errands, start, told), daemon=True)
        for place, errands in enumerate(runners)
    ]
    for process in started:
        process.start()
    outcomes = dict(told.get(timeout=LIMIT_SECONDS) for _ in started)
    for process in started:
        process.join(LIMIT_SECONDS)
    return list(zip(*(outcomes[place] for place in range(len(started))), strict=True))


def _run(
    settings: Settings, place: int, errands: Sequence[Errand], start: Barrier, told: Queue[tuple[int, list[str]]]
) -> None:
    outcomes: list[str] = []
    assert settings.database_url is not None
    with open_platform(settings, settings.database_url, clock=SetClock(NOON)) as platform:
        bus = platform.jurisdictions["jiangsu"].bus
        for errand in errands:
            start.wait(LIMIT_SECONDS)
            outcomes.append(_outcome(bus, errand))
    told.put((place, outcomes))


def _outcome(bus: Bus, errand: Errand) -> str:
    key = uuid4()
    try:
        bus.execute(Request(errand.command, errand.actor, key, key))
    except DomainError as refused:
        return ",".join(refused.codes)
    except ApplicationError as refused:
        return refused.code
    return DONE
