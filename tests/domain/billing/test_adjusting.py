# SPDX-License-Identifier: Apache-2.0
"""A charge that the unit sets, or that follows a corrected record of use."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.billing import adjusting
from domain.billing.charge_events import AdjustmentDeclined, AdjustmentProposed, ChargeAdjusted, ChargeCorrected
from domain.billing.charging import by_month
from domain.billing.events import InvoiceVoided
from domain.billing.order import ORDER
from domain.kernel.errors import DomainError
from tests.domain.billing import examples as e
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given

FIRST, SECOND = UUID(int=21), UUID(int=22)
TARIFF = e.quote_of(("machine_time", 30000))


def adjust(amount_fen: int, *, above: int | None = None, past: Any = None, **facts: Any) -> Outcome:  # noqa: ANN401
    stated = {"tariff": TARIFF, "edition": JIANGSU, "lines": (e.line(amount_fen),), "by": FIRST, **facts}
    return given(ORDER, *(past or e.accepted_order())).when(
        adjusting.adjust, reason="设备漂移", second_person_above_fen=above, **stated
    )


def test_less_with_a_reason_is_charged_and_more_never() -> None:
    lower = adjust(40000).then(ChargeAdjusted(lines=(e.line(40000),), amount_fen=40000, reason="设备漂移"))
    assert (lower.state.amount_fen, lower.state.state) == (40000, "accepted")
    assert adjust(60000).refused is None
    adjust(60001).then_refused("billing.line_exceeds_tariff", "billing.exceeds_charge")
    adjust(1, lines=(e.line(1, "profit"),), edition=CHONGQING).then_refused(
        "billing.line_kind_not_allowed", "billing.line_exceeds_tariff"
    )


def test_after_the_bill_nothing_is_adjusted() -> None:
    adjust(1, past=e.invoiced_order()).then_refused("billing.wrong_state")


@pytest.mark.parametrize(("amount_fen", "proposed"), [(50000, False), (49999, True)])
def test_a_reduction_above_the_bound_waits_for_a_second_person(amount_fen: int, *, proposed: bool) -> None:
    outcome = adjust(amount_fen, above=10000)
    assert isinstance(outcome.events[0], AdjustmentProposed) == proposed
    assert outcome.state.amount_fen == (60000 if proposed else amount_fen)


def test_nobody_lowers_a_charge_of_their_own() -> None:
    adjust(40000, by=e.USER).then_refused("billing.own_charge")
    with pytest.raises(DomainError) as refused:
        adjusting.require_no_second_person(given(ORDER, *e.accepted_order()).state, 59999, None, by=e.USER)
    assert refused.value.codes == ("billing.own_charge",)
    past = (*e.accepted_order(), *adjust(1, above=0).events)
    decide: dict[str, Any] = {"reason": "核实", "edition": JIANGSU, "approved": True, "by": e.USER}
    given(ORDER, *past).when(adjusting.decide, **decide).then_refused("billing.own_charge")


def test_another_person_agrees_or_declines() -> None:
    past = (*e.accepted_order(), *adjust(1, above=0).events)
    decide: dict[str, Any] = {"reason": "核实", "edition": JIANGSU}
    waiting = given(ORDER, *past)
    waiting.when(adjusting.decide, approved=True, by=FIRST, **decide).then_refused("billing.same_person")
    declined = waiting.when(adjusting.decide, approved=False, by=SECOND, **decide)
    declined.then(AdjustmentDeclined(reason="核实"))
    assert (declined.state.proposed, declined.state.amount_fen) == (None, 60000)
    agreed = waiting.when(adjusting.decide, approved=True, by=SECOND, **decide)
    assert (agreed.state.amount_fen, agreed.state.adjusted.proposed_by) == (1, FIRST)
    nothing = given(ORDER, *e.accepted_order())
    nothing.when(adjusting.decide, approved=True, by=SECOND, **decide).then_refused("billing.no_adjustment_proposed")


@pytest.mark.parametrize(("amount_fen", "state"), [(60000, "accepted"), (60001, "delivered")])
def test_a_dearer_correction_is_accepted_again(amount_fen: int, state: str) -> None:
    charge = e.charge_of(e.line(amount_fen))
    stated = {"used_on": e.DAY, "used_minutes": 121, "samples": 0, "charge": charge, "reason": "更正"}
    outcome = given(ORDER, *e.accepted_order()).when(adjusting.correct, **stated)
    assert isinstance(outcome.events[0], ChargeCorrected)
    assert (outcome.state.state, outcome.state.amount_fen, outcome.state.used_minutes) == (state, amount_fen, 121)
    given(ORDER, *e.invoiced_order()).when(adjusting.correct, **stated).then_refused("billing.wrong_state")


@pytest.mark.parametrize(("amount_fen", "state"), [(40000, "accepted"), (40001, "delivered"), (60000, "delivered")])
def test_an_adjustment_taken_back_after_it_was_accepted_is_accepted_again(amount_fen: int, state: str) -> None:
    """What the customer accepted was the lower amount: nobody is billed more than that unasked."""
    lowered = ChargeAdjusted(lines=(e.line(40000),), amount_fen=40000, reason="设备漂移")
    past = (*e.accepted_order()[:-1], lowered, e.accepted_order()[-1])
    outcome = adjust(amount_fen, past=past)
    assert (outcome.state.state, outcome.state.amount_fen) == (state, amount_fen)


@pytest.mark.parametrize(("amount_fen", "refused"), [(50000, False), (49999, True), (0, True)])
def test_steps_below_the_bound_do_not_add_up_to_more_without_a_second_person(amount_fen: int, *, refused: bool) -> None:
    """Adjusted by 1 yuan less than the bound, then billed lower again: the whole reduction counts."""
    lowered = ChargeAdjusted(lines=(e.line(50001),), amount_fen=50001, reason="设备漂移")
    order = given(ORDER, *e.accepted_order(), lowered).state
    if refused:
        with pytest.raises(DomainError) as error:
            adjusting.require_no_second_person(order, amount_fen, 10000, by=FIRST)
        assert error.value.codes == ("billing.second_person_needed",)
    else:
        adjusting.require_no_second_person(order, amount_fen, 10000, by=FIRST)


@pytest.mark.parametrize(("amount_fen", "refused"), [(20000, False), (19999, True)])
def test_what_a_second_person_agreed_to_is_where_the_next_reduction_begins(amount_fen: int, *, refused: bool) -> None:
    agreed = ChargeAdjusted(lines=(e.line(30000),), amount_fen=30000, reason="设备漂移", proposed_by=FIRST)
    order = given(ORDER, *e.accepted_order(), agreed).state
    if refused:
        with pytest.raises(DomainError):
            adjusting.require_no_second_person(order, amount_fen, 10000, by=FIRST)
    else:
        adjusting.require_no_second_person(order, amount_fen, 10000, by=FIRST)


def test_an_adjustment_outlives_a_voided_bill_and_gives_way_to_a_correction() -> None:
    adjusted = ChargeAdjusted(lines=(e.line(100),), amount_fen=100, reason="设备漂移")
    billed = (*e.accepted_order(), adjusted, e.invoiced(e.line(100)))
    state = given(ORDER, *billed, InvoiceVoided(reason="x", voucher_restored_fen=0, entries=())).state
    assert (state.state, state.amount_fen) == ("accepted", 100)


@examples(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(0, 10**7))
def test_a_sum_is_spread_over_the_lines_exactly(amounts: list[int], amount_fen: int) -> None:
    spread = adjusting.spread(tuple(e.line(amount) for amount in amounts), amount_fen)
    assert sum(line.amount_fen for line in spread) == amount_fen


@examples(st.integers(0, 10**7), st.integers(1, 5000), st.integers(1, 5000))
def test_parting_by_month_keeps_the_sum(amount_fen: int, before: int, after: int) -> None:
    parted = by_month((e.line(amount_fen),), [{"2026-03": before, "2026-04": after}])
    assert sum(line.amount_fen for line in parted) == amount_fen
    assert [line.description for line in parted] == ["2026-03", "2026-04"]
