# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any

import pytest

from domain.contracts import amending
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses, digest_of, seal
from domain.contracts.events import AmendmentDropped, AmendmentProposed, AmendmentSignatureGiven, AmendmentSigned, Side
from domain.contracts.signing import Signature
from domain.kernel.personal import Personal
from tests.domain.contracts.samples import (
    BY_BOTH,
    BY_ONE,
    CLAUSES,
    CONTRACT_ID,
    E_SIGNED,
    NOW,
    NUMBER,
    PARTIES,
    REGISTERED,
    REPRESENTATIVE,
    SIGNATORY,
    SIX,
    TERMS,
    shares,
    signature,
    terms,
)
from tests.domain.editions import JIANGSU
from tests.domain.given import given

LONGER = terms(valid_until=date(2027, 6, 30))
NAME = Personal.of(SIGNATORY, "示例签署人")


def proposed(of: Any = LONGER, clauses: Clauses = CLAUSES) -> AmendmentProposed:  # noqa: ANN401 - terms
    return AmendmentProposed(
        terms=of,
        clauses=seal(CONTRACT_ID, clauses),
        document_version=2,
        digest=digest_of(NUMBER, PARTIES, of, clauses),
        reason="延长期限",
        proposed_by="user",
    )


PROPOSED = proposed()


def proposing(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    facts = {
        "terms": LONGER,
        "clauses": CLAUSES,
        "reason": "延长期限",
        "by": "user",
        "used": False,
        "edition": JIANGSU,
    }
    return {**facts, **changes}


def of_amendment(side: Side, **changes: Any) -> Signature:  # noqa: ANN401 - any field
    return signature(side, **{"document_version": 2, "digest": PROPOSED.digest, **changes})


def first(side: Side) -> AmendmentSignatureGiven:
    return AmendmentSignatureGiven(
        side=side,
        document_version=2,
        digest=PROPOSED.digest,
        signatory=NAME,
        authority=REPRESENTATIVE,
        signing=E_SIGNED,
    )


SIGNED = AmendmentSigned(
    document_version=2,
    digest=PROPOSED.digest,
    provider_signatory=NAME,
    provider_authority=REPRESENTATIVE,
    provider_signing=E_SIGNED,
    user_signatory=NAME,
    user_authority=REPRESENTATIVE,
    user_signing=E_SIGNED,
)


def test_while_amended_the_old_version_stays_in_force() -> None:
    state = given(CONTRACT, *BY_BOTH).when(amending.propose, **proposing()).then(PROPOSED).state
    assert (state.state, state.in_force, state.terms, state.document_version) == ("amending", True, TERMS, 1)


def test_only_a_contract_in_force_is_amended() -> None:
    given(CONTRACT, *BY_ONE).when(amending.propose, **proposing()).then_refused("contracts.wrong_state")
    given(CONTRACT, *BY_BOTH, PROPOSED).when(amending.propose, **proposing()).then_refused("contracts.wrong_state")


def test_proposed_terms_make_sense_too() -> None:
    given(CONTRACT, *BY_BOTH).when(amending.propose, **proposing(terms=terms(resources=()))).then_refused(
        "contracts.no_resources"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"terms": terms(ip_shares=shares("50.00", "50.00"))},
        {"clauses": Clauses.model_validate({**SIX, "ip_ownership": "全部归管理单位"})},
        {"terms": terms(experiment="commissioned")},
    ],
)
def test_JS_20_1_intellectual_property_is_not_settled_anew_after_use_began(changed: dict[str, Any]) -> None:
    given(CONTRACT, *BY_BOTH).when(amending.propose, **proposing(used=True, **changed)).then_refused(
        "contracts.ip_fixed_before_use"
    )
    assert given(CONTRACT, *BY_BOTH).when(amending.propose, **proposing(**changed)).refused is None


def test_other_terms_may_change_after_use_began() -> None:
    given(CONTRACT, *BY_BOTH).when(amending.propose, **proposing(used=True)).then(PROPOSED)


@pytest.mark.parametrize(("one", "other"), [("provider", "user"), ("user", "provider")])
def test_each_side_signs_the_amendment_for_itself(one: Side, other: Side) -> None:
    past = (*BY_BOTH, PROPOSED)
    state = (
        given(CONTRACT, *past).when(amending.sign, of_amendment(one), edition=JIANGSU, now=NOW).then(first(one)).state
    )
    assert (state.state, state.terms) == ("amending", TERMS)
    given(CONTRACT, *past, first(one)).when(amending.sign, of_amendment(one), edition=JIANGSU, now=NOW).then_refused(
        "contracts.already_signed"
    )
    after = given(CONTRACT, *past, first(one)).when(amending.sign, of_amendment(other), edition=JIANGSU, now=NOW)
    state = after.then(SIGNED).state
    assert (state.state, state.terms, state.document_version) == ("signed_by_both", LONGER, 2)
    assert (state.digest, state.proposal, state.in_force_from) == (PROPOSED.digest, None, NOW)


def test_the_old_digest_does_not_sign_the_new_version() -> None:
    given(CONTRACT, *BY_BOTH, PROPOSED).when(amending.sign, signature("user"), edition=JIANGSU, now=NOW).then_refused(
        "contracts.another_version"
    )


def test_an_amendment_needs_six_clauses_and_whole_shares_again() -> None:
    poor = proposed(terms(ip_shares=shares("50.00", "49.99")), Clauses.model_validate({**SIX, "dispute_handling": ""}))
    signed_by_user = of_amendment("user", digest=poor.digest)
    given(CONTRACT, *BY_BOTH, poor).when(amending.sign, signed_by_user, edition=JIANGSU, now=NOW).then_refused(
        "contracts.clause_missing", "contracts.ip_shares_not_whole"
    )


def test_JS_18_3_an_amendment_marks_the_registration_for_renewal() -> None:
    past = (*BY_BOTH, REGISTERED, PROPOSED, first("user"))
    state = (
        given(CONTRACT, *past)
        .when(amending.sign, of_amendment("provider"), edition=JIANGSU, now=NOW)
        .then(SIGNED)
        .state
    )
    assert (state.state, state.renewal_needed) == ("signed_by_both", True)
    renewed = CONTRACT.fold([*past, SIGNED, REGISTERED])
    assert renewed is not None
    assert (renewed.state, renewed.renewal_needed) == ("registered", False)


def test_a_dropped_amendment_leaves_the_contract_as_it_was() -> None:
    dropped = AmendmentDropped(reason="未达成一致")
    for past, former in ((BY_BOTH, "signed_by_both"), ((*BY_BOTH, REGISTERED), "registered")):
        state = given(CONTRACT, *past, PROPOSED).when(amending.drop, reason="未达成一致").then(dropped).state
        assert (state.state, state.terms, state.proposal) == (former, TERMS, None)
    again = given(CONTRACT, *BY_BOTH, PROPOSED, dropped).when(amending.propose, **proposing())
    (event,) = again.events
    assert isinstance(event, AmendmentProposed)
    assert event.document_version == 3
    given(CONTRACT, *BY_BOTH).when(amending.drop, reason="x").then_refused("contracts.wrong_state")


def test_only_what_is_being_amended_is_signed_as_amendment() -> None:
    given(CONTRACT, *BY_BOTH).when(amending.sign, of_amendment("user"), edition=JIANGSU, now=NOW).then_refused(
        "contracts.wrong_state"
    )
