# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.catalogue import claims_of
from domain.contracts import calling_off, performing, using_call_off
from domain.contracts.call_off import CALL_OFF
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled, CallOffUsed
from domain.contracts.calling_off import Order
from domain.contracts.claims import FROM, NO_CEILING, UNTIL, ceiling_account, running_account
from domain.contracts.contract import CONTRACT
from domain.contracts.events import ContractFulfilled
from domain.contracts.performing_events import CallOffsClosed
from domain.contracts.using_call_off import Outcome, Use
from domain.kernel.claims import Draw, DrawUpTo, DrawWithin, HoldSlot, ReleaseSlot
from tests.domain.contracts.samples import CONTRACT_ID, NUMBER, RESOURCE, drafted, signed, terms
from tests.domain.editions import JIANGSU
from tests.domain.given import given

FRAMEWORK = drafted(terms(framework=True, resources=(RESOURCE,), ceiling_fen=1_000_000))
IN_FORCE = (FRAMEWORK, signed("provider", of=FRAMEWORK), signed("user", of=FRAMEWORK))
TODAY, RESERVATION, ANOTHER = date(2026, 3, 2), UUID(int=31), UUID(int=32)
STREAM = UUID(int=30)


def order(**changes: Any) -> Order:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {
        "resource": RESOURCE,
        "minutes": 600,
        "ceiling_fen": 400_000,
        "valid_from": TODAY,
        "valid_until": date(2026, 6, 30),
        **changes,
    }
    return Order(**facts)


