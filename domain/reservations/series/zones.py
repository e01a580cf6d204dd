# SPDX-License-Identifier: Apache-2.0
"""Times on the wall of any zone as instants: what does not exist or exists twice is refused, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError, refusal
from domain.kernel.time import Span

if TYPE_CHECKING:
    from datetime import tzinfo

    from domain.reservations.series.pattern import Wall


def instant_of(wall: datetime, zone: tzinfo, *, offset: timedelta | None = None, field: str = "first") -> datetime:
    """The instant at which the clocks of a zone show a time.

    Where they show it twice, `offset` (or that of `wall`) says which is meant. Raises
    `reservations.time_does_not_exist`, `reservations.time_exists_twice`, `reservations.offset_not_of_zone`.
    """
    clock, stated = wall.replace(tzinfo=None), wall.utcoffset() if wall.tzinfo else offset
    known = [each for each in _readings(clock, zone) if _shown(each, zone) == clock]
    if not known:
        after = max(_readings(clock, zone))
        raise refusal(
            "reservations.time_does_not_exist",
            field=field,
            time=clock.isoformat(),
            zone=str(zone),
            next=after.astimezone(zone).isoformat(),
        )
    if stated is None and len(known) == 1:
        return known[0]
    chosen = [each for each in known if each.astimezone(zone).utcoffset() == stated]
    if chosen:
        return chosen[0]
    told = [each.astimezone(zone).isoformat() for each in known]
    if len(known) == 1 and wall.tzinfo is None:
        return known[0]
    if wall.tzinfo is not None:
        raise refusal(
            "reservations.offset_not_of_zone", field=field, time=wall.isoformat(), zone=str(zone), known=", ".join(told)
        )
    raise refusal(
        "reservations.time_exists_twice",
        field=field,
        time=clock.isoformat(),
        zone=str(zone),
        earlier=told[0],
        later=told[1],
    )


def span_on(day: date, first: Wall, zone: tzinfo) -> Span:
    """The same time on another day of the zone. Raises what `instant_of` raises, `reservations.series_ends_backwards`.

    An offset stated with the first time tells which of two is meant on later days too, where it is one of them.
    """
    moved = timedelta(days=(day - first.start.date()).days)
    start = instant_of(first.start.replace(tzinfo=None) + moved, zone, offset=first.start.utcoffset())
    end = instant_of(first.end.replace(tzinfo=None) + moved, zone, offset=first.end.utcoffset())
    if end <= start:
        raise refusal("reservations.series_ends_backwards", field="first.end")
    return Span(start=start, end=end)


def first_span(first: Wall, zone: tzinfo) -> Span:
    """The first time as instants, strictly: an offset that the zone does not have then is refused.

    Raises what `instant_of` raises, of start and end together, and `reservations.series_ends_backwards`.
    """
    broken: list[DomainError] = []
    found: list[datetime] = []
    for name in ("start", "end"):
        try:
            found.append(instant_of(getattr(first, name), zone, field=f"first.{name}"))
        except DomainError as refused:
            broken.append(refused)
    if broken:
        raise DomainError([violation for refused in broken for violation in refused.violations])
    start, end = found
    if end <= start:
        raise refusal("reservations.series_ends_backwards", field="first.end")
    return Span(start=start, end=end)


def require_as_long(span: Span, first: Span, day: date, zone: tzinfo) -> None:
    """Refuse a time that is longer or shorter than the first one, because the clocks change while it lasts.

    Nobody asked, or agreed to pay, for another length. Raises `reservations.series_length_differs`.
    """
    if span.minutes != first.minutes:
        raise refusal(
            "reservations.series_length_differs",
            field="first",
            day=day.isoformat(),
            zone=str(zone),
            used_minutes=span.minutes,
            first_minutes=first.minutes,
        )


def _readings(clock: datetime, zone: tzinfo) -> list[datetime]:
    """What the zone makes of a clock time before and after a change of its offset, the earlier instant first."""
    both = {clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(both)


def _shown(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
