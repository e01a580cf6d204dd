# SPDX-License-Identifier: Apache-2.0
"""When a person is on duty, as entries of their own calendar: 30 days back and 92 ahead, by the rosters as they are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from domain.kernel.time import local_date, midnight
from domain.resources.duty import duties
from infrastructure.calendars.ical import Entry
from infrastructure.readable import Text
from projections import duty_rosters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.calendars.feed import Feed
    from projections.paging import Cursor
    from projections.readmodel import Row

ON_DUTY = Text(zh="值班", en="on duty")
SHOWN_PAST, SHOWN_AHEAD = timedelta(days=30), timedelta(days=92)
MOST_DUTIES = 2_000


def duties_of(cursor: Cursor, feed: Feed, now: datetime, jurisdiction: str) -> list[Entry]:
    """The duties of the feed's owner, by start. A duty that a later roster takes away leaves the calendar."""
    found = [
        entry for row in duty_rosters.naming(cursor, feed.user) for entry in _entries(row, feed, now, jurisdiction)
    ]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.uid))[:MOST_DUTIES]


def _entries(row: Row, feed: Feed, now: datetime, jurisdiction: str) -> Iterator[Entry]:
    """By whole days, so that the text changes at midnight and not with every look."""
    today, rosters = local_date(now), duty_rosters.rosters_of(row["rosters"])
    name = (row["name_en"] or row["name_zh"]) if feed.language == "en" else row["name_zh"]
    for duty in duties(rosters, midnight(today - SHOWN_PAST), midnight(today + SHOWN_AHEAD)):
        if feed.user in duty.persons:
            yield Entry(
                uid=f"{uuid5(row['resource'], duty.span.start.isoformat())}@{jurisdiction}.tongchou",
                summary=f"{name} · {ON_DUTY.read(feed.language)}",
                status="CONFIRMED",
                starts_at=duty.span.start,
                ends_at=duty.span.end,
                sequence=len(rosters) - 1,
                created_at=row["changed_at"],
                changed_at=row["changed_at"],
                mine=True,
            )
