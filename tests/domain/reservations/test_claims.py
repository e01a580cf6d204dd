# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest

from domain.kernel.claims import Claim, DrawWithin, HoldSlot, MoveSlot, ReleaseSlot, TakeKey
from domain.kernel.event import Event
from domain.reservations.claims import USES_CAP, claims_of, uses_account
from domain.reservations.events import (
    NoShowRecorded,
    ReservationCancelled,
    ReservationExpired,
    ReservationRejected,
    ReservationRescheduled,
    UsageAborted,
    UserRatingRecorded,
)
from domain.reservations.reservation import RESERVATION
from tests.domain.reservations.samples import (
    COMPLETED,
    CONFIRMED,
    CONTRACT,
    QUOTE,
    REQUESTED,
    RESERVATION_ID,
    RESOURCE,
    STARTED,
    UNIT,
    asked,
    at,
    span,
)


def test_JS_16_1_a_request_holds_its_lane_with_set_up_and_clean_down() -> None:
    assert claims_of(RESERVATION_ID, REQUESTED) == [HoldSlot(RESERVATION_ID, RESOURCE, 1, at(8, 50), at(11, 20))]


def test_an_imported_request_takes_its_foreign_identity() -> None:
    claims = claims_of(RESERVATION_ID, asked(external_id="lims:4711"))
    assert claims[1:] == [TakeKey("reservation.external_id", f"{UNIT}:lims:4711", RESERVATION_ID)]


def test_a_move_updates_the_slot_it_holds() -> None:
    moved = ReservationRescheduled(
        span=span(at(14), at(16)),
        held=span(at(13, 50), at(16, 20)),
        lane=2,
        quote=QUOTE,
        opening_version=1,
        reason="样品未到",
    )
    assert claims_of(RESERVATION_ID, moved) == [MoveSlot(RESERVATION_ID, 2, at(13, 50), at(16, 20))]


@pytest.mark.parametrize(
    "event",
    [
        ReservationRejected(ground="own_needs", reason="本单位使用"),
        ReservationCancelled(by="user", reason="延误"),
        ReservationExpired(),
        NoShowRecorded(),
        COMPLETED,
        UsageAborted(started_at=at(9), ended_at=at(10), used_minutes=60, ground="fault", reason="停机"),
    ],
)
def test_every_end_gives_the_slot_back(event: Event) -> None:
    assert claims_of(RESERVATION_ID, event) == [ReleaseSlot(RESERVATION_ID)]


def test_a_use_counts_under_its_contract() -> None:
    assert claims_of(RESERVATION_ID, STARTED) == [DrawWithin(uses_account(CONTRACT), USES_CAP, 1)]
    assert claims_of(RESERVATION_ID, STARTED.model_copy(update={"contract": None})) == []


def test_what_neither_begins_nor_ends_claims_nothing() -> None:
    nothing: list[Claim] = []
    assert claims_of(RESERVATION_ID, CONFIRMED) == nothing
    assert claims_of(RESERVATION_ID, UserRatingRecorded(score=Decimal(5))) == nothing


def test_every_event_of_a_reservation_folds() -> None:
    assert len({event.TYPE for event in RESERVATION.events}) == len(RESERVATION.events) >= 22
