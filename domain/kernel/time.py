# SPDX-License-Identifier: Apache-2.0
"""Instants in UTC and half-open spans. Local dates are those of Asia/Shanghai (`policy.timezone`)."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, model_validator

# China has used one offset without daylight saving since 1991; all business dates here are later.
FIRST_YEAR, LAST_YEAR = 1900, 2200
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_NUMBER = re.compile(r"\s*[-+]?[\d._]+([eE][-+]?\d+)?\s*")
"""Seconds since 1970 in whatever form: who wrote them may have meant a wall clock."""


def _only_text(value: Any) -> Any:  # noqa: ANN401 - a validator sees whatever was sent
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        message = "a time is written as ISO 8601 with an offset, not as a number"
        raise ValueError(message)
    return value


def _within(value: datetime) -> datetime:
    if not FIRST_YEAR < value.year < LAST_YEAR:
        message = f"a time lies between the years {FIRST_YEAR} and {LAST_YEAR}"
        raise ValueError(message)
    return value


def _in_utc(value: datetime) -> datetime:
    return _within(value).astimezone(UTC)


Instant = Annotated[AwareDatetime, BeforeValidator(_only_text), AfterValidator(_in_utc)]
WallTime = Annotated[datetime, BeforeValidator(_only_text), AfterValidator(_within)]
"""What a clock shows in a zone that is told elsewhere; with an offset only where the clock alone does not tell."""


class Span(BaseModel):
    """A half-open span of time `[start, end)` in UTC. Neighbouring spans touch without overlapping."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end <= self.start:
            message = "end must be after start"
            raise ValueError(message)
        return self

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.end - self.start) / timedelta(minutes=1))

    def overlaps(self, other: Self) -> bool:
        """Whether the two spans share an instant."""
        return self.start < other.end and other.start < self.end

    def clipped(self, start: datetime, end: datetime) -> Self | None:
        """The part of the span inside `[start, end)`, if any."""
        low, high = max(self.start, start), min(self.end, end)
        return type(self)(start=low, end=high) if low < high else None

    def widened(self, *, before_minutes: int, after_minutes: int) -> Self:
        """The span with set-up time before and clean-down time after it."""
        return type(self)(
            start=self.start - timedelta(minutes=before_minutes), end=self.end + timedelta(minutes=after_minutes)
        )


def local(instant: datetime) -> datetime:
    """The instant on a Shanghai wall clock, with its explicit offset."""
    return instant.astimezone(SHANGHAI)


def local_date(instant: datetime) -> date:
    """The business date of an instant."""
    return local(instant).date()


def midnight(day: date) -> datetime:
    """The instant at which a Shanghai business date begins."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def month_span(year: int, month: int) -> Span:
    """The whole calendar month in Shanghai."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(start=midnight(date(year, month, 1)), end=midnight(following))
