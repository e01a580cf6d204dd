# SPDX-License-Identifier: Apache-2.0
from domain.kernel.claims import GrantToken, RevokeToken, TakeKey
from domain.parties.claims import claims_of
from domain.parties.events import AccessTokenRevoked, UnitMerged
from tests.domain.parties.examples import (
    CENTRE,
    NOW,
    OTHER_CENTRE,
    PERSON,
    UNIVERSITY,
    legal_person,
    token,
    unit,
    user,
)


def test_a_credit_code_belongs_to_one_legal_person() -> None:
    assert claims_of(UNIVERSITY, legal_person()) == [
        TakeKey("legal_person.credit_code", "12993200DEMJ00011Y", UNIVERSITY)
    ]


def test_a_unit_s_code_belongs_to_one_unit_even_after_its_end() -> None:
    assert claims_of(CENTRE, unit()) == [TakeKey("unit.code", "JS-U01", CENTRE)]
    assert claims_of(CENTRE, UnitMerged(successor=OTHER_CENTRE, decision_reference="…")) == []


def test_a_token_is_granted_until_it_is_revoked() -> None:
    assert claims_of(PERSON, token(expires_at=NOW)) == [
        GrantToken("a" * 64, PERSON, "managing_unit", UNIVERSITY, CENTRE, NOW)
    ]
    assert claims_of(PERSON, AccessTokenRevoked(token_hash="a" * 64, reason="…")) == [RevokeToken("a" * 64)]


def test_a_person_claims_nothing() -> None:
    assert claims_of(PERSON, user()) == []
