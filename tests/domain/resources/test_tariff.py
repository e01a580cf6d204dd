# SPDX-License-Identifier: Apache-2.0
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies

from domain.kernel.errors import DomainError
from domain.resources.tariff import Tariff, quote
from domain.resources.values import FeeLine
from tests.domain.resources.examples import line


def tariff(*lines: FeeLine) -> Tariff:
    return Tariff(version=7, effective_from=date(2026, 1, 1), lines=lines)


def test_JS_21_1_two_hours_at_300_yuan_are_600_yuan() -> None:
    quoted = quote(tariff(line(30000)), "enterprise", minutes=120)
    assert (quoted.tariff_version, quoted.user_kind, quoted.total_fen) == (7, "enterprise", 60000)


def test_a_start_up_fee_is_added_once_and_samples_are_counted() -> None:
    lines = (line(30000), line(10000, "start_up", "use"), line(500, "sample_preparation", "sample"))
    quoted = quote(tariff(*lines), "enterprise", minutes=90, samples=3)
    assert [priced.amount_fen for priced in quoted.lines] == [45000, 10000, 1500]
    assert [str(priced.quantity) for priced in quoted.lines] == ["1.5000", "1.0000", "3.0000"]


def test_lines_of_nothing_are_left_out() -> None:
    lines = (line(30000), line(500, "sample_preparation", "sample"))
    quoted = quote(tariff(*lines), "enterprise", minutes=60)
    assert [priced.kind for priced in quoted.lines] == ["machine_time"]


def test_only_the_lines_of_the_user_s_kind_count() -> None:
    both = tariff(line(30000), line(10000, user_kind="internal"))
    assert quote(both, "internal", minutes=60).total_fen == 10000
    with pytest.raises(DomainError) as refused:
        quote(both, "individual", minutes=60)
    assert refused.value.codes == ("resources.no_price_for_user_kind",)


@pytest.mark.parametrize(("price_fen", "minutes", "amount_fen"), [(3, 50, 3), (3, 49, 2), (1, 30, 1), (1, 29, 0)])
def test_half_a_fen_is_rounded_up(price_fen: int, minutes: int, amount_fen: int) -> None:
    assert quote(tariff(line(price_fen)), "enterprise", minutes=minutes).total_fen == amount_fen


@given(strategies.integers(0, 10**9), strategies.integers(0, 60 * 24 * 31))
def test_an_hour_line_is_within_half_a_fen_of_the_exact_price(price_fen: int, minutes: int) -> None:
    exact = Fraction(price_fen * minutes, 60)
    amount_fen = quote(tariff(line(price_fen)), "enterprise", minutes=minutes).total_fen
    assert -Fraction(1, 2) < amount_fen - exact <= Fraction(1, 2)
