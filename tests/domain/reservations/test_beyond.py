# SPDX-License-Identifier: Apache-2.0
"""Who goes short when there are fewer pieces than are held."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.time import Span
from domain.reservations.beyond import beyond, piece_within
from tests.domain.reservations.samples import at

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
HELD = [(Span(start=at(10), end=at(12)), B), (Span(start=at(9), end=at(11)), A), (Span(start=at(11), end=at(13)), C)]


@pytest.mark.parametrize(("quantity", "short"), [(2, ()), (1, (B,)), (0, (A, B, C))])
def test_whoever_begins_later_goes_short(quantity: int, short: tuple[UUID, ...]) -> None:
    assert beyond(HELD, quantity) == short


@pytest.mark.parametrize(
    ("quantity", "taken", "piece"),
    [(2, set(), 1), (2, {1}, 2), (1, {2}, None), (2, {3}, 1), (2, {1, 3}, None), (2, {3, 4}, None)],
)
def test_a_piece_that_is_there_no_more_takes_the_place_of_one(
    quantity: int, taken: set[int], piece: int | None
) -> None:
    assert piece_within(quantity, taken) == piece


@given(st.integers(1, 5), st.sets(st.integers(1, 8)))
def test_no_more_are_ever_held_than_there_are(quantity: int, taken: set[int]) -> None:
    piece = piece_within(quantity, taken)
    if piece is not None:
        assert piece not in taken
        assert len(taken) + 1 <= quantity