def placing(wanted: Order, **changes: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:  # noqa: ANN401
    facts = {"number": f"{NUMBER}-D-000001", "by": "user", "left_fen": 1_000_000, "today": TODAY, "edition": JIANGSU}
    return (CONTRACT_ID, wanted), {**facts, **changes}


def placed(**changes: Any) -> CallOffPlaced:  # noqa: ANN401 - any field
    args, facts = placing(order(**changes))
    [event] = given(CONTRACT, *IN_FORCE).when(calling_off.place, *args, **facts).events
    assert isinstance(event, CallOffPlaced)
    return event


def begun(**changes: Any) -> Use:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {
        "reservation": RESERVATION,
        "resource": RESOURCE,
        "on": date(2026, 3, 3),
        "minutes": 120,
        "samples": 0,
        "quoted_fen": 60_000,
        **changes,
    }
    return Use(**facts)


USED = CallOffUsed(reservation=RESERVATION, minutes=120, samples=0, quoted_fen=60_000)


@pytest.mark.parametrize(
    ("changes", "left", "broken"),
    [
        ({}, 400_000, ()),
        ({}, 399_999, ("contracts.call_off_beyond_ceiling",)),
        ({}, None, ()),
        ({"valid_until": date(2026, 12, 31)}, 400_000, ()),
        ({"valid_until": date(2027, 1, 1)}, 400_000, ("contracts.call_off_outside_period",)),
        ({"valid_from": date(2026, 2, 28)}, 400_000, ("contracts.call_off_outside_period",)),
        ({"valid_until": TODAY}, 400_000, ()),
        (
            {"valid_from": date(2026, 3, 1), "valid_until": date(2026, 3, 1)},
            400_000,
            ("contracts.call_off_period_over",),
        ),
        ({"resource": UUID(int=77)}, 400_000, ("contracts.call_off_other_resource",)),
        ({"minutes": None}, 400_000, ("contracts.call_off_without_quantity",)),
        ({"minutes": None, "samples": 3}, 400_000, ()),
        ({"minutes": None, "reservation": RESERVATION}, 400_000, ()),
        (
            {"minutes": None, "resource": UUID(int=77)},
            1,
            (
                "contracts.call_off_other_resource",
                "contracts.call_off_without_quantity",
                "contracts.call_off_beyond_ceiling",
            ),
        ),
    ],
)
def test_what_may_be_ordered_under_a_framework(
    changes: dict[str, Any], left: int | None, broken: tuple[str, ...]
) -> None:
    args, facts = placing(order(**changes), left_fen=left)
    outcome = given(CONTRACT, *IN_FORCE).when(calling_off.place, *args, **facts)
    if broken:
        outcome.then_refused(*broken)
    else:
        assert outcome.refused is None


def test_only_a_framework_in_force_takes_call_offs() -> None:
    args, facts = placing(order())
    given(CONTRACT, *IN_FORCE[:2]).when(calling_off.place, *args, **facts).then_refused("contracts.wrong_state")
    plain = drafted(terms(ceiling_fen=1_000_000))
    both = (plain, signed("provider", of=plain), signed("user", of=plain))
    given(CONTRACT, *both).when(calling_off.place, *args, **facts).then_refused("contracts.not_a_framework")


@pytest.mark.parametrize(
    ("ordered", "use", "broken"),
    [
        ({}, {}, None),
        ({"minutes": 120}, {}, None),
        ({"minutes": 119}, {}, "contracts.call_off_used_up"),
        ({"ceiling_fen": 60_000}, {}, None),
        ({"ceiling_fen": 59_999}, {}, "contracts.call_off_used_up"),
        ({"samples": 2}, {"samples": 3}, "contracts.call_off_used_up"),
        ({}, {"resource": UUID(int=77)}, "contracts.call_off_for_something_else"),
        ({"reservation": ANOTHER}, {}, "contracts.call_off_for_something_else"),
        ({"reservation": RESERVATION}, {}, None),
        ({}, {"on": date(2026, 6, 30)}, None),
        ({}, {"on": date(2026, 7, 1)}, "contracts.call_off_not_valid"),
        ({}, {"on": date(2026, 3, 1)}, "contracts.call_off_not_valid"),
    ],
)
def test_a_use_takes_of_what_was_ordered(ordered: dict[str, Any], use: dict[str, Any], broken: str | None) -> None:
    outcome = given(CALL_OFF, placed(**ordered)).when(using_call_off.use, begun(**use), edition=JIANGSU)
    if broken:
        outcome.then_refused(broken)
    else:
        assert outcome.refused is None


def test_several_uses_share_one_call_off() -> None:
    first = placed(minutes=200)
    given(CALL_OFF, first, USED).when(
        using_call_off.use, begun(reservation=ANOTHER, minutes=81), edition=JIANGSU
    ).then_refused("contracts.call_off_used_up")
    assert (
        not given(CALL_OFF, first, USED)
        .when(using_call_off.use, begun(reservation=ANOTHER, minutes=80), edition=JIANGSU)
        .refused
    )


def test_one_that_was_never_used_is_cancelled_and_one_that_was_is_settled() -> None:
    fresh = given(CALL_OFF, placed())
    fresh.when(calling_off.cancel, by="user", reason="样品未到").then(
        CallOffCancelled(contract=CONTRACT_ID, cancelled_by="user", released_fen=400_000, reason="样品未到")
    )
    given(CALL_OFF, placed(), USED).when(calling_off.cancel, by="user", reason="x").then_refused(
        "contracts.call_off_in_use"
    )
    contract = given(CONTRACT, *IN_FORCE).state
    given(CALL_OFF, placed()).when(using_call_off.settle, contract, [], left_fen=0).then_refused(
        "contracts.call_off_never_used"
    )


@pytest.mark.parametrize(
    ("charged", "closed", "left", "broken"),
    [
        (50_000, True, 0, None),
        (400_000, True, 0, None),
        (400_001, True, 1, None),
        (400_001, True, 0, "contracts.call_off_beyond_ceiling"),
        (50_000, False, 0, "contracts.call_off_open"),
    ],
)
def test_settling(charged: int, closed: bool, left: int, broken: str | None) -> None:  # noqa: FBT001 - data
    contract = given(CONTRACT, *IN_FORCE).state
    outcome = given(CALL_OFF, placed(), USED).when(
        using_call_off.settle, contract, [Outcome(RESERVATION, closed, charged)], left_fen=left
    )
    if broken:
        outcome.then_refused(broken)
    else:
        outcome.then(
            CallOffSettled(contract=CONTRACT_ID, ceiling_fen=400_000, used_fen=charged, framework_ceiling_fen=1_000_000)
        )


def test_what_call_offs_hold_of_the_ceiling() -> None:
    ceiling, running = ceiling_account(CONTRACT_ID), running_account(CONTRACT_ID)
    ended = [Draw(running, -1), ReleaseSlot(STREAM)]
    assert DrawUpTo(ceiling, 1_000_000, 400_000) in claims_of(STREAM, placed())
    assert HoldSlot(STREAM, CONTRACT_ID, 1, FROM, UNTIL) in claims_of(STREAM, placed())
    unlimited = placed().model_copy(update={"framework_ceiling_fen": None})
    assert DrawUpTo(ceiling, NO_CEILING, 400_000) in claims_of(STREAM, unlimited)
    settled = CallOffSettled(
        contract=CONTRACT_ID, ceiling_fen=400_000, used_fen=150_000, framework_ceiling_fen=1_000_000
    )
    assert list(claims_of(STREAM, settled)) == [*ended, Draw(ceiling, -250_000)]
    more = settled.model_copy(update={"used_fen": 400_500})
    assert list(claims_of(STREAM, more)) == [*ended, DrawUpTo(ceiling, 1_000_000, 500)]
    cancelled = CallOffCancelled(contract=CONTRACT_ID, cancelled_by="user", released_fen=400_000, reason="x")
    assert list(claims_of(STREAM, cancelled)) == [*ended, Draw(ceiling, -400_000)]
    [closing] = claims_of(CONTRACT_ID, CallOffsClosed())
    assert isinstance(closing, DrawWithin)
    assert closing.amount == closing.cap


def test_a_framework_is_fulfilled_once_no_call_off_runs() -> None:
    facts: dict[str, Any] = {"uses": 0, "listed": 0, "open_call_offs": ()}
    given(CONTRACT, *IN_FORCE).when(performing.fulfil, **facts, running_orders=1).then_refused(
        "contracts.call_offs_running"
    )
    given(CONTRACT, *IN_FORCE).when(performing.fulfil, **facts, running_orders=0).then(
        CallOffsClosed(), ContractFulfilled()
    )
