# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.network.scoring import Candidate, Need, fit, ranked
from tests.domain.network.examples import SEM, XRD

JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("need", "candidate", "expected"),
    [
        ({"class_code": "010102"}, {"class_code": "010102"}, [("class", 30, 30)]),
        ({"class_code": "010102"}, {"class_code": "010199"}, [("class", 20, 30)]),
        ({"class_code": "010102"}, {"class_code": "019902"}, [("class", 10, 30)]),
        ({"class_code": "010102"}, {"class_code": "990102"}, [("class", 0, 30)]),
        ({"class_code": "0101"}, {"class_code": "010199"}, [("class", 30, 30)]),
        ({"class_code": "010102"}, {}, []),
        ({"keywords": ("a", "b")}, {"named": ("a",), "aliased": ("b",)}, [("words", 22, 30)]),
        ({"keywords": ("a", "b")}, {"aliased": ("b",)}, [("words", 7, 30)]),
        ({"keywords": ("a",)}, {}, [("words", 0, 30)]),
        ({"city": "南京市", "district": "玄武区"}, {"city": "南京市", "district": "玄武区"}, [("place", 15, 15)]),
        ({"city": "南京市", "district": "玄武区"}, {"city": "南京市"}, [("place", 10, 15)]),
        ({"city": "南京市"}, {"city": "南京市", "district": "玄武区"}, [("place", 15, 15)]),
        ({"city": "南京市"}, {"city": "无锡市"}, [("place", 0, 15)]),
        ({"budget_fen": 100}, {"cost_fen": 100}, [("price", 15, 15)]),
        ({"budget_fen": 100}, {"cost_fen": 101}, [("price", 0, 15)]),
        ({"budget_fen": 100}, {}, []),
        ({"needed_by": JUNE}, {"first_free": JUNE}, [("free_time", 5, 5)]),
        ({"needed_by": JUNE}, {"first_free": date(2026, 7, 1)}, [("free_time", 0, 5)]),
        ({"needed_by": JUNE}, {"full": True}, [("free_time", 0, 5)]),
        ({"needed_by": JUNE}, {}, []),
        ({}, {"rating": 500}, [("rating", 5, 5)]),
        ({}, {"rating": 450}, [("rating", 4, 5)]),
    ],
)
def test_each_reason_says_what_it_is_worth(
    need: dict[str, Any], candidate: dict[str, Any], expected: list[tuple[str, int, int]]
) -> None:
    found = fit(Need(**need), Candidate(resource=SEM, **candidate))
    assert [(reason.part, reason.points, reason.of) for reason in found.reasons] == expected


def test_a_reason_shows_what_was_asked_and_found() -> None:
    (reason,) = fit(Need(budget_fen=100_000), Candidate(resource=SEM, cost_fen=60_000)).reasons
    assert (reason.asked, reason.found) == ("100000", "60000")


def test_the_best_comes_first_and_what_has_nothing_of_it_is_left_out() -> None:
    need = Need(class_code="010102", city="南京市")
    near = Candidate(resource=SEM, class_code="010102", city="南京市")
    far = Candidate(resource=XRD, class_code="010102", city="无锡市")
    other = Candidate(resource=UUID(int=1), class_code="990000", city="南京市")
    assert [each.candidate.resource for each in ranked(need, [other, far, near])] == [SEM, XRD]


CODES = st.sampled_from(["", "01", "0101", "010102", "020304"])


@given(CODES, CODES, st.lists(st.sampled_from("abcd"), unique=True, max_size=4), st.integers(100, 500))
def test_points_never_exceed_what_can_be_had(asked: str, has: str, words: list[str], rating: int) -> None:
    need = Need(class_code=asked, keywords=tuple(words))
    found = fit(need, Candidate(resource=SEM, class_code=has, named=tuple(words[:2]), rating=rating))
    assert all(0 <= reason.points <= reason.of for reason in found.reasons)
    assert 0 <= found.permille <= 1000
