# SPDX-License-Identifier: Apache-2.0
"""A rebuild shared by two processes: one for the read models that follow every event, one for the others.

Each reads the whole log and writes tables of its own, so that they never wait for each other.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from infrastructure.database.pool import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from projections.readmodel import ReadModel

    Progress = Callable[[int, int], None]

Done = TypeVar("Done")

LONG = 50_000
"""Positions from which on a second process is worth its start."""
LOOK_SECONDS = 0.2


def in_shares(
    database: Database,
    models: Sequence[ReadModel],
    length: int,
    work: Callable[[Database, Sequence[str], Progress], list[Done]],
    progress: Progress | None = None,
) -> list[Done]:
    """What `work` gives for all models, done here, or for a long log in a process for each share.

    `progress` is told how far they have come on the average. Raises what `work` raises.
    """
    shares = [share for share in (_names(models, every=True), _names(models, every=False)) if share]
    told = progress or (lambda *_: None)
    if length < LONG or len(shares) == 1:
        return work(database, [model.name for model in models], told) if models else []
    context = get_context("spawn")
    reached: Any = context.Array("q", len(shares))
    with ProcessPoolExecutor(len(shares), context, _report_to, (reached,)) as processes:
        begun = [
            processes.submit(_in_process, work, database.dsn, database.schema, share, place)
            for place, share in enumerate(shares)
        ]
        while wait(begun, timeout=LOOK_SECONDS).not_done:
            told(sum(reached) // len(shares), length)
        return [done for share in begun for done in share.result()]


def _names(models: Sequence[ReadModel], *, every: bool) -> list[str]:
    return [model.name for model in models if (model.types is None) is every]


_reached: Any = None


def _report_to(reached: Any) -> None:  # noqa: ANN401 - shared memory of the standard library
    global _reached  # noqa: PLW0603 - this process's own
    _reached = reached


def _in_process(
    work: Callable[[Database, Sequence[str], Progress], list[Done]], dsn: str, schema: str, names: list[str], place: int
) -> list[Done]:
    def tell(done: int, _whole: int) -> None:
        _reached[place] = done

    database = Database(dsn, schema, size=1)
    try:
        return work(database, names, tell)
    finally:
        database.close()
