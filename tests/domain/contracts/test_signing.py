# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.contracts import signing
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.events import Authority, ContractDrafted, Terms
from tests.domain.contracts.samples import (
    BY_BOTH,
    BY_ONE,
    DRAFTED,
    NOW,
    PARTIES,
    SIX,
    at,
    drafted,
    shares,
    signature,
    signed,
    terms,
)
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given


def signing_of(draft: ContractDrafted, **facts: Any) -> Outcome:  # noqa: ANN401 - any fact
    edition = facts.pop("edition", JIANGSU)
    now = facts.pop("now", NOW)
    side = facts.pop("side", "provider")
    return given(CONTRACT, draft).when(signing.sign, signature(side, draft, **facts), edition=edition, now=now)


def test_JS_18_2_a_contract_with_six_clauses_is_signed() -> None:
    outcome = signing_of(DRAFTED).then(signed("provider"))
    assert (outcome.state.state, outcome.state.in_force) == ("signed_by_one", False)
    (event,) = outcome.events
    assert event.basis is not None
    assert "JS 18" in event.basis.articles


@pytest.mark.parametrize("clause", list(SIX))
@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=["js", "cq"])
def test_JS_18_2_a_contract_without_one_of_the_six_is_not_signed(clause: str, edition: Any) -> None:  # noqa: ANN401
    draft = drafted(clauses=Clauses.model_validate({**SIX, clause: ""}))
    (violation,) = signing_of(draft, edition=edition).then_refused("contracts.clause_missing").violations
    assert violation.parameters == {"clause": clause}


def test_JS_18_2_all_missing_clauses_are_named_at_once() -> None:
    signing_of(drafted(clauses=Clauses())).then_refused(*["contracts.clause_missing"] * 6)


@pytest.mark.parametrize(
    ("provider", "user", "whole"),
    [("60.00", "40.00", True), ("60.00", "39.99", False), ("60.00", "40.01", False), ("100.00", "0.00", True)],
)
def test_JS_20_1_shares_sum_to_exactly_one_hundred(provider: str, user: str, whole: bool) -> None:  # noqa: FBT001
    draft = drafted(terms(ip_shares=shares(provider, user)))
    outcome = signing_of(draft)
    if whole:
        outcome.then(signed("provider", of=draft))
    else:
        outcome.then_refused("contracts.ip_shares_not_whole")


def test_JS_20_1_without_any_share_nothing_is_settled() -> None:
    signing_of(drafted(terms(ip_shares=()))).then_refused("contracts.ip_shares_not_whole")


@pytest.mark.parametrize(
    ("agreed", "accepted"),
    [
        (terms(experiment="independent", ip_shares=shares("0.00", "100.00")), True),
        (terms(experiment="independent", ip_shares=shares("0.01", "99.99")), False),
        (terms(experiment="joint", ip_shares=shares("30.00", "70.00")), True),
    ],
)
def test_CQ_17_1_an_independent_experiment_belongs_wholly_to_the_user(
    agreed: Terms,
    accepted: bool,  # noqa: FBT001 - an example
) -> None:
    draft = drafted(agreed)
    outcome = signing_of(draft, edition=CHONGQING)
    if accepted:
        outcome.then(signed("provider", of=draft))
    else:
        outcome.then_refused("contracts.independent_experiment_belongs_to_user")
    signing_of(draft).then(signed("provider", of=draft))  # in Jiangsu as agreed


def test_JS_18_1_with_the_second_signature_it_is_in_force_from_that_moment() -> None:
    state = (
        given(CONTRACT, DRAFTED, signed("provider", at(9)))
        .when(signing.sign, signature("user"), edition=JIANGSU, now=at(10))
        .then(signed("user", at(10)))
        .state
    )
    assert (state.state, state.in_force, state.in_force_from) == ("signed_by_both", True, at(10))


def test_each_side_signs_once() -> None:
    given(CONTRACT, *BY_ONE).when(signing.sign, signature("provider"), edition=JIANGSU, now=NOW).then_refused(
        "contracts.already_signed"
    )
    given(CONTRACT, *BY_BOTH).when(signing.sign, signature("user"), edition=JIANGSU, now=NOW).then_refused(
        "contracts.wrong_state"
    )


@pytest.mark.parametrize("other", [{"digest": "0" * 64}, {"document_version": 2}])
def test_only_the_very_version_is_signed(other: dict[str, Any]) -> None:
    signing_of(DRAFTED, **other).then_refused("contracts.another_version")


def letter(**changes: Any) -> Authority:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {
        "kind": "letter_of_authority",
        "letter_number": "SQ-1",
        "valid_from": date(2026, 3, 1),
        "valid_until": date(2026, 3, 1),
        "limit_fen": 20_000_000,
        **changes,
    }
    return Authority(**facts)


def test_a_letter_is_valid_on_both_its_days_and_up_to_its_limit() -> None:
    expected = signed("provider").model_copy(update={"authority": letter()})
    signing_of(DRAFTED, authority=letter()).then(expected)


@pytest.mark.parametrize(
    ("authority", "codes"),
    [
        (letter(valid_from=date(2026, 3, 2), valid_until=date(2026, 3, 9)), ("authority_not_valid",)),
        (letter(valid_from=date(2026, 2, 1), valid_until=date(2026, 2, 28)), ("authority_not_valid",)),
        (letter(limit_fen=19_999_999), ("beyond_authority",)),
        (letter(letter_number=None), ("letter_incomplete",)),
        (letter(valid_until=None), ("letter_incomplete",)),
        (Authority(kind="individual"), ("wrong_kind_of_authority",)),
    ],
)
def test_an_authority_that_does_not_reach_is_refused(authority: Authority, codes: tuple[str, ...]) -> None:
    signing_of(DRAFTED, authority=authority).then_refused(*(f"contracts.{code}" for code in codes))


def test_a_limited_authority_cannot_sign_without_a_ceiling() -> None:
    signing_of(drafted(terms(ceiling_fen=None)), authority=letter()).then_refused("contracts.beyond_authority")


def test_an_individual_signs_for_himself() -> None:
    draft = drafted(parties=replace(PARTIES, customer=None))
    own = Authority(kind="individual")
    signing_of(draft, side="user", authority=own).then(signed("user", of=draft).model_copy(update={"authority": own}))
    signing_of(draft, side="user").then_refused("contracts.wrong_kind_of_authority")


def test_a_contract_whose_period_is_over_is_not_signed() -> None:
    last = at(23, 59, 59, day=date(2026, 12, 31))
    signing_of(DRAFTED, now=last).then(signed("provider", last))
    signing_of(DRAFTED, now=at(0, day=date(2027, 1, 1))).then_refused("contracts.period_over")


def test_a_text_without_its_key_is_not_signed() -> None:
    shredded = DRAFTED.model_copy(update={"clauses": DRAFTED.clauses.model_copy(update={"value": None})})
    signing_of(shredded).then_refused("contracts.text_unreadable")
