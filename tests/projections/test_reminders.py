# SPDX-License-Identifier: Apache-2.0
"""Reminders of what lies ahead: by day, so that thousands of reservations of one person cost no more than one."""

from datetime import timedelta
from uuid import UUID

from domain.kernel.time import Span
from domain.notices.addressee import Addressee
from domain.notices.events import PreferencesSet
from domain.reservations.events import ReservationCancelled, ReservationConfirmed, ReservationRescheduled
from projections.notices.model import MODEL
from projections.notices.tables import AHEAD, INBOXES, NOTICES, SUBJECTS
from projections.readmodel import Row, Table
from tests.projections.examples import USER, requested
from tests.projections.memory_rows import MORNING, History, MemoryRows, at, ident

DAYS, A_DAY = 60, 20
HOUR = timedelta(hours=1)


class Weighed(MemoryRows):
    """Rows that remember the longest ever written to a table."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, int] = {}

    def put(self, table: Table, row: Row) -> None:
        super().put(table, row)
        self.longest[table.name] = max(self.longest.get(table.name, 0), len(str(row)))


def booked(log: History, name: str, start: str, end: str) -> UUID:
    reservation = ident(name)
    log.add(reservation, requested(start, end), ReservationConfirmed(automatic=True))
    return reservation


def reminders(log: History) -> set[tuple[UUID, int]]:
    told = (row for row in log.rows.all(NOTICES) if row["kind"] == "reservation_reminder")
    return {(row["subject"], row["facts"]["minutes_before"]) for row in told}


def wishing(*minutes: int) -> PreferencesSet:
    person = Addressee(kind="person", id=USER)
    return PreferencesSet(
        addressee=person, channel=None, language="zh", quiet_from=None, quiet_until=None, reminders=minutes, muted=()
    )


def test_one_more_of_twelve_hundred_reservations_writes_as_little_as_the_first() -> None:
    log = History(MODEL)
    rows = log.rows = Weighed()
    start = at("2026-02-02 00:00")
    for day in range(DAYS):
        for number in range(A_DAY):
            begin = start + timedelta(days=day) + HOUR * number
            given = requested("2026-01-05 09:00", "2026-01-05 10:00").model_copy(
                update={"span": Span(start=begin, end=begin + HOUR)}
            )
            log.add(ident(f"{day}/{number}"), given, ReservationConfirmed(automatic=True))
    assert len(log.row(INBOXES, USER)["days_ahead"]) <= DAYS + 1
    assert max(len(row["reservations"]) for row in rows.all(AHEAD)) == A_DAY
    assert rows.longest["notice_inboxes"] < 2_000
    assert rows.longest["notice_ahead"] < 2_000


def test_new_wishes_plan_all_that_lies_ahead_and_nothing_that_has_ended() -> None:
    log = History(MODEL)
    near, far = (
        booked(log, "near", "2026-01-06 09:00", "2026-01-06 10:00"),
        booked(log, "far", "2026-03-02 09:00", "2026-03-02 10:00"),
    )
    ended = booked(log, "ended", "2026-01-07 09:00", "2026-01-07 10:00")
    log.add(ended, ReservationCancelled(by="user", reason="样品未到"))
    log.add(ident("inbox"), wishing(30))
    assert reminders(log) == {(near, 30), (far, 30)}
    assert log.row(SUBJECTS, ended)["reminded_for"] is None


def test_a_move_takes_the_day_along_and_days_that_are_over_leave() -> None:
    log = History(MODEL)
    moved = booked(log, "moved", "2026-01-06 09:00", "2026-01-06 10:00")
    given = requested("2026-01-09 09:00", "2026-01-09 10:00")
    kept = given.model_dump(include={"lane", "quote", "opening_version"})
    log.add(moved, ReservationRescheduled(span=given.span, held=given.span, reason="让机时", **kept))
    assert [row["reservations"] for row in log.rows.all(AHEAD) if row["reservations"]] == [[str(moved)]]
    later = MORNING + timedelta(days=30)
    log.add(ident("later"), requested("2026-03-02 09:00", "2026-03-02 10:00"), occurred_at=later)
    log.add(ident("later"), ReservationConfirmed(automatic=True), occurred_at=later)
    assert log.row(INBOXES, USER)["days_ahead"] == ["2026-03-02"]
    assert len(log.rows.all(AHEAD)) == 1
