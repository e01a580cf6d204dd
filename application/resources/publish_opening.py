# SPDX-License-Identifier: Apache-2.0
"""Publish opening hours."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, JsonValue, field_validator

from application.command import Command, Result
from application.resources.displacing import used_in
from application.resources.permits import HORIZON, held
from application.work import Loaded, Work
from domain.kernel.time import Span, local_date, midnight
from domain.resources import hours
from domain.resources.resource import Resource
from domain.resources.values import BookingTerms, OpeningWindow

MOST_LANES = 1_000
MOST_MINUTES = 366 * 24 * 60
"""Longer ones would carry the time held beyond the calendar, in every search that meets the instrument."""


class PublishOpening(Command):
    """Publish opening hours and booking terms from a day on (ruling 8.25). Windows are local, times in minutes.

    Reservations on lanes that a smaller capacity no longer has stand; the answer lists them.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "effective_from": "2026-03-01",
                "windows": [{"weekday": 1, "start_minute": 510, "end_minute": 1050}],
                "terms": {"slot_minutes": 30, "min_minutes": 60, "max_minutes": 240, "confirmation": "automatic"},
                "rated_minutes_per_year": 86400,
            }
        }
    )

    resource: UUID
    effective_from: date
    windows: tuple[OpeningWindow, ...]
    terms: BookingTerms
    rated_minutes_per_year: int

    @field_validator("terms")
    @classmethod
    def _within_a_year(cls, terms: BookingTerms) -> BookingTerms:
        for name in ("min_minutes", "max_minutes", "setup_minutes", "cleanup_minutes"):
            if getattr(terms, name) > MOST_MINUTES:
                message = f"{name} is at most {MOST_MINUTES} minutes, a year"
                raise ValueError(message)
        return terms


def publish_opening(command: PublishOpening, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `hours.publish_opening` raises."""
    found = held(work, command.resource)
    events = hours.publish_opening(
        found.state,
        windows=command.windows,
        terms=command.terms,
        rated_minutes_per_year=command.rated_minutes_per_year,
        effective_from=command.effective_from,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"beyond_capacity": _beyond(work, found, command)})


def _beyond(work: Work, found: Loaded[Resource], command: PublishOpening) -> list[JsonValue]:
    """Reservations from that day on whose lane the new terms do not have."""
    if command.terms.capacity >= max((opening.terms.capacity for opening in found.state.openings), default=0):
        return []
    begin = max(midnight(command.effective_from), work.now)
    lost = range(command.terms.capacity + 1, MOST_LANES + 1)
    return used_in(work, found, [Span(start=begin, end=begin + HORIZON)], lost).told
