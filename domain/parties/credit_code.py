# SPDX-License-Identifier: Apache-2.0
"""Unified social credit codes (GB 32100-2015): 18 characters, the last one a check digit modulo 31."""

from domain.kernel.errors import refusal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
AUTHORITIES = frozenset("123456789ANY")
"""Registering authorities. A (armed forces), N (agriculture), Y (others) are as valid as the digits (ruling 8.20)."""
LENGTH = 18
REGION = slice(2, 8)
WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_digit(body: str) -> str:
    """The last character that belongs to the first seventeen. Raises ValueError for one outside the alphabet."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def checked(text: str) -> str:
    """The code in its normal form: capitals, no blanks around it.

    Raises `DomainError` `parties.invalid_credit_code` with the first reason found: length, characters, authority,
    category, region or check_digit.
    """
    code = text.strip().upper()
    reason = _fault(code)
    if reason:
        raise refusal("parties.invalid_credit_code", field="credit_code", credit_code=text, reason=reason)
    return code


def _fault(code: str) -> str | None:
    if len(code) != LENGTH:
        return "length"
    if any(character not in ALPHABET for character in code):
        return "characters"
    if code[0] not in AUTHORITIES:
        return "authority"
    if code[1] not in "123456789":
        return "category"
    if not code[REGION].isdigit():
        return "region"
    return None if code[-1] == check_digit(code[:-1]) else "check_digit"
