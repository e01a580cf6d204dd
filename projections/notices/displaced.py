# SPDX-License-Identifier: Apache-2.0
"""Whose series a closure hits: one notice of the whole beside those of its single times."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.kernel.time import local_date
from domain.notices.addressee import Addressee, notice_id
from projections.notices.facts import subject_of
from projections.notices.making import USEFUL, notice_row
from projections.notices.tables import NOTICES, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.event import Recorded
    from domain.parties.closure_events import UnitClosureAnnounced
    from domain.reservations.series.events import SeriesRequested
    from domain.resources.closure_events import ClosureAnnounced
    from projections.readmodel import Row, Rows

KIND = "series_displaced"


def belong(event: SeriesRequested, recorded: Recorded, rows: Rows) -> None:
    """Each time of a series knows it; whose it is the series has told already (`facts.remember`)."""
    for each in event.booked:
        subject = subject_of(rows, each.reservation)
        rows.put(SUBJECTS, {**subject, "facts": {**subject["facts"], "series": str(recorded.stream)}})


def displace(event: ClosureAnnounced | UnitClosureAnnounced, recorded: Recorded, rows: Rows) -> None:
    """Tell whoever has a series in that time what becomes of it. Nobody is told of what they did themselves."""
    cancelled, kept = _by_series(event.cancelled, rows), _by_series(event.kept, rows)
    for series in dict.fromkeys([*cancelled, *kept]):
        subject, actor = subject_of(rows, series), recorded.meta.actor
        told = {**_told("cancelled", cancelled[series]), **_told("kept", kept[series]), "reason": event.reason}
        people = dict.fromkeys(UUID(each) for each in subject["people"].values())
        for person in people:
            if person != actor.user:
                rows.put(NOTICES, _notice(rows, subject, Addressee(kind="person", id=person), told, recorded))


def _by_series(reservations: Iterable[UUID], rows: Rows) -> dict[UUID, list[str]]:
    """When the times begin, by the series they belong to; a reservation made by itself belongs to none."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for reservation in reservations:
        facts = subject_of(rows, reservation)["facts"]
        if "series" in facts:
            found[UUID(facts["series"])].append(facts["starts_at"])
    return found


def _told(name: str, starts: list[str]) -> Row:
    days = [local_date(datetime.fromisoformat(start)).isoformat() for start in sorted(starts)]
    return {name: len(days), f"{name}_days": days}


def _notice(rows: Rows, subject: Row, addressee: Addressee, told: Row, recorded: Recorded) -> Row:
    now = recorded.meta.occurred_at
    return notice_row(
        rows,
        id_=notice_id(uuid5(recorded.id, str(subject["id"])), KIND, addressee),
        kind=KIND,
        addressee=addressee,
        subject=subject,
        subject_kind="reservations.Series",
        facts=told,
        due_at=now,
        useful_until=now + USEFUL,
    )
