# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.contracts import drafting
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses, digest_of, seal
from domain.contracts.events import ContractRevised, DraftAbandoned, Terms
from domain.policy import Edition
from tests.domain.contracts.samples import (
    BY_BOTH,
    BY_ONE,
    CLAUSES,
    CONTRACT_ID,
    DRAFTED,
    NUMBER,
    PARTIES,
    PROVIDER,
    TERMS,
    drafted,
    shares,
    terms,
)
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given


def drafting_facts(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    facts = {
        "contract": CONTRACT_ID,
        "number": NUMBER,
        "parties": PARTIES,
        "terms": TERMS,
        "clauses": CLAUSES,
        "edition": JIANGSU,
    }
    return {**facts, **changes}


def test_a_contract_is_drafted_with_a_number_and_a_digest() -> None:
    assert given(CONTRACT).when(drafting.draft, **drafting_facts()).then(DRAFTED).state.state == "drafted"


def test_a_draft_may_have_empty_clauses_and_open_shares() -> None:
    unsettled, empty = terms(ip_shares=()), Clauses()
    given(CONTRACT).when(drafting.draft, **drafting_facts(terms=unsettled, clauses=empty)).then(
        drafted(unsettled, empty)
    )


SHARES = [("60.00", "40.00", True), ("60.00", "39.99", False), ("60.00", "40.01", False), ("10.00", "10.00", False)]


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING])
@pytest.mark.parametrize(("provider", "user", "whole"), SHARES)
def test_shares_that_a_draft_states_make_a_whole(
    edition: Edition,
    provider: str,
    user: str,
    whole: bool,  # noqa: FBT001
) -> None:
    stated = terms(ip_shares=shares(provider, user), acknowledgement_outputs=())
    outcome = given(CONTRACT).when(drafting.draft, **drafting_facts(terms=stated, edition=edition))
    revised = given(CONTRACT, DRAFTED).when(
        drafting.revise, terms=stated, clauses=CLAUSES, reason="比例", edition=edition
    )
    for each in (outcome, revised):
        if whole:
            assert each.refused is None
        else:
            [told] = each.then_refused("contracts.ip_shares_not_whole").violations
            assert told.field == "terms.ip_shares"


@pytest.mark.parametrize(
    ("sloppy", "code"),
    [
        (terms(valid_until=date(2026, 2, 28)), "ends_before_it_begins"),
        (terms(resources=()), "no_resources"),
        (terms(ip_shares=(*shares("40.00", "60.00"), *shares("0.00", "0.00")[:1])), "side_named_twice"),
        (terms(acknowledgement_outputs=("work",)), "unknown_output"),
    ],
)
def test_terms_that_make_no_sense_are_refused(sloppy: Terms, code: str) -> None:
    given(CONTRACT).when(drafting.draft, **drafting_facts(terms=sloppy)).then_refused(f"contracts.{code}")


def test_nobody_contracts_with_himself() -> None:
    given(CONTRACT).when(drafting.draft, **drafting_facts(parties=replace(PARTIES, customer=PROVIDER))).then_refused(
        "contracts.both_sides_the_same"
    )


def test_outputs_to_acknowledge_are_those_of_the_regime() -> None:
    patents = terms(acknowledgement_outputs=("patent_application",))
    given(CONTRACT).when(drafting.draft, **drafting_facts(terms=patents)).then(drafted(patents))
    refused = (
        given(CONTRACT)
        .when(drafting.draft, **drafting_facts(terms=patents, edition=CHONGQING))
        .then_refused("contracts.unknown_output")
    )
    assert refused.violations[0].citation is not None
    assert refused.violations[0].citation.article == "CQ 17"


def test_a_framework_contract_may_name_no_resources_and_covers_its_unit() -> None:
    framework = terms(resources=(), framework=True)
    contract = given(CONTRACT).when(drafting.draft, **drafting_facts(terms=framework)).state
    anywhere, day = CONTRACT_ID, date(2026, 12, 31)
    assert contract.covers(anywhere, PARTIES.customer, PARTIES.customer_user, day, unit=PARTIES.unit)
    assert not contract.covers(anywhere, PARTIES.customer, PARTIES.customer_user, day, unit=PROVIDER)
    assert not contract.covers(anywhere, PARTIES.customer, PARTIES.customer_user, day)


def test_a_contract_covers_its_resources_customer_and_days() -> None:
    contract = given(CONTRACT, DRAFTED).state
    (resource,) = TERMS.resources
    colleague = PROVIDER
    assert contract.covers(resource, PARTIES.customer, colleague, date(2026, 3, 1))
    assert contract.covers(resource, PARTIES.customer, colleague, date(2026, 12, 31))
    assert not contract.covers(resource, PARTIES.customer, colleague, date(2027, 1, 1))
    assert not contract.covers(resource, PARTIES.customer, colleague, date(2026, 2, 28))
    assert not contract.covers(CONTRACT_ID, PARTIES.customer, colleague, date(2026, 3, 1))
    assert not contract.covers(resource, None, PARTIES.customer_user, date(2026, 3, 1))


def test_an_individuals_contract_covers_that_person_alone() -> None:
    contract = given(CONTRACT, drafted(parties=replace(PARTIES, customer=None))).state
    (resource,) = TERMS.resources
    assert contract.covers(resource, None, PARTIES.customer_user, date(2026, 3, 1))
    assert not contract.covers(resource, None, PROVIDER, date(2026, 3, 1))


REVISED_TERMS = terms(valid_until=date(2027, 6, 30))
REVISED = ContractRevised(
    terms=REVISED_TERMS,
    clauses=seal(CONTRACT_ID, CLAUSES),
    document_version=2,
    digest=digest_of(NUMBER, PARTIES, REVISED_TERMS, CLAUSES),
    reason="延长期限",
)
REVISION: dict[str, Any] = {"terms": REVISED_TERMS, "clauses": CLAUSES, "reason": "延长期限", "edition": JIANGSU}


def test_a_revision_voids_the_signature_on_the_older_version() -> None:
    state = given(CONTRACT, *BY_ONE).when(drafting.revise, **REVISION).then(REVISED).state
    assert (state.state, state.signed_sides, state.document_version) == ("drafted", (), 2)
    assert state.digest == REVISED.digest


def test_what_both_have_signed_is_not_revised_or_abandoned() -> None:
    given(CONTRACT, *BY_BOTH).when(drafting.revise, **REVISION).then_refused("contracts.wrong_state")
    given(CONTRACT, *BY_BOTH).when(drafting.abandon, reason="x").then_refused("contracts.wrong_state")


def test_a_draft_is_given_up() -> None:
    for past in ((DRAFTED,), BY_ONE):
        state = given(CONTRACT, *past).when(drafting.abandon, reason="取消").then(DraftAbandoned(reason="取消")).state
        assert state.state == "abandoned"
        assert not state.in_force
