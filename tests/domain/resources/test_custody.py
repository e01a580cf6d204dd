# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

from domain.resources import custody as decide
from domain.resources.events import (
    OperationAuthorisationEnded,
    OperationAuthorised,
    ResourceReassigned,
    ResourceTransferred,
    ResourceWithdrawn,
)
from domain.resources.resource import RESOURCE
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import OPERATOR, OTHER_UNIT, OWNER, UNIT, history

FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
AUTHORISED = OperationAuthorised(operator=OPERATOR, scope="运行", valid_from=FIRST, valid_until=LAST)
MEASURE: dict[str, Any] = {
    "to_unit": OTHER_UNIT,
    "to_legal_person": OPERATOR,
    "decision_reference": "苏科发〔2026〕21号",
    "reason": "连续两年不合格",
}


def test_JS_23_1_an_operator_changes_neither_owner_nor_unit() -> None:
    outcome = given(RESOURCE, *history("published")).when(
        decide.authorise_operator,
        operator=OPERATOR,
        operator_is_branch=False,
        scope="运行",
        valid_from=FIRST,
        valid_until=LAST,
    )
    state = outcome.then(AUTHORISED).state
    assert (state.legal_person, state.unit) == (OWNER, UNIT)
    assert state.operates(OPERATOR, date(2021, 12, 31))
    assert not state.operates(OPERATOR, date(2022, 1, 1))
    assert not state.operates(OWNER, date(2021, 12, 31))


def test_CQ_15_1_an_operator_is_another_legal_person_for_a_period() -> None:
    given(RESOURCE, *history("published")).when(
        decide.authorise_operator,
        operator=OWNER,
        operator_is_branch=True,
        scope="运行",
        valid_from=LAST,
        valid_until=FIRST,
    ).then_refused(
        "resources.operator_not_a_legal_person", "resources.operator_is_owner", "resources.ends_before_start"
    )


def test_an_authorisation_ends_at_once() -> None:
    ended = OperationAuthorisationEnded(operator=OPERATOR, reason="协议终止")
    outcome = given(RESOURCE, *history("published"), AUTHORISED).when(
        decide.dismiss_operator, operator=OPERATOR, reason="协议终止"
    )
    assert not outcome.then(ended).state.operates(OPERATOR, FIRST)
    given(RESOURCE, *history("published"), AUTHORISED, ended).when(
        decide.dismiss_operator, operator=OPERATOR, reason="…"
    ).then_refused("resources.operator_unknown")


def test_JS_27_4_a_large_instrument_is_reassigned_and_suspended() -> None:
    outcome = given(RESOURCE, *history("published")).when(decide.reassign, **MEASURE, edition=JIANGSU)
    moved = ResourceReassigned(from_unit=UNIT, asset_number="A-1", **MEASURE)
    state = outcome.then(moved).state
    assert (state.state, state.unit, state.legal_person) == ("suspended", OTHER_UNIT, OPERATOR)


def test_JS_27_4_another_regime_and_other_resources_know_no_reassignment() -> None:
    small = given(RESOURCE, *history("published", large=False))
    small.when(decide.reassign, **(MEASURE | {"to_unit": UNIT}), edition=CHONGQING).then_refused(
        "resources.reassignment_unknown", "resources.not_large", "resources.same_unit"
    )


def test_an_ordinary_transfer_goes_to_another_unit() -> None:
    stated: dict[str, Any] = {"to_legal_person": OPERATOR, "reason": "整合"}
    published = given(RESOURCE, *history("published"))
    published.when(decide.transfer, to_unit=OTHER_UNIT, **stated).then(
        ResourceTransferred(from_unit=UNIT, asset_number="A-1", to_unit=OTHER_UNIT, **stated)
    )
    published.when(decide.transfer, to_unit=UNIT, **stated).then_refused("resources.same_unit")


def test_nothing_is_withdrawn_while_reservations_are_open() -> None:
    published = given(RESOURCE, *history("published"))
    published.when(decide.withdraw, ground="sold", reason="…", open_reservations=()).then(
        ResourceWithdrawn(ground="sold", reason="…")
    )
    refused = published.when(
        decide.withdraw, ground="sold", reason="…", open_reservations=(UUID(int=91), UUID(int=92))
    ).then_refused("resources.reservations_open")
    [violation] = refused.violations
    assert violation.parameters == {"count": 2, "reservations": f"{UUID(int=91)}, {UUID(int=92)}"}
