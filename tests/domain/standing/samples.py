# SPDX-License-Identifier: Apache-2.0
"""A user with a unit, as the tests of this room know them, on 2 March 2026."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.house_rules import ConductRule, Points
from domain.kernel.time import SHANGHAI
from domain.standing.events import StandingOpened, UseNoted, Versions

UNIT, USER, RESOURCE, OTHER = (UUID(int=number) for number in (1, 2, 3, 4))
FIRST, SECOND, THIRD, GROUP = (UUID(int=number) for number in (11, 12, 13, 14))
TODAY = date(2026, 3, 2)
OPENED = StandingOpened(unit=UNIT, user=USER)
BOUND = Versions(resource_rules=1)
RULE = ConductRule(
    points=(Points(outcome="late", points=5), Points(outcome="no_show", points=30)), notify_below=80, ban_below=60
)


def at(hour: int, minute: int = 0, second: int = 0, *, month: int = 3, day: int = 2, year: int = 2026) -> datetime:
    """An instant on a Shanghai clock, in UTC."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


NOW = at(12)


def use(reservation: UUID = FIRST, **changes: Any) -> UseNoted:  # noqa: ANN401 - any field of the event
    noted = {"reservation": reservation, "resource": RESOURCE, "ended_at": at(11), "minutes": 120}
    return UseNoted.model_validate(noted | changes)
