# SPDX-License-Identifier: Apache-2.0
"""Reminders before a reservation: planned when it is confirmed, planned anew when it moves or wishes change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.notices.addressee import NAMESPACE, Addressee
from domain.notices.events import PreferencesSet
from domain.reservations.events import ReservationConfirmed, ReservationRescheduled
from domain.reservations.transfer_events import ReservationTransferred
from projections.handlers import new_row
from projections.notices.facts import subject_of
from projections.notices.inboxes import inbox
from projections.notices.making import keep_open, notice_row, take_back
from projections.notices.tables import AHEAD, INBOXES, NOTICES, SUBJECTS

if TYPE_CHECKING:
    from domain.kernel.event import Event, Recorded
    from projections.readmodel import Row, Rows

KIND = "reservation_reminder"


def confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    """Plan the reminders that its user wants."""
    subject = subject_of(rows, recorded.stream)
    _plan(rows, subject, recorded.meta.occurred_at, first=subject["reminded_for"] is None)


def move(_event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    """Plan anew for the new time where the old one was confirmed."""
    subject = subject_of(rows, recorded.stream)
    if _forget(rows, subject, _user(subject)):
        _plan(rows, subject, recorded.meta.occurred_at)


def end(_event: Event, recorded: Recorded, rows: Rows) -> None:
    """Nothing to be reminded of any more."""
    subject = subject_of(rows, recorded.stream)
    _forget(rows, subject, _user(subject))


def transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    """Remind whoever uses it now instead of whoever was to."""
    subject = subject_of(rows, recorded.stream)
    if _forget(rows, subject, Addressee(kind="person", id=event.former_user)):
        _plan(rows, subject, recorded.meta.occurred_at)


def wish(event: PreferencesSet, recorded: Recorded, rows: Rows) -> None:
    """Plan all that lies ahead by the new wishes."""
    now, person = recorded.meta.occurred_at, event.addressee
    for day in list(inbox(rows, person)["days_ahead"]):
        for reservation in _on_day(rows, person, date.fromisoformat(day))["reservations"]:
            subject = subject_of(rows, UUID(reservation))
            take_back(rows, subject, (KIND,), now)
            _plan(rows, subject, now)


def _on_day(rows: Rows, person: Addressee, day: date) -> Row:
    return rows.get(AHEAD, person.id, day) or new_row(AHEAD, person=person.id, day=day, reservations=[])


def _forget(rows: Rows, subject: Row, person: Addressee | None) -> bool:
    """Take a reservation off what lies ahead of a person; whether it stood there."""
    start = subject["reminded_for"]
    if start is None or person is None:
        return False
    row = _on_day(rows, person, _day_of(start))
    rows.put(AHEAD, {**row, "reservations": [each for each in row["reservations"] if each != str(subject["id"])]})
    subject["reminded_for"] = None
    rows.put(SUBJECTS, subject)
    return True


def _enter(rows: Rows, subject: Row, person: Addressee, start: datetime, now: datetime) -> None:
    """Put a reservation among what lies ahead. Days that are over leave with the first one that is new."""
    own, day = str(subject["id"]), _day_of(start)
    row, box = _on_day(rows, person, day), inbox(rows, person)
    if own not in row["reservations"]:
        rows.put(AHEAD, {**row, "reservations": [*row["reservations"], own]})
    if day.isoformat() not in box["days_ahead"]:
        today = _day_of(now).isoformat()
        for over in (each for each in box["days_ahead"] if each < today):
            rows.delete(AHEAD, person.id, date.fromisoformat(over))
        ahead = {day.isoformat(), *(each for each in box["days_ahead"] if each >= today)}
        rows.put(INBOXES, {**box, "days_ahead": sorted(ahead)})
    subject["reminded_for"] = start
    rows.put(SUBJECTS, subject)


def _plan(rows: Rows, subject: Row, now: datetime, *, first: bool = False) -> None:
    """The `first` time nothing can be planned already, and nobody looks."""
    person = _user(subject)
    start = datetime.fromisoformat(subject["facts"]["starts_at"])
    if person is None or start <= now:
        return
    _enter(rows, subject, person, start, now)
    leads = sorted(inbox(rows, person)["reminders"], reverse=True)
    for lead, following in zip(leads, [*leads, 0][1:], strict=True):
        due_at = start - timedelta(minutes=lead)
        id_ = uuid5(NAMESPACE, f"reminder/{subject['id']}/{start.isoformat()}/{lead}")
        if due_at > now and (first or rows.get(NOTICES, id_) is None):
            _remind(rows, subject, person, id_, start, lead, following)


def _remind(rows: Rows, subject: Row, person: Addressee, id_: UUID, start: datetime, lead: int, following: int) -> None:
    """A reminder is of use until the one that follows it, the last one until the start."""
    row = notice_row(
        rows,
        id_=id_,
        kind=KIND,
        addressee=person,
        subject=subject,
        subject_kind="reservations.Reservation",
        facts={**subject["facts"], "minutes_before": lead},
        due_at=start - timedelta(minutes=lead),
        useful_until=start - timedelta(minutes=following),
    )
    rows.put(NOTICES, row)
    keep_open(rows, subject, KIND, id_)


def _day_of(instant: datetime) -> date:
    return instant.astimezone(UTC).date()


def _user(subject: Row) -> Addressee | None:
    user = subject["people"].get("user")
    return Addressee(kind="person", id=UUID(user)) if user else None
