# SPDX-License-Identifier: Apache-2.0
from datetime import datetime
from typing import Any

import pytest

from domain.reservations import usage
from domain.reservations.events import UsageAborted, UsageCompleted, UsageStarted
from domain.reservations.facts import ContractStanding
from domain.reservations.reservation import RESERVATION
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.reservations.samples import CONFIRMED, CONTRACT, REQUESTED, STAFF, STARTED, asked, at

SIGNED = ContractStanding(contract=CONTRACT, in_force_from=at(12, day=1), covers=True)


NINE, ELEVEN = at(9), at(11)


def starting(started_at: datetime = NINE, **changes: Any) -> dict[str, object]:  # noqa: ANN401 - any fact
    facts: dict[str, object] = {
        "started_at": started_at,
        "contract": SIGNED,
        "resource_state": "published",
        "customs_valid": True,
        "operated_by": STAFF,
        "edition": JIANGSU,
        "now": at(11),
    }
    return {**facts, **changes}


def started(at_: datetime, contract: Any = CONTRACT) -> UsageStarted:  # noqa: ANN401 - an id or none
    return UsageStarted(started_at=at_, contract=contract, operated_by=STAFF)


def test_use_begins_under_a_contract() -> None:
    state = given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting()).then(started(at(9))).state
    assert (state.state, state.contract, state.started_at) == ("in_use", CONTRACT, at(9))


@pytest.mark.parametrize(
    ("in_force_from", "start", "accepted"),
    [
        (None, at(10), False),
        (at(10), at(9, 59, 59), False),
        (at(10), at(10), True),
    ],
)
def test_JS_18_1_use_starts_from_the_second_signature_on(
    in_force_from: datetime | None,
    start: datetime,
    accepted: bool,  # noqa: FBT001 - an example
) -> None:
    contract = ContractStanding(contract=CONTRACT, in_force_from=in_force_from, covers=True)
    outcome = given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting(start, contract=contract))
    if accepted:
        outcome.then(started(start))
    else:
        (violation,) = outcome.then_refused("reservations.contract_not_in_force").violations
        assert violation.citation is not None
        assert violation.citation.article == "JS 18"


def test_JS_18_1_use_for_others_needs_a_contract_that_covers_it() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting(contract=None)).then_refused(
        "reservations.contract_missing"
    )
    other = ContractStanding(contract=CONTRACT, in_force_from=at(8), covers=False)
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting(contract=other)).then_refused(
        "reservations.contract_does_not_cover"
    )


def test_a_silent_regulation_keeps_the_contract_until_the_authority_decides_otherwise() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(
        usage.start, **starting(contract=None, edition=CHONGQING)
    ).then_refused("reservations.contract_missing")
    waived = with_value(CHONGQING, "contract.mandatory", False)  # noqa: FBT003 - the value of the parameter
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting(contract=None, edition=waived)).then(
        started(at(9), None)
    )


def test_own_use_needs_no_contract() -> None:
    given(RESERVATION, asked(external=False), CONFIRMED).when(usage.start, **starting(contract=None)).then(
        started(at(9), None)
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (starting(at(8, 34, 59)), "too_early"),
        (starting(at(11)), "time_is_over"),
        (starting(at(10), now=at(9)), "start_in_future"),
        (starting(resource_state="suspended"), "resource_not_published"),
        (starting(customs_valid=False, edition=CHONGQING), "customs_condition_not_valid"),
    ],
)
def test_use_does_not_begin_otherwise(facts: dict[str, object], code: str) -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **facts).then_refused(f"reservations.{code}")


def test_use_may_begin_a_quarter_before_the_time_held() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.start, **starting(at(8, 35))).then(started(at(8, 35)))


def test_only_a_confirmed_reservation_begins() -> None:
    given(RESERVATION, REQUESTED).when(usage.start, **starting()).then_refused("reservations.wrong_state")


def ending(ended_at: datetime = ELEVEN, used_minutes: int | None = None) -> dict[str, Any]:
    return {"ended_at": ended_at, "used_minutes": used_minutes, "now": at(11)}


DETAILS: dict[str, Any] = {"samples": 3, "persons": 2, "successful": True, "note": ""}
IN_USE = (REQUESTED, CONFIRMED, STARTED)


@pytest.mark.parametrize(("stated", "used"), [(None, 120), (90, 90), (0, 0), (120, 120)])
def test_minutes_are_measured_unless_fewer_were_used(stated: int | None, used: int) -> None:
    expected = UsageCompleted(started_at=at(9), ended_at=at(11), used_minutes=used, samples=3, persons=2)
    outcome = given(RESERVATION, *IN_USE).when(usage.complete, **ending(used_minutes=stated), **DETAILS)
    state = outcome.then(expected).state
    assert (state.state, state.used_minutes, state.samples, state.persons) == ("completed", used, 3, 2)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (ending(at(11, 1)), "end_in_future"),
        (ending(at(9)), "ends_before_start"),
        (ending(at(8), 10), "ends_before_start"),
        (ending(used_minutes=121), "more_than_measured"),
    ],
)
def test_a_record_that_cannot_be_is_refused(facts: dict[str, Any], code: str) -> None:
    given(RESERVATION, *IN_USE).when(usage.complete, **facts, **DETAILS).then_refused(f"reservations.{code}")


def test_only_a_use_in_progress_ends() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.complete, **ending(), **DETAILS).then_refused(
        "reservations.wrong_state"
    )
    facts = {**ending(), "ground": "fault", "reason": "停机"}
    given(RESERVATION, REQUESTED, CONFIRMED).when(usage.abort, **facts).then_refused("reservations.wrong_state")


def test_a_use_broken_off_keeps_its_minutes() -> None:
    facts = {**ending(at(9, 40)), "ground": "fault", "reason": "真空泵停机"}
    expected = UsageAborted(started_at=at(9), ended_at=at(9, 40), used_minutes=40, ground="fault", reason="真空泵停机")
    state = given(RESERVATION, *IN_USE).when(usage.abort, **facts).then(expected).state
    assert (state.state, state.used_minutes) == ("aborted", 40)
