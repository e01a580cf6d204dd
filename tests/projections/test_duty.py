# SPDX-License-Identifier: Apache-2.0
"""Who is on duty is told who comes, and what becomes of it; where there is no roster nobody is."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Actor, Role
from domain.kernel.event import Event
from domain.reservations.approval_events import ApprovalAsked
from domain.reservations.events import (
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
    ReservationRescheduled,
)
from domain.resources.duty import duties
from domain.resources.duty_events import DutyEntry, DutyException, DutyRosterPublished
from domain.resources.events import ResourceTransferred
from projections import duty_rosters
from projections.notices.model import MODEL
from projections.notices.on_duty import CANCELLED, CONFIRMED, MOVED
from projections.notices.tables import NOTICES
from tests.projections.examples import SEM, UNIT, USER, registered, requested, span
from tests.projections.memory_rows import CLERK, History, at, ident
from tests.projections.test_notices_told import of_kind, sentences, some

ANN, BOB, BOOKED = (ident(name) for name in ("ann", "bob", "booked"))
CONFIRM = ReservationConfirmed(automatic=True)
GIVEN_UP = ReservationCancelled(by="user", reason="样品未到")
BY_USER = Actor(user=USER, role=Role.USER)


def weekly(*entries: tuple[UUID, int, int], **changes: Any) -> DutyRosterPublished:  # noqa: ANN401 - any field
    stated = tuple(
        DutyEntry(persons=(person,), weekdays=(1, 2, 3, 4, 5), start_minute=start * 60, end_minute=end * 60)
        for person, start, end in entries
    )
    return DutyRosterPublished.model_validate(
        {"roster_version": 1, "effective_from": date(2026, 1, 5), "entries": stated} | changes
    )


DAY = weekly((ANN, 8, 12), (BOB, 12, 18))


def moved(start: str, end: str) -> Any:  # noqa: ANN401 - what the notice rests on, and nothing else
    return some(ReservationRescheduled, span=span(start, end), reason="仪器占用")


def asked(start: str = "2026-01-06 09:00", end: str = "2026-01-06 11:00", *roster: Event) -> History:
    log = History(MODEL).add(SEM, registered(), *(roster or (DAY,)))
    return log.add(BOOKED, requested(start, end), actor=BY_USER)


def told(log: History) -> set[tuple[str, UUID]]:
    return {(row["kind"], row["addressee"]) for row in log.rows.all(NOTICES) if row["kind"].startswith("duty_")}


def test_who_is_on_duty_is_told_of_what_is_confirmed_and_of_nothing_before() -> None:
    log = asked()
    assert told(log) == set()
    log.add(BOOKED, CONFIRM, actor=BY_USER)
    assert told(log) == {(CONFIRMED, ANN)}
    both = sentences({**of_kind(log, CONFIRMED)[0], "resource": SEM})
    assert "2026-01-06 09:00" in both
    assert "2026-01-06 11:00" in both


@pytest.mark.parametrize(
    ("start", "end", "people"),
    [
        ("2026-01-06 11:00", "2026-01-06 12:00", {ANN}),
        ("2026-01-06 11:00", "2026-01-06 12:01", {ANN, BOB}),
        ("2026-01-06 18:00", "2026-01-06 19:00", set()),
        ("2026-01-10 09:00", "2026-01-10 11:00", set()),
        ("2026-01-07 09:00", "2026-01-07 11:00", set()),
        ("2026-01-08 09:00", "2026-01-08 11:00", {BOB}),
    ],
)
def test_everybody_on_duty_at_some_time_of_it_is_told(start: str, end: str, people: set[UUID]) -> None:
    away = (DutyException(day=date(2026, 1, 7)), DutyException(day=date(2026, 1, 8), persons=(BOB,)))
    log = asked(start, end, weekly((ANN, 8, 12), (BOB, 12, 18), exceptions=away)).add(BOOKED, CONFIRM)
    assert told(log) == {(CONFIRMED, person) for person in people}


def test_whose_duty_it_leaves_hears_of_the_move_and_who_gets_it_of_a_confirmed_one() -> None:
    log = asked().add(BOOKED, CONFIRM).add(BOOKED, moved("2026-01-06 14:00", "2026-01-06 16:00"))
    assert told(log) == {(MOVED, ANN), (CONFIRMED, BOB)}
    both = sentences({**of_kind(log, MOVED)[0], "resource": SEM})
    assert all(word in both for word in ("2026-01-06 09:00", "2026-01-06 14:00", "仪器占用"))
    log.add(BOOKED, GIVEN_UP, actor=BY_USER)
    assert told(log) == {(CANCELLED, BOB)}, "what was settled leaves the inbox"


def test_whose_duty_it_stays_in_hears_of_its_new_time_alone() -> None:
    log = asked().add(BOOKED, CONFIRM).add(BOOKED, moved("2026-01-06 08:00", "2026-01-06 10:00"))
    assert told(log) == {(MOVED, ANN)}


def test_what_was_never_confirmed_is_moved_refused_and_given_up_in_silence() -> None:
    for event in (GIVEN_UP, ReservationRejected(ground="own_needs", reason="占用"), ReservationExpired()):
        log = asked().add(BOOKED, moved("2026-01-06 14:00", "2026-01-06 16:00")).add(BOOKED, event)
        assert told(log) == set()


def test_what_has_to_be_approved_anew_is_told_again_when_it_is_or_as_given_up() -> None:
    again = some(ApprovalAsked, unit=UNIT, resource=SEM, user=USER, leader=None, step=1)
    log = asked().add(BOOKED, CONFIRM).add(BOOKED, moved("2026-01-06 09:00", "2026-01-06 13:00"), again)
    assert told(log) == set(), "nothing is certain"
    assert told(log.add(BOOKED, CONFIRM)) == {(CONFIRMED, ANN), (CONFIRMED, BOB)}
    log.add(BOOKED, again).add(BOOKED, ReservationRejected(ground="own_needs", reason="占用"))
    assert told(log) == {(CANCELLED, ANN), (CANCELLED, BOB)}


def test_after_a_new_roster_both_who_expected_it_and_who_is_on_duty_now_hear_that_it_is_given_up() -> None:
    log = asked().add(BOOKED, CONFIRM).add(SEM, weekly((BOB, 8, 18), roster_version=2))
    assert told(log.add(BOOKED, GIVEN_UP)) == {(CANCELLED, ANN), (CANCELLED, BOB)}


def test_nobody_is_told_of_their_own_deed_or_their_own_reservation() -> None:
    by_ann = Actor(user=ANN, role=Role.MANAGING_UNIT, unit=UNIT)
    assert told(asked().add(BOOKED, CONFIRM, actor=by_ann)) == set()
    own = asked("2026-01-06 09:00", "2026-01-06 11:00", weekly((USER, 8, 18)))
    assert told(own.add(BOOKED, CONFIRM, actor=CLERK)) == set()


def test_of_what_is_entered_after_it_took_place_nobody_is_told() -> None:
    log = asked().add(BOOKED, CONFIRM, occurred_at=at("2026-01-06 11:00"))
    assert told(log) == set()
    assert told(asked().add(BOOKED, CONFIRM, occurred_at=at("2026-01-06 10:59"))) == {(CONFIRMED, ANN)}


def test_with_the_instrument_the_roster_ends() -> None:
    handed = ResourceTransferred(
        to_unit=ident("other"), to_legal_person=ident("others"), from_unit=UNIT, asset_number="B-1", reason="划转"
    )
    assert told(asked().add(SEM, handed).add(BOOKED, CONFIRM)) == set()
    log = History(duty_rosters.MODEL).add(SEM, registered(), DAY, handed, occurred_at=at("2026-01-06 12:00"))
    written = log.row(duty_rosters.ROSTERS, SEM)
    rosters = duty_rosters.rosters_of(written["rosters"])
    days = [duty.span.start for duty in duties(rosters, at("2026-01-05 00:00"), at("2026-01-08 00:00"))]
    assert days == [at("2026-01-05 08:00"), at("2026-01-05 12:00")]
    assert set(written["people"]) == {str(ANN), str(BOB)}


def test_an_instrument_without_a_roster_has_no_row() -> None:
    handed = ResourceTransferred(
        to_unit=ident("other"), to_legal_person=ident("others"), from_unit=UNIT, asset_number="B-1", reason="划转"
    )
    assert History(duty_rosters.MODEL).add(SEM, registered(), handed).rows.all(duty_rosters.ROSTERS) == []
