# SPDX-License-Identifier: Apache-2.0
"""Finance leases (CQ 15.c), and customs supervision beyond the condition itself (CQ 18)."""

from datetime import date
from typing import Any

import pytest

from domain.resources import customs, leasing
from domain.resources.custody_events import (
    CustomsSupervisionEnded,
    FinanceLeaseEnded,
    FinanceLeaseRecorded,
    OutsideUseApproved,
)
from domain.resources.events import CustomsConditionRecorded, OperationAuthorisationEnded, OperationAuthorised
from domain.resources.leasing import Party
from domain.resources.resource import RESOURCE
from tests.domain.editions import CHONGQING
from tests.domain.given import given
from tests.domain.resources.examples import OPERATOR, OTHER_UNIT, OWNER, WITHDRAWN, history

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
TERMS: dict[str, Any] = {"contract_number": "RZ-1", "valid_from": FIRST, "valid_until": LAST}
LESSOR, LESSEE = Party(OPERATOR, branch=False), Party(OWNER, branch=False)
LEASED = FinanceLeaseRecorded(lessor=OPERATOR, lessee=OWNER, **TERMS)
ENDED = FinanceLeaseEnded(
    lessor=OPERATOR, lessee=OWNER, contract_number="RZ-1", ended_on=date(2027, 7, 1), title_to="lessee", reason="买断"
)
BRANCH = Party(OTHER_UNIT, branch=True)


def test_CQ_15_1_the_lessor_owns_and_the_lessee_operates_while_the_lease_runs() -> None:
    outcome = given(RESOURCE, *history("published")).when(leasing.record_lease, lessor=LESSOR, lessee=LESSEE, **TERMS)
    state = outcome.then(LEASED).state
    days = [date(2025, 12, 31), FIRST, LAST, date(2029, 1, 1)]
    assert [state.owner_on(day) for day in days] == [OWNER, OPERATOR, OPERATOR, OWNER]
    assert [state.operates(OWNER, day) for day in days] == [False, True, True, False]
    assert state.legal_person == OWNER, "the responsible legal person stays"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"lessor": None}, ["lease_without_lessor"]),
        ({"lessee": None}, ["lease_without_lessee"]),
        ({"lessor": LESSEE}, ["lease_with_oneself"]),
        ({"lessee": BRANCH}, ["lease_party_not_a_legal_person", "lease_of_others"]),
        ({"valid_until": date(2025, 12, 31)}, ["ends_before_start"]),
    ],
)
def test_a_lease_without_two_sides_is_refused(changes: dict[str, Any], codes: list[str]) -> None:
    facts = {"lessor": LESSOR, "lessee": LESSEE, **TERMS}
    refused = given(RESOURCE, *history("draft")).when(leasing.record_lease, **facts | changes)
    refused.then_refused(*(f"resources.{code}" for code in codes))


def test_leases_follow_each_other() -> None:
    leased = given(RESOURCE, *history("published"), LEASED)
    second = {"lessor": LESSOR, "lessee": LESSEE, "contract_number": "RZ-2"}
    leased.when(leasing.record_lease, **second, valid_from=LAST, valid_until=LAST).then_refused(
        "resources.lease_in_force"
    )
    after = date(2029, 1, 1)
    leased.when(
        leasing.record_lease, **second | {"contract_number": "RZ-1"}, valid_from=after, valid_until=after
    ).then_refused("resources.lease_known")
    assert (
        given(RESOURCE, *history("published"), LEASED, ENDED)
        .when(leasing.record_lease, **second, valid_from=date(2027, 7, 1), valid_until=LAST)
        .state.owner_on(LAST)
        == OPERATOR
    )


def test_a_lease_ends_early_with_its_right_to_operate() -> None:
    stated: dict[str, Any] = {"ended_on": date(2027, 7, 1), "title_to": "lessee", "reason": "买断"}
    state = given(RESOURCE, *history("published"), LEASED).when(leasing.end_lease, **stated).then(ENDED).state
    assert [state.owner_on(date(2027, 6, 30)), state.owner_on(date(2027, 7, 1))] == [OPERATOR, OWNER]
    assert [state.operates(OWNER, date(2027, 6, 30)), state.operates(OWNER, date(2027, 7, 1))] == [True, False]
    given(RESOURCE, *history("published"), LEASED, ENDED).when(leasing.end_lease, **stated).then_refused(
        "resources.no_lease_in_force"
    )
    given(RESOURCE, *history("published")).when(leasing.end_lease, **stated).then_refused("resources.no_lease_in_force")


