# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from typing import Any

from domain.reservations import records
from domain.reservations.events import UsageCorrected, UserRatingRecorded
from domain.reservations.reservation import RESERVATION
from tests.domain.given import given
from tests.domain.reservations.samples import COMPLETED, CONFIRMED, REQUESTED, STARTED, at

IN_USE = (REQUESTED, CONFIRMED, STARTED)


def test_a_use_has_one_rating_and_a_later_one_is_a_new_event() -> None:
    first = UserRatingRecorded(score=Decimal("4.5"), comment="好")
    past = (*IN_USE, COMPLETED)
    given(RESERVATION, *past).when(records.rate, score=Decimal("4.5"), comment="好").then(first)
    second = UserRatingRecorded(score=Decimal("3.0"), comment="")
    outcome = given(RESERVATION, *past, first).when(records.rate, score=Decimal("3.0"), comment="").then(second)
    assert outcome.state.rating == Decimal("3.0")
    given(RESERVATION, *IN_USE).when(records.rate, score=Decimal(5), comment="").then_refused(
        "reservations.wrong_state"
    )


def correcting(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    facts = {
        "started_at": at(9, 15),
        "ended_at": at(10, 45),
        "used_minutes": None,
        "samples": 2,
        "contract_in_force_from": at(9),
        "reason": "按设备日志更正",
        "now": at(15),
    }
    return {**facts, **changes}


def test_a_record_is_corrected_and_the_original_stays() -> None:
    expected = UsageCorrected(
        started_at=at(9, 15), ended_at=at(10, 45), used_minutes=90, samples=2, reason="按设备日志更正"
    )
    state = given(RESERVATION, *IN_USE, COMPLETED).when(records.correct, **correcting()).then(expected).state
    assert (state.state, state.used_minutes, state.started_at) == ("completed", 90, at(9, 15))


def test_a_correction_cannot_heal_a_use_without_a_contract() -> None:
    past = (*IN_USE, COMPLETED)
    given(RESERVATION, *past).when(records.correct, **correcting(started_at=at(8, 59))).then_refused(
        "reservations.contract_not_in_force"
    )
    given(RESERVATION, *past).when(
        records.correct, **correcting(started_at=at(8, 59), contract_in_force_from=None)
    ).then(
        UsageCorrected(started_at=at(8, 59), ended_at=at(10, 45), used_minutes=106, samples=2, reason="按设备日志更正")
    )


def test_only_a_completed_use_is_corrected() -> None:
    given(RESERVATION, *IN_USE).when(records.correct, **correcting()).then_refused("reservations.wrong_state")
