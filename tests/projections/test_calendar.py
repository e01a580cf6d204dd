# SPDX-License-Identifier: Apache-2.0
"""What a calendar shows, and to whom."""

from domain.reservations.events import (
    NoShowRecorded,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationRescheduled,
    UsageStarted,
)
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from projections.calendar import MODEL, OCCUPANCY, calendar
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, SEM, USER, completed, quote, requested, span
from tests.projections.memory_rows import History, at, ident

FIRST, SECOND = ident("first"), ident("second")
REQUESTED = requested("2026-01-05 09:00", "2026-01-05 11:00", held=span("2026-01-05 08:30", "2026-01-05 11:30"), lane=2)
CONFIRMED = ReservationConfirmed(automatic=True)


def maintenance(start: str, end: str) -> MaintenanceScheduled:
    return MaintenanceScheduled(
        maintenance=ident("maintenance"), span=span(start, end), lanes=(1, 2), kind="repair", reason="r"
    )


def test_a_reservation_holds_its_lane_with_set_up_and_clean_down() -> None:
    row = History(MODEL).add(FIRST, REQUESTED, CONFIRMED).rows.one(OCCUPANCY)
    assert (row["state"], row["lanes"]) == ("confirmed", [2])
    assert (row["held_from"], row["held_until"]) == (at("2026-01-05 08:30"), at("2026-01-05 11:30"))


def test_what_is_given_up_is_free_again() -> None:
    history = History(MODEL)
    history.add(FIRST, REQUESTED, ReservationCancelled(by="user", reason="r"))
    history.add(SECOND, REQUESTED, CONFIRMED, NoShowRecorded())
    assert history.rows.all(OCCUPANCY) == []


def test_a_move_takes_the_new_lane_and_time() -> None:
    moved = ReservationRescheduled(
        span=span("2026-01-06 09:00", "2026-01-06 10:00"),
        held=span("2026-01-06 09:00", "2026-01-06 10:00"),
        lane=1,
        quote=quote(1),
        opening_version=1,
        reason="r",
    )
    row = History(MODEL).add(FIRST, REQUESTED, CONFIRMED, moved).rows.one(OCCUPANCY)
    assert (row["lanes"], row["held_from"]) == ([1], at("2026-01-06 09:00"))


def test_after_use_only_the_time_used_stays_taken() -> None:
    started = UsageStarted(started_at=at("2026-01-05 09:05"), contract=None, operated_by=USER)
    used = completed("2026-01-05 09:05", "2026-01-05 10:00", 55)
    row = History(MODEL).add(FIRST, REQUESTED, CONFIRMED, started, used).rows.one(OCCUPANCY)
    assert (row["state"], row["held_from"], row["held_until"]) == (
        "completed",
        at("2026-01-05 09:05"),
        at("2026-01-05 10:00"),
    )


def test_maintenance_ends_early_and_a_block_is_lifted_before_it_begins() -> None:
    ended = MaintenanceEnded(maintenance=ident("maintenance"), ended_at=at("2026-01-05 12:00"), lanes=(1, 2))
    block = InternalBlockEntered(
        block=ident("block"), span=span("2026-02-01 09:00", "2026-02-01 12:00"), lanes=(1,), purpose="teaching"
    )
    lifted = InternalBlockLifted(block=ident("block"), reason="r", lanes=(1,))
    history = History(MODEL).add(SEM, maintenance("2026-01-05 09:00", "2026-01-06 09:00"), ended, block, lifted)
    row = history.rows.one(OCCUPANCY)
    assert (row["kind"], row["state"], row["held_until"]) == ("maintenance", "ended", at("2026-01-05 12:00"))


def test_the_public_sees_the_kind_alone_and_those_concerned_see_more(stage: Stage) -> None:
    other = requested("2026-01-05 13:00", "2026-01-05 14:00", user=ident("stranger"), customer=None)
    history = History(MODEL).add(FIRST, REQUESTED, CONFIRMED).add(SECOND, other)
    history.add(SEM, maintenance("2026-01-05 20:00", "2026-01-07 09:00"))
    cursor = stage.show(history)
    start, end = at("2026-01-05 00:00"), at("2026-01-06 00:00")
    public = calendar(cursor, SEM, start, end)
    assert [(each.kind, each.holder, each.state, each.user) for each in public.occupied] == [
        ("reservation", None, None, None),
        ("reservation", None, None, None),
        ("maintenance", None, None, None),
    ]
    assert public.position == 40
    mine = calendar(cursor, SEM, start, end, user=USER)
    assert [(each.mine, each.holder) for each in mine.occupied] == [(True, FIRST), (False, None), (False, None)]
    theirs = calendar(cursor, SEM, start, end, customer=CUSTOMER)
    assert [each.holder for each in theirs.occupied] == [FIRST, None, None]
    whole = calendar(cursor, SEM, start, end, whole=True)
    assert [each.holder for each in whole.occupied] == [FIRST, SECOND, ident("maintenance")]


def test_the_range_is_half_open(stage: Stage) -> None:
    cursor = stage.show(History(MODEL).add(FIRST, REQUESTED))
    assert calendar(cursor, SEM, at("2026-01-05 11:30"), at("2026-01-06 00:00")).occupied == []
    assert calendar(cursor, SEM, at("2026-01-05 00:00"), at("2026-01-05 08:30")).occupied == []
    assert len(calendar(cursor, SEM, at("2026-01-05 11:29"), at("2026-01-06 00:00")).occupied) == 1
