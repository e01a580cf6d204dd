# SPDX-License-Identifier: Apache-2.0
"""Reminders before a reservation: planned when it is confirmed, planned anew when it moves or wishes change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.notices.addressee import NAMESPACE, Addressee
from domain.notices.events import PreferencesSet
from domain.reservations.events import ReservationConfirmed, ReservationRescheduled
from domain.reservations.transfer_events import ReservationTransferred
from projections.notices.facts import subject_of
from projections.notices.inboxes import inbox
from projections.notices.making import keep_open, notice_row, take_back
from projections.notices.tables import INBOXES, NOTICES, SUBJECTS

if TYPE_CHECKING:
    from domain.kernel.event import Event, Recorded
    from projections.readmodel import Row, Rows

KIND = "reservation_reminder"


def confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    """Plan the reminders that its user wants."""
    _plan(rows, subject_of(rows, recorded.stream), recorded.meta.occurred_at)


def move(_event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    """Plan anew for the new time where the old one was confirmed."""
    subject = subject_of(rows, recorded.stream)
    person = _user(subject)
    if person is not None and str(recorded.stream) in inbox(rows, person)["upcoming"]:
        _plan(rows, subject, recorded.meta.occurred_at)


def end(_event: Event, recorded: Recorded, rows: Rows) -> None:
    """Nothing to be reminded of any more."""
    subject = rows.get(SUBJECTS, recorded.stream)
    person = _user(subject) if subject else None
    if person is not None:
        _forget(rows, person, recorded.stream)


def transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    """Remind whoever uses it now instead of whoever was to."""
    if _forget(rows, Addressee(kind="person", id=event.former_user), recorded.stream):
        _plan(rows, subject_of(rows, recorded.stream), recorded.meta.occurred_at)


def wish(event: PreferencesSet, recorded: Recorded, rows: Rows) -> None:
    """Plan all that lies ahead by the new wishes."""
    now = recorded.meta.occurred_at
    for reservation in list(inbox(rows, event.addressee)["upcoming"]):
        subject = rows.get(SUBJECTS, UUID(reservation))
        if subject is not None:
            take_back(rows, subject, (KIND,), now)
            _plan(rows, subject, now)


def _forget(rows: Rows, person: Addressee, reservation: UUID) -> bool:
    """Take a reservation off the list of those ahead; whether it stood there."""
    row = inbox(rows, person)
    if str(reservation) not in row["upcoming"]:
        return False
    left = {each: start for each, start in row["upcoming"].items() if each != str(reservation)}
    rows.put(INBOXES, {**row, "upcoming": left})
    return True


def _plan(rows: Rows, subject: Row, now: datetime) -> None:
    person = _user(subject)
    start = datetime.fromisoformat(subject["facts"]["starts_at"])
    if person is None or start <= now:
        return
    row = inbox(rows, person)
    # Reservations of which nothing more was heard leave with the next one, so that the list stays short.
    ahead = {each: at for each, at in row["upcoming"].items() if datetime.fromisoformat(at) > now}
    rows.put(INBOXES, {**row, "upcoming": {**ahead, str(subject["id"]): start.isoformat()}})
    leads = sorted(row["reminders"], reverse=True)
    for lead, following in zip(leads, [*leads, 0][1:], strict=True):
        _remind(rows, subject, person, start, lead, following, now)


def _remind(
    rows: Rows, subject: Row, person: Addressee, start: datetime, lead: int, following: int, now: datetime
) -> None:
    """A reminder is of use until the one that follows it, the last one until the start."""
    due_at = start - timedelta(minutes=lead)
    id_ = uuid5(NAMESPACE, f"reminder/{subject['id']}/{start.isoformat()}/{lead}")
    if due_at <= now or rows.get(NOTICES, id_) is not None:
        return
    row = notice_row(
        rows,
        id_=id_,
        kind=KIND,
        addressee=person,
        subject=subject,
        subject_kind="reservations.Reservation",
        facts={**subject["facts"], "minutes_before": lead},
        due_at=due_at,
        useful_until=start - timedelta(minutes=following),
    )
    rows.put(NOTICES, row)
    keep_open(rows, subject, KIND, id_)


def _user(subject: Row) -> Addressee | None:
    user = subject["people"].get("user")
    return Addressee(kind="person", id=UUID(user)) if user else None
