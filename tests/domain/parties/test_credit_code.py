# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given, strategies
from stdnum.cn import uscc

from domain.kernel.errors import DomainError
from domain.parties.credit_code import ALPHABET, check_digit, checked

REAL = "91110000600037341L"
"""The example of the library that judges here."""


def with_check_digit(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize("code", [REAL, " 91110000600037341l ", "12993200DEMJ00011Y", "12995001DEMC00023K"])
def test_a_valid_code_is_taken_in_capitals(code: str) -> None:
    assert checked(code) == code.strip().upper()


@pytest.mark.parametrize("authority", ["A", "N", "Y", "1", "5", "9"])
def test_every_registering_authority_is_taken(authority: str) -> None:
    code = with_check_digit(f"{authority}1110000600037341")
    assert checked(code) == code


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "length"),
        (REAL[:-1], "length"),
        (REAL + "0", "length"),
        ("9111000060003734IL", "characters"),
        ("91110000600037341O", "characters"),
        (with_check_digit("B1110000600037341"), "authority"),
        (with_check_digit("01110000600037341"), "authority"),
        (with_check_digit("90110000600037341"), "category"),
        (with_check_digit("9111A000600037341"), "region"),
        ("91110000600037341M", "check_digit"),
        ("91110000600037431L", "check_digit"),
        ("91110000６00037341L", "characters"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(code: str, reason: str) -> None:
    with pytest.raises(DomainError) as refused:
        checked(code)
    (violation,) = refused.value.violations
    assert violation.code == "parties.invalid_credit_code"
    assert violation.field == "credit_code"
    assert violation.parameters["reason"] == reason


@given(strategies.from_regex(r"[1-9][1-9][0-9]{6}", fullmatch=True), strategies.text(ALPHABET, min_size=9, max_size=9))
def test_the_check_digit_is_the_one_an_outside_judge_computes(head: str, rest: str) -> None:
    code = with_check_digit(head + rest)
    assert uscc.is_valid(code)
    assert checked(code) == code


@given(strategies.integers(0, 16), strategies.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(place: int, character: str) -> None:
    changed = REAL[:place] + character + REAL[place + 1 :]
    if changed == REAL:
        return
    with pytest.raises(DomainError):
        checked(changed)
