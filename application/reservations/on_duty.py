# SPDX-License-Identifier: Apache-2.0
"""Who was on duty when a reservation began, from the log alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.reservations.events import UsageStarted
from domain.resources.duty import on_duty, roster_on
from domain.resources.duty_events import DutyRosterPublished
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Recorded


@dataclass(frozen=True)
class OnDuty:
    """Who was on duty at the start, by the version of the roster in force then; nobody where it named nobody."""

    version: int
    published_at: datetime
    position: int
    start: datetime
    persons: tuple[UUID, ...]


def on_duty_at_start(history: Sequence[Recorded], instrument: Sequence[Recorded], start: datetime) -> OnDuty | None:
    """By what was published before the start, and before the use began; None where there was no roster.

    `history` is the reservation's, `instrument` that of what it reserves. Whatever is published later changes nothing.
    """
    published = {each.event.roster_version: each for each in instrument if isinstance(each.event, DutyRosterPublished)}
    if not published:
        return None
    begun = next((each.position for each in history if isinstance(each.event, UsageStarted)), None)
    before = (
        each.event for each in instrument if each.meta.occurred_at < start and (begun is None or each.position < begun)
    )
    resource = RESOURCE.fold(before)
    roster = roster_on(resource.duty_rosters, local_date(start)) if resource else None
    if roster is None:
        return None
    recorded = published[roster.roster_version]
    people = on_duty(roster, start)
    return OnDuty(roster.roster_version, recorded.meta.occurred_at, recorded.position, start, people)
