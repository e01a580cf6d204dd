# SPDX-License-Identifier: Apache-2.0
"""The list of reservations."""

from decimal import Decimal

from domain.reservations.events import (
    NoShowAnnulled,
    NoShowContested,
    NoShowRecorded,
    ReservationAnswered,
    ReservationCancelled,
    ReservationConfirmed,
    UsageCorrected,
    UsageStarted,
    UserRatingRecorded,
)
from projections.reservations import MODEL, RESERVATIONS, reservation, reservations
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, UNIT, USER, completed, requested
from tests.projections.memory_rows import History, at, ident

ONE = ident("one")
REQUESTED = requested("2026-01-05 09:00", "2026-01-05 11:00")
STARTED = UsageStarted(started_at=at("2026-01-05 09:10"), contract=ident("contract"), operated_by=USER)


def test_a_use_from_request_to_rating() -> None:
    corrected = UsageCorrected(
        started_at=at("2026-01-05 09:10"), ended_at=at("2026-01-05 10:40"), used_minutes=90, samples=3, reason="clock"
    )
    history = History(MODEL).add(ONE, REQUESTED, occurred_at=at("2026-01-02 09:00"))
    history.add(ONE, ReservationAnswered(text="yes, but"), occurred_at=at("2026-01-02 10:30"))
    history.add(ONE, ReservationConfirmed(automatic=False), occurred_at=at("2026-01-02 15:00"))
    history.add(ONE, STARTED, completed("2026-01-05 09:10", "2026-01-05 11:00", 110, samples=4, persons=2), corrected)
    history.add(ONE, UserRatingRecorded(score=Decimal("4.5")))
    row = history.row(RESERVATIONS, ONE)
    assert (row["state"], row["used_minutes"], row["samples"], row["persons"], row["corrections"]) == (
        "completed",
        90,
        3,
        2,
        1,
    )
    assert (row["quote_fen"], row["rating"], row["contract"], row["version"]) == (
        32_000,
        "4.5",
        ident("contract"),
        7,
    )
    assert row["answered_at"] == at("2026-01-02 10:30")


def test_a_late_cancellation_and_an_annulled_no_show() -> None:
    history = History(MODEL).add(ONE, REQUESTED, ReservationCancelled(by="user", reason="ill", late=True))
    row = history.row(RESERVATIONS, ONE)
    assert (row["state"], row["ended_by"], row["late"], row["answered_at"]) == ("cancelled", "user", True, None)
    history = History(MODEL).add(ONE, REQUESTED, ReservationConfirmed(automatic=True), NoShowRecorded())
    history.add(ONE, NoShowContested(reason="I came"), NoShowAnnulled(reason="door log"))
    row = history.row(RESERVATIONS, ONE)
    assert (row["state"], row["contested"], row["no_show_annulled"]) == ("no_show", True, True)


def test_the_latest_come_first_and_filters_hold(stage: Stage) -> None:
    history = History(MODEL)
    for hour in range(9, 14):
        history.add(ident(f"r{hour}"), requested(f"2026-01-05 {hour:02d}:00", f"2026-01-05 {hour + 1}:00"))
    history.add(ident("other"), requested("2026-01-05 09:00", "2026-01-05 10:00", user=ident("x"), customer=None))
    history.add(ident("r9"), ReservationConfirmed(automatic=True))
    cursor = stage.show(history)
    first = reservations(cursor, user=USER, limit=3)
    second = reservations(cursor, user=USER, limit=3, after=first.next)
    seen = [row["id"] for row in (*first.rows, *second.rows)]
    assert seen == [ident(f"r{hour}") for hour in (13, 12, 11, 10, 9)]
    assert (second.next, first.position) == (None, 70)
    assert len(reservations(cursor, unit=UNIT).rows) == 6
    assert [row["id"] for row in reservations(cursor, customer=CUSTOMER, states=("confirmed",)).rows] == [ident("r9")]
    early = reservations(cursor, starts_from=at("2026-01-05 10:00"), starts_before=at("2026-01-05 12:00"))
    assert [row["id"] for row in early.rows] == [ident("r11"), ident("r10")]
    assert reservation(cursor, ident("nobody")) is None
