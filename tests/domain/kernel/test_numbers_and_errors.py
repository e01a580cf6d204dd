# SPDX-License-Identifier: Apache-2.0
import pytest

from domain.kernel.claims import NextNumber
from domain.kernel.errors import DomainError, Rules, refusal
from domain.kernel.ledger import Entry, balanced, transfer
from domain.kernel.numbers import claim_of_number, document_number


def test_document_numbers_carry_their_series() -> None:
    number = document_number("HT-JS-U01-2026", 122)
    assert number == "HT-JS-U01-2026-000123"
    assert claim_of_number(number) == NextNumber("HT-JS-U01-2026", 123)


def test_all_broken_rules_come_back_at_once() -> None:
    rules = Rules()
    rules.require(holds=True, code="a.holds")
    rules.require(holds=False, code="a.first", field="span", minutes=30)
    rules.require(holds=False, code="a.second")
    with pytest.raises(DomainError) as refused:
        rules.enforce()
    assert refused.value.codes == ("a.first", "a.second")
    assert refused.value.violations[0].parameters == {"minutes": 30}
    assert refused.value.violations[0].field == "span"


def test_no_broken_rule_is_silence() -> None:
    rules = Rules()
    rules.require(holds=True, code="a.holds")
    rules.enforce()
    assert rules.broken == []


def test_a_single_refusal_is_a_domain_error() -> None:
    assert refusal("a.rule", amount_fen=1).violations[0].parameters == {"amount_fen": 1}


def test_postings_balance() -> None:
    assert balanced(transfer("receivable:1", "income:2", 500))
    assert not balanced((Entry(account="a", amount_fen=1),))
