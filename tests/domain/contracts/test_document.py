# SPDX-License-Identifier: Apache-2.0
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.contracts.document import Clauses, canonical, digest_of, seal, unseal
from tests.domain.contracts.samples import CLAUSES, CONTRACT_ID, NUMBER, PARTIES, SIX, TERMS, shares, terms
from tests.domain.editions import CHONGQING, JIANGSU


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": 1, "a": {"z": "合同", "y": None}}) == '{"a":{"y":null,"z":"合同"},"b":1}'


def test_the_digest_is_that_of_the_canonical_document() -> None:
    document = canonical(
        {
            "number": NUMBER,
            "parties": {
                "unit": str(PARTIES.unit),
                "provider": str(PARTIES.provider),
                "customer": str(PARTIES.customer),
                "customer_user": str(PARTIES.customer_user),
            },
            "terms": TERMS.model_dump(mode="json"),
            "clauses": CLAUSES.model_dump(mode="json"),
        }
    )
    assert digest_of(NUMBER, PARTIES, TERMS, CLAUSES) == hashlib.sha256(document.encode()).hexdigest()


def test_any_change_changes_the_digest() -> None:
    others = {
        digest_of(NUMBER, PARTIES, TERMS, CLAUSES),
        digest_of("HT-JS-U01-2026-000002", PARTIES, TERMS, CLAUSES),
        digest_of(NUMBER, replace(PARTIES, customer=None), TERMS, CLAUSES),
        digest_of(NUMBER, PARTIES, terms(ip_shares=shares("50.00", "50.00")), CLAUSES),
        digest_of(NUMBER, PARTIES, TERMS, Clauses.model_validate({**SIX, "service_mode": "自行操作"})),
    }
    assert len(others) == 5


@examples(st.fixed_dictionaries({name: st.text(st.characters(exclude_categories=["Cs"]), max_size=40) for name in SIX}))
def test_what_is_sealed_comes_back(texts: dict[str, str]) -> None:
    clauses = Clauses.model_validate(texts)
    sealed = seal(CONTRACT_ID, clauses)
    assert sealed.subject == CONTRACT_ID
    assert unseal(sealed) == clauses


def test_without_the_key_there_is_no_text() -> None:
    assert unseal(seal(CONTRACT_ID, CLAUSES).model_copy(update={"value": None})) is None


def test_both_regimes_ask_for_the_six_clauses_of_the_model() -> None:
    for edition in (JIANGSU, CHONGQING):
        assert set(edition.value("contract.required_clauses")) == set(SIX)


def test_a_clause_of_blanks_is_missing_and_a_further_one_can_be_asked_for() -> None:
    clauses = Clauses.model_validate({**SIX, "service_mode": "  ", "further": {"confidentiality": "双方保密"}})
    assert clauses.missing(("service_mode", "confidentiality", "insurance")) == ("service_mode", "insurance")


def test_names_of_clauses_and_fields_are_checked() -> None:
    with pytest.raises(ValidationError):
        Clauses(further={"No Blank": "x"})
    with pytest.raises(ValidationError):
        Clauses.model_validate({"price": "x"})
