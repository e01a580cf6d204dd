# SPDX-License-Identifier: Apache-2.0
"""Who is on duty at an instrument is told who comes: when a reservation is confirmed, moved or given up.

A reservation remembers whom it was told to, so that they hear of its end whatever roster holds by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.time import Span, local_date
from domain.notices.addressee import Addressee, notice_id
from domain.resources.duty import people_during
from domain.resources.duty_events import DutyRosterPublished
from projections.duty_rosters import ended, one_more, rosters_of
from projections.notices.facts import subject_of
from projections.notices.making import USEFUL, keep_open, notice_row
from projections.notices.tables import NOTICES, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.event import Event, Recorded
    from domain.reservations.approval_events import ApprovalAsked
    from domain.reservations.events import (
        ReservationCancelled,
        ReservationConfirmed,
        ReservationExpired,
        ReservationRejected,
        ReservationRescheduled,
    )
    from domain.resources.duty import DutyRoster
    from projections.readmodel import Row, Rows

CONFIRMED, MOVED, CANCELLED = "duty_reservation_confirmed", "duty_reservation_moved", "duty_reservation_cancelled"
TIMES = ("starts_at", "ends_at")


def publish(event: DutyRosterPublished, recorded: Recorded, rows: Rows) -> None:
    """Keep the roster beside the instrument's name."""
    row = subject_of(rows, recorded.stream)
    rows.put(SUBJECTS, {**row, "rosters": one_more(row["rosters"], event)})


def leave(_event: Event, recorded: Recorded, rows: Rows) -> None:
    """Whoever takes the instrument over begins without a roster."""
    row = subject_of(rows, recorded.stream)
    if row["rosters"]:
        rows.put(SUBJECTS, {**row, "rosters": ended(row["rosters"], local_date(recorded.meta.occurred_at))})


def confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    """Somebody comes. Of what is entered after it took place nobody is told."""
    subject = subject_of(rows, recorded.stream)
    rosters = _rosters(rows, subject)
    if not rosters:
        return
    span = _span(subject)
    if span.end <= recorded.meta.occurred_at:
        return
    people, known = people_during(rosters, span), _known(subject)
    _remember(rows, subject, people)
    _tell(rows, recorded, subject, CONFIRMED, (each for each in people if each not in known), {})


def ask_anew(_event: ApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    """What was confirmed is open again: when it is confirmed once more, everybody is told once more."""
    subject = subject_of(rows, recorded.stream)
    if subject["on_duty"]:
        rows.put(SUBJECTS, {**subject, "on_duty": {**subject["on_duty"], "open": True}})


def move(event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    """They come at another time: told to whoever expected them, and to whoever is on duty then."""
    subject = subject_of(rows, recorded.stream)
    before = subject["on_duty"]
    if not before:
        return
    former = _told(before)
    people = people_during(_rosters(rows, subject), event.span)
    _remember(rows, subject, people)
    times = {f"former_{name}": before[name] for name in TIMES}
    _tell(rows, recorded, subject, MOVED, former, {**times, "reason": event.reason})
    _tell(rows, recorded, subject, CONFIRMED, (each for each in people if each not in former), {})


def end(event: ReservationCancelled | ReservationRejected | ReservationExpired, recorded: Recorded, rows: Rows) -> None:
    """Nobody comes: told to whoever expected them, and to whoever is on duty then by now."""
    subject = subject_of(rows, recorded.stream)
    before = subject["on_duty"]
    if not before:
        return
    people = dict.fromkeys([*_told(before), *people_during(_rosters(rows, subject), _span(subject))])
    subject["on_duty"] = None
    rows.put(SUBJECTS, subject)
    _tell(rows, recorded, subject, CANCELLED, people, {"reason": getattr(event, "reason", None)})


def _rosters(rows: Rows, subject: Row) -> tuple[DutyRoster, ...]:
    instrument = rows.get(SUBJECTS, subject["resource"])
    return rosters_of(instrument["rosters"]) if instrument else ()


def _span(subject: Row) -> Span:
    starts_at, ends_at = (subject["facts"][name] for name in TIMES)
    return Span.model_validate({"start": starts_at, "end": ends_at})


def _told(on_duty: Row) -> list[UUID]:
    return [UUID(each) for each in on_duty["told"]]


def _known(subject: Row) -> list[UUID]:
    """Who knows already that they come; nobody where it was open in between."""
    before = subject["on_duty"]
    return _told(before) if before and not before["open"] else []


def _remember(rows: Rows, subject: Row, people: Iterable[UUID]) -> None:
    times = {name: subject["facts"][name] for name in TIMES}
    subject["on_duty"] = {"told": [str(each) for each in people], "open": False, **times}
    rows.put(SUBJECTS, subject)


def _tell(rows: Rows, recorded: Recorded, subject: Row, kind: str, people: Iterable[UUID], told: Row) -> None:
    """Nobody is told of what they did themselves, nor twice of a reservation of their own."""
    now, aware = recorded.meta.occurred_at, {str(recorded.meta.actor.user), subject["people"].get("user")}
    for person in people:
        if str(person) in aware:
            continue
        addressee = Addressee(kind="person", id=person)
        row = notice_row(
            rows,
            id_=notice_id(recorded.id, kind, addressee),
            kind=kind,
            addressee=addressee,
            subject=subject,
            subject_kind="reservations.Reservation",
            facts={**subject["facts"], **told},
            due_at=now,
            useful_until=now + USEFUL,
        )
        rows.put(NOTICES, row)
        if kind != CANCELLED:
            keep_open(rows, subject, kind, row["id"])