def test_who_once_operated_is_remembered() -> None:
    authorised = OperationAuthorised(operator=OPERATOR, scope="…", valid_from=FIRST, valid_until=LAST)
    ended = OperationAuthorisationEnded(operator=OPERATOR, reason="…")
    state = given(RESOURCE, *history("published"), authorised, ended).state
    assert not state.operates(OPERATOR, FIRST)
    assert state.operated_within(OPERATOR, date(2025, 1, 1), FIRST)
    assert not state.operated_within(OPERATOR, date(2025, 1, 1), date(2025, 12, 31))
    assert not state.operated_within(OWNER, FIRST, LAST)


def condition(first: date, last: date) -> CustomsConditionRecorded:
    return CustomsConditionRecorded(notice_number="N-1", valid_from=first, valid_until=last)


TWO = (condition(date(2024, 1, 1), date(2024, 6, 30)), condition(date(2024, 7, 1), date(2024, 12, 31)))
OUTSIDE: dict[str, Any] = {"place": "产业园", "purpose": "试验", "notice_number": "N-2"}
RELEASE: dict[str, Any] = {"ended_on": date(2025, 1, 10), "notice_number": "N-3", "ground": "period_over"}
RELEASED = CustomsSupervisionEnded(**RELEASE)


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2024, 6, 1), date(2024, 12, 31), []),
        (date(2024, 6, 1), date(2025, 1, 1), ["resources.outside_condition"]),
        (date(2023, 12, 31), date(2024, 1, 1), ["resources.outside_condition"]),
        (date(2024, 6, 2), date(2024, 6, 1), ["resources.ends_before_start"]),
        (date(2024, 6, 2), date.max, ["resources.outside_condition"]),
    ],
)
def test_use_outside_the_unit_lies_inside_the_conditions(first: date, last: date, codes: list[str]) -> None:
    found = given(RESOURCE, *history("published", duty_free=True), *TWO).when(
        customs.approve_outside_use, **OUTSIDE, valid_from=first, valid_until=last, edition=CHONGQING
    )
    if codes:
        found.then_refused(*codes)
    else:
        found.then(OutsideUseApproved(**OUTSIDE, valid_from=first, valid_until=last))


def test_released_by_customs_an_import_is_used_like_any_other() -> None:
    past = (*history("published", duty_free=True), *TWO)
    state = given(RESOURCE, *past).when(customs.end_supervision, **RELEASE, edition=CHONGQING).then(RELEASED).state
    assert [state.customs_valid_on(date(2025, 1, 9)), state.customs_valid_on(date(2025, 1, 10))] == [False, True]
    over = given(RESOURCE, *past, RELEASED)
    over.when(customs.end_supervision, **RELEASE, edition=CHONGQING).then_refused("resources.supervision_over")
    later = {"valid_from": date(2025, 1, 10), "valid_until": date(2025, 2, 1)}
    over.when(customs.approve_outside_use, **OUTSIDE, **later, edition=CHONGQING).then_refused(
        "resources.supervision_over"
    )


def test_what_is_not_duty_free_has_nothing_to_do_with_customs() -> None:
    plain = given(RESOURCE, *history("published"))
    plain.when(customs.end_supervision, **RELEASE, edition=CHONGQING).then_refused("resources.not_duty_free")
    plain.when(
        customs.approve_outside_use, **OUTSIDE, valid_from=FIRST, valid_until=LAST, edition=CHONGQING
    ).then_refused("resources.not_duty_free")
    gone = given(RESOURCE, *history("draft", duty_free=True), WITHDRAWN)
    gone.when(customs.end_supervision, **RELEASE, edition=CHONGQING).then_refused("resources.wrong_state")
