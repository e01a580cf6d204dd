# SPDX-License-Identifier: Apache-2.0
"""Each value of origin T is what the text says."""

import pytest

from tests.conformance.editions import chongqing, jiangsu
from tests.conformance.text import fixed_by_the_text, plain


@pytest.mark.parametrize("name", sorted(fixed_by_the_text()))
def test_the_regimes_say_what_the_texts_say(name: str) -> None:
    said = {edition.regime: plain(edition.parameter(name).value) for edition in (jiangsu(), chongqing())}
    assert said == fixed_by_the_text()[name]


def test_nothing_else_is_said_to_be_fixed_by_the_text() -> None:
    for edition in (jiangsu(), chongqing()):
        fixed = {name for name, parameter in edition.parameters.items() if parameter.origin == "T"}
        assert fixed == set(fixed_by_the_text())
