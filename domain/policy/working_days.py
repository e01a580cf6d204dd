# SPDX-License-Identifier: Apache-2.0
"""Working days from a versioned calendar (ruling 8.21). The version is stored with each deadline it decided."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Deadline(BaseModel):
    """A day reached by counting, with what it was counted from.

    `provisional` where the count touched a year whose holidays are not yet announced: it is recomputed by an event
    once they are, never silently.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    calendar: str
    provisional: bool


class WorkingDays(BaseModel):
    """One version of the calendar: announced holidays, and weekend days worked instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    first_year: int
    last_year: int
    holidays: frozenset[date]
    worked_weekends: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked; in years not announced, Monday to Friday."""
        if day in self.holidays:
            return False
        return day.weekday() < SATURDAY or day in self.worked_weekends

    def announced(self, day: date) -> bool:
        """Whether the holidays of that year are known."""
        return self.first_year <= day.year <= self.last_year

    def after(self, start: date, days: int) -> Deadline:
        """The last day of a period of working days; the starting day is not counted (Civil Code art. 201 [X]).

        Raises ValueError for a period of less than one day.
        """
        if days < 1:
            message = "a period has at least one working day"
            raise ValueError(message)
        day, left, announced = start, days, self.announced(start)
        while left:
            day += ONE_DAY
            announced = announced and self.announced(day)
            left -= self.is_working_day(day)
        return Deadline(day=day, calendar=self.version, provisional=not announced)
