# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.contracts import performing
from domain.contracts.claims import claims_of, series_of
from domain.contracts.contract import CONTRACT
from domain.contracts.events import (
    ContractFulfilled,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
    TechnicalContractRegistered,
)
from domain.kernel.claims import NextNumber
from tests.domain.contracts.samples import BY_BOTH, BY_ONE, CONTRACT_ID, DRAFTED, REGISTERED
from tests.domain.editions import JIANGSU
from tests.domain.given import given

ORDER = UUID("00000000-0000-4000-8000-000000000030")
USE = UUID("00000000-0000-4000-8000-000000000010")


def registering(registered_on: date = date(2026, 3, 1)) -> dict[str, Any]:
    return {
        "registration_number": "2026320101000123",
        "registered_on": registered_on,
        "edition": JIANGSU,
        "today": date(2026, 3, 1),
    }


def test_JS_18_3_registration_comes_only_after_both_signatures() -> None:
    given(CONTRACT, *BY_ONE).when(performing.register, **registering()).then_refused("contracts.not_signed_by_both")
    state = given(CONTRACT, *BY_BOTH).when(performing.register, **registering()).then(REGISTERED).state
    assert (state.state, state.in_force) == ("registered", True)


def test_JS_18_3_registration_is_never_required() -> None:
    given(CONTRACT, *BY_BOTH).when(performing.fulfil, uses=0, listed=0, open_call_offs=()).then(ContractFulfilled())


def test_a_registration_is_not_dated_ahead() -> None:
    given(CONTRACT, *BY_BOTH).when(performing.register, **registering(date(2026, 3, 2))).then_refused(
        "contracts.date_in_future"
    )


def test_a_contract_is_fulfilled_when_every_call_off_is_settled() -> None:
    for past in (BY_BOTH, (*BY_BOTH, REGISTERED)):
        outcome = given(CONTRACT, *past).when(performing.fulfil, uses=2, listed=2, open_call_offs=())
        state = outcome.then(ContractFulfilled()).state
        assert (state.state, state.in_force) == ("fulfilled", False)


def test_an_open_or_hidden_call_off_stands_in_the_way() -> None:
    given(CONTRACT, *BY_BOTH).when(performing.fulfil, uses=2, listed=1, open_call_offs=(USE,)).then_refused(
        "contracts.call_offs_missing", "contracts.call_off_open"
    )
    given(CONTRACT, *BY_ONE).when(performing.fulfil, uses=0, listed=0, open_call_offs=()).then_refused(
        "contracts.wrong_state"
    )


DISPUTE = DisputeOpened(opened_by="user", reason="数据不符", orders=(ORDER,))
RESOLVED = DisputeResolved(body="仲裁委员会", outcome="补测一次")


@pytest.mark.parametrize(
    ("past", "former", "in_force"),
    [
        (BY_BOTH, "signed_by_both", True),
        ((*BY_BOTH, REGISTERED), "registered", True),
        ((*BY_BOTH, ContractFulfilled()), "fulfilled", False),
    ],
)
def test_a_resolved_dispute_returns_to_the_former_state(
    past: tuple[Any, ...],
    former: str,
    in_force: bool,  # noqa: FBT001 - an example
) -> None:
    outcome = given(CONTRACT, *past).when(performing.open_dispute, by="user", reason="数据不符", orders=(ORDER,))
    disputed = outcome.then(DISPUTE).state
    assert (disputed.state, disputed.in_force, disputed.disputed_orders) == ("disputed", in_force, (ORDER,))
    resolved = given(CONTRACT, *past, DISPUTE).when(performing.resolve_dispute, body="仲裁委员会", outcome="补测一次")
    state = resolved.then(RESOLVED).state
    assert (state.state, state.disputed_orders) == (former, ())


def test_there_is_no_dispute_over_a_draft_and_nothing_to_resolve_without_one() -> None:
    given(CONTRACT, DRAFTED).when(performing.open_dispute, by="user", reason="x", orders=()).then_refused(
        "contracts.wrong_state"
    )
    given(CONTRACT, *BY_BOTH).when(performing.resolve_dispute, body="x", outcome="y").then_refused(
        "contracts.wrong_state"
    )


def ending(by: str, recorded_by: str = "user") -> dict[str, Any]:
    return {"by": by, "recorded_by": recorded_by, "reason": "提前结题"}


@pytest.mark.parametrize(
    ("past", "by", "code"),
    [
        (BY_BOTH, "user", None),
        ((*BY_BOTH, REGISTERED), "both", None),
        ((*BY_BOTH, DISPUTE), "both", None),
        ((*BY_BOTH, DISPUTE), "dispute_body", None),
        (BY_BOTH, "provider", "not_your_side"),
        (BY_BOTH, "dispute_body", "no_dispute"),
        ((*BY_BOTH, DISPUTE), "user", "dispute_binds_both"),
        (BY_ONE, "user", "wrong_state"),
        ((*BY_BOTH, ContractFulfilled()), "both", "wrong_state"),
    ],
)
def test_who_can_end_a_contract(past: tuple[Any, ...], by: Any, code: str | None) -> None:  # noqa: ANN401 - a word
    outcome = given(CONTRACT, *past).when(performing.terminate, **ending(by))
    if code:
        outcome.then_refused(f"contracts.{code}")
    else:
        state = outcome.then(ContractTerminated(by=by, reason="提前结题")).state
        assert (state.state, state.in_force) == ("terminated", False)


def test_a_contract_takes_the_next_number_of_its_series() -> None:
    assert series_of("JS-U01", 2026) == "HT-JS-U01-2026"
    assert claims_of(CONTRACT_ID, DRAFTED) == [NextNumber("HT-JS-U01-2026", 1)]
    assert claims_of(CONTRACT_ID, TechnicalContractRegistered(**REGISTERED.model_dump())) == []
