# SPDX-License-Identifier: Apache-2.0
"""Waiting lists: whoever is next gets time that is free, whatever freed it; places whose range is over lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from application.reservations.lapse_waiting import LapseWaiting
from application.reservations.serve_waiting import FreeTime, ServeWaiting
from domain.kernel.time import Span
from infrastructure.scheduling.due.line import DueWork
from projections.waiting import to_lapse, to_serve
from projections.waiting_slots import times_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction


def servable(jurisdiction: Jurisdiction, now: datetime) -> Iterator[DueWork]:
    """Places for which time is free, in the order of joining.

    What is due is told from the calendar as it stands, not from what freed the time: nothing is missed by a worker
    that stood still. The times tried and how often it was passed over name the work, so that it is done once.
    """
    with jurisdiction.database.reading() as cursor:
        for entry in to_serve(cursor, now):
            times = tuple(
                FreeTime(resource=free.resource, span=Span(start=free.start, end=free.end))
                for free in times_for(cursor, entry, now)
            )
            if times:
                tried = ",".join(f"{time.resource}@{time.span.start.isoformat()}" for time in times)
                key = uuid5(entry["id"], f"{entry['passes']}/{tried}")
                yield DueWork(key, ServeWaiting(waiting_id=entry["id"], times=times))


def over(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Places whose range of days is over."""
    with jurisdiction.database.reading() as cursor:
        return [DueWork(waiting, LapseWaiting(waiting_id=waiting)) for waiting in to_lapse(cursor, now)]
