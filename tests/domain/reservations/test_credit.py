# SPDX-License-Identifier: Apache-2.0
"""A credit line, and a time that was used already, on both sides of their boundary."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules
from domain.reservations.admission import admit
from domain.reservations.facts import Conduct, Debt, House
from tests.domain.editions import JIANGSU
from tests.domain.reservations.samples import ASKER, NOW, OFFER, WISH

CREDIT = {"limit_fen": 100_000, "by_tag": {"partner": 500_000, "slow": 50_000}}
LINES = [
    ((), 100_000, True),
    ((), 100_001, False),
    (("partner",), 500_000, True),
    (("partner",), 500_001, False),
    (("slow",), 100_000, True),
    (("slow", "partner"), 500_000, True),
]


def house(unpaid_fen: int | None) -> House:
    rules = HouseRules.model_validate({"credit": CREDIT})
    debt = None if unpaid_fen is None else Debt(unpaid_fen=unpaid_fen, bills=("ZD-1",))
    return House(rules=rules, resource=None, unit=rules, resource_version=None, unit_version=3, debt=debt)


def judged(unpaid_fen: int | None, tags: tuple[str, ...] = (), *, staff: bool = False, **wish: Any) -> tuple[str, ...]:  # noqa: ANN401
    asker = replace(ASKER, staff=staff, conduct=Conduct(tags=frozenset(tags)))
    stated = replace(WISH, **wish)
    return admit(
        wish=stated, asker=asker, offer=replace(OFFER, house=house(unpaid_fen)), edition=JIANGSU, now=NOW
    ).overridden


@pytest.mark.parametrize(("tags", "unpaid_fen", "accepted"), LINES)
def test_more_than_the_line_unpaid_refuses_with_what_to_pay(
    tags: tuple[str, ...],
    unpaid_fen: int,
    accepted: bool,  # noqa: FBT001
) -> None:
    if accepted:
        assert judged(unpaid_fen, tags) == ()
        return
    with pytest.raises(DomainError) as refused:
        judged(unpaid_fen, tags)
    [told] = refused.value.violations
    assert (told.code, told.parameters["to_pay_fen"]) == ("reservations.credit_line_exceeded", 1)
    assert (told.parameters["unpaid_fen"], told.parameters["bills"]) == (unpaid_fen, "ZD-1")
    assert (told.parameters["unit_rules"], told.overridable_by) == ("3", "managing_unit")


def test_the_unit_sets_it_aside_with_a_reason_and_own_people_owe_nothing() -> None:
    why = {"reservations.credit_line_exceeded": "已承诺付款"}
    assert judged(200_000, staff=True, overrides=why) == ("reservations.credit_line_exceeded",)
    assert judged(None) == ()


def test_what_took_place_is_not_undone_by_a_debt() -> None:
    assert judged(200_000, entered_afterwards=True) == ()


@pytest.mark.parametrize(("uses", "accepted"), [((), True), ((UUID(int=7),), False)])
def test_a_use_entered_needs_a_lane_that_no_other_use_took(uses: tuple[UUID, ...], accepted: bool) -> None:  # noqa: FBT001
    past = replace(WISH, entered_afterwards=True)
    offer = replace(OFFER, full_of=uses)
    if accepted:
        admit(wish=past, asker=ASKER, offer=offer, edition=JIANGSU, now=NOW)
        return
    with pytest.raises(DomainError) as refused:
        admit(wish=past, asker=ASKER, offer=offer, edition=JIANGSU, now=NOW)
    [told] = refused.value.violations
    assert (told.code, told.parameters["duplicates"]) == ("reservations.overlaps_use", str(uses[0]))
