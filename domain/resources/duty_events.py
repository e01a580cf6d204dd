# SPDX-License-Identifier: Apache-2.0
"""Who is on duty at an instrument, as its unit publishes it: the roster's values and the event that holds them.

Days, weekdays and minutes are those of Asia/Shanghai. People are ids of users; their names stay sealed in their own
streams.
"""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.resources.values import MINUTES_OF_A_DAY, Value

MinuteOfDay = Annotated[int, Field(ge=0, le=MINUTES_OF_A_DAY)]
People = tuple[UUID, ...]


class DutyEntry(Value):
    """People on duty together on weekdays (ISO, 1-7), from a minute after midnight to another, half-open.

    A night over midnight is two entries.
    """

    persons: Annotated[People, Field(min_length=1, max_length=20)]
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1, max_length=7)]
    start_minute: MinuteOfDay
    end_minute: MinuteOfDay


class DutyException(Value):
    """Other people on one day, or nobody. Without minutes they take the hours of that weekday, else the minutes named.

    Minutes are named both or neither.
    """

    day: date
    persons: Annotated[People, Field(max_length=20)] = ()
    start_minute: MinuteOfDay | None = None
    end_minute: MinuteOfDay | None = None


class DutyRosterPublished(Event):
    """A version of the duty roster, whole, from a day on; without entries nobody is on duty any more.

    Of several versions in force on a day the latest counts.
    """

    TYPE: ClassVar[str] = "resources.DutyRosterPublished"

    roster_version: int
    effective_from: date
    entries: tuple[DutyEntry, ...]
    exceptions: tuple[DutyException, ...] = ()
