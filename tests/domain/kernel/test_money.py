# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import allocate, fen_from_yuan, price_half_up, share_down, yuan


@pytest.mark.parametrize(("fen", "ratio", "share"), [(9999, "0.30", 2999), (1000000, "0.30", 300000), (1, "0.99", 0)])
def test_a_subsidy_rounds_down(fen: int, ratio: str, share: int) -> None:
    assert share_down(fen, Decimal(ratio)) == share


@pytest.mark.parametrize(("price", "quantity", "amount"), [(1, "0.5", 1), (3, "0.5", 2), (10001, "1.5", 15002)])
def test_a_price_line_rounds_half_up(price: int, quantity: str, amount: int) -> None:
    assert price_half_up(price, Decimal(quantity)) == amount


@given(
    total=st.integers(0, 10**12),
    weights=st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=20),
)
def test_an_allocation_loses_no_fen(total: int, weights: list[Decimal]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part - Decimal(total) * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True))


def test_the_first_place_takes_ties() -> None:
    assert allocate(101, [Decimal("0.5"), Decimal("0.5")]) == [51, 50]


def test_an_allocation_needs_weight() -> None:
    with pytest.raises(ValueError, match="positive weight"):
        allocate(1, [Decimal(0)])


@pytest.mark.parametrize(("text", "fen"), [("1,234.5", 123450), ("0.01", 1), (" 12 ", 1200), ("-3.10", -310)])
def test_yuan_are_read_exactly(text: str, fen: int) -> None:
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize("text", ["0.001", "12.345", "abc", "", "NaN", "Infinity"])
def test_yuan_are_never_rounded_on_entry(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        fen_from_yuan(text)


def test_yuan_are_written_with_two_decimals() -> None:
    assert [yuan(123456), yuan(-5), yuan(0)] == ["1,234.56", "−0.05", "0.00"]
