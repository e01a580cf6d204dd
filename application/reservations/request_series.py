# SPDX-License-Identifier: Apache-2.0
"""Book again and again: each time goes the way of a single request, all of them in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Result
from application.reservations.occurrences import Occurrences, occurrences_of
from application.reservations.request_reservation import RequestBody, user_of, wish_for
from domain.kernel.errors import DomainError, refusal
from domain.reservations.series.events import Booked, SeriesRequested, Skipped
from domain.reservations.series.pattern import AtConflict, Pattern, Wall, require_bounded
from domain.reservations.series.series import begin
from domain.reservations.series.zones import first_span
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from datetime import tzinfo
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.resources.resource import Resource

Zone = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_+/-]{0,63}$"),
    Field(description="IANA name of the zone on whose walls the times are read"),
]


class RequestSeries(RequestBody):
    """Ask for the same time again and again; each time booked is a reservation of its own.

    Times are those on the wall of `zone`; one that does not exist there, or exists twice and bears no offset, is
    refused. At a conflict the series books nothing (`stop`, the default) or leaves that time out (`skip`); either way
    every conflict is listed. A series has an end, and at most 100 times.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource_id": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                "first": {"start": "2026-03-02T09:00:00", "end": "2026-03-02T11:00:00"},
                "pattern": {"frequency": "weekly", "weekdays": [1, 3], "until": "2026-06-30"},
                "at_conflict": "skip",
                "skip_holidays": True,
                "purpose": "scientific_research",
            }
        }
    )

    first: Wall
    zone: Zone = "Asia/Shanghai"
    pattern: Pattern
    at_conflict: AtConflict = "stop"
    skip_holidays: bool = Field(default=False, description="Leave out public holidays of the working-day calendar")


def request_series(command: RequestSeries, work: Work) -> Result:
    """Raises `DomainError` with every conflict, `NotFound`, `NotPermitted`."""
    found = work.load(RESOURCE, command.resource_id)
    user, series = user_of(command, work, found.state), work.new_id()
    tried = _tried(command, work, found, user, series)
    if tried.conflicts and (work.from_memory and not work.looks):
        raise DomainError(tried.violations)  # decided again on what the claims say before it is spoken
    if tried.conflicts and command.at_conflict == "stop":
        raise DomainError(tried.violations)
    work.append(series, *begin(_event(command, work, found, user, tried)))
    return Result(id=series, data=_told(tried) | {"provisional": _provisional(command, work, tried)})


def try_series(command: RequestSeries, work: Work) -> dict[str, JsonValue]:
    """What would become of each time of a series, on a work that is never committed.

    Raises what `request_series` raises for a series that cannot be at all.
    """
    found = work.load(RESOURCE, command.resource_id)
    tried = _tried(command, work, found, user_of(command, work, found.state), work.new_id())
    books = [each for each in tried.all if each.reservation is not None]
    items: list[JsonValue] = [
        {name: value for name, value in each.told.items() if name != "reservation"} for each in tried.all
    ]
    accepted = bool(books) and (command.at_conflict == "skip" or not tried.conflicts)
    return {
        "accepted": accepted,
        "books": len(books),
        "conflicts": len(tried.conflicts),
        "quote_fen": sum(each.quote_fen for each in books),
        "provisional": _provisional(command, work, tried),
        "items": items,
    }


def zone_of(name: str) -> tzinfo:
    """The zone of a name. Raises `reservations.zone_unknown`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise refusal("reservations.zone_unknown", field="zone", zone=name) from error


def _tried(command: RequestSeries, work: Work, found: Loaded[Resource], user: UUID, series: UUID) -> Occurrences:
    zone = zone_of(command.zone)
    first_span(command.first, zone)
    require_bounded(command.pattern, command.first.start.date())
    return occurrences_of(
        work,
        found,
        user,
        pattern=command.pattern,
        first=command.first,
        zone=zone,
        wish=lambda span: wish_for(command, work, span, series=series),
        skip_holidays=command.skip_holidays,
    )


def _event(
    command: RequestSeries, work: Work, found: Loaded[Resource], user: UUID, tried: Occurrences
) -> SeriesRequested:
    calendar, resource = work.calendar, found.state
    return SeriesRequested(
        resource=found.id,
        unit=resource.unit,
        provider=resource.legal_person,
        user=user,
        customer=tried.customer,
        requested_by=work.actor.user,
        first=command.first,
        zone=command.zone,
        pattern=command.pattern,
        at_conflict=command.at_conflict,
        skip_holidays=command.skip_holidays,
        calendar=calendar.version if command.skip_holidays else None,
        provisional=_provisional(command, work, tried),
        booked=tuple(
            Booked(span=each.span, reservation=each.reservation)
            for each in tried.all
            if each.span is not None and each.reservation is not None
        ),
        skipped=tuple(
            Skipped(day=each.day.isoformat(), span=each.span, codes=each.codes)
            for each in tried.all
            if each.reservation is None
        ),
        basis=work.edition().basis("scope.service_purposes", "scope.audience"),
    )


def _provisional(command: RequestSeries, work: Work, tried: Occurrences) -> bool:
    """Holidays were to be left out, and those of a year concerned are not announced yet: some may have been booked."""
    return command.skip_holidays and not all(work.calendar.announced(each.day) for each in tried.all)


def _told(tried: Occurrences) -> dict[str, JsonValue]:
    booked: list[JsonValue] = [each.told for each in tried.all if each.reservation is not None]
    skipped: list[JsonValue] = [each.told for each in tried.all if each.reservation is None]
    return {"booked": booked, "skipped": skipped, "quote_fen": sum(each.quote_fen for each in tried.all)}
