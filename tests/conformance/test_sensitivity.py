# SPDX-License-Identifier: Apache-2.0
"""Each thing that a text fixes is moved by its smallest step, and at least one conformance test notices.

A parameter that no rule reads yet is noticed by the transcript of the texts alone; the list of these is stated here,
so that it can only shrink knowingly.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from domain.policy import Edition
from tests.conformance.cases import Case, cases
from tests.conformance.catalogue import articles, rows
from tests.conformance.editions import under_trial
from tests.conformance.text import fixed_by_the_text, plain
from tests.conformance.unread import later, told, unread
from tests.conformance.variants import variants
from tests.domain.editions import CHONGQING, JIANGSU

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy import Parameter

REGIMES = {edition.regime: edition for edition in (JIANGSU, CHONGQING)}
Readers = dict[tuple[str, str], list[Case]]


class Watched(Edition):
    """An edition that notes which of its parameters are asked for."""

    asked: set[str]

    def parameter(self, name: str) -> Parameter:
        self.asked.add(name)
        return super().parameter(name)


@pytest.fixture(scope="module")
def readers() -> Readers:
    """The cases that ask for each parameter of each regime; every case passes as things are."""
    found: Readers = {}
    for case in cases():
        with ExitStack() as stack:
            watched = [Watched(**dict(edition), asked=set()) for edition in REGIMES.values()]
            for edition in watched:
                stack.enter_context(under_trial(edition))
            assert not case.fails(), case.name
        for edition in watched:
            for name in edition.asked:
                found.setdefault((edition.regime, name), []).append(case)
    return found


def _fixed() -> Iterator[tuple[str, str]]:
    for name, said in sorted(fixed_by_the_text().items()):
        yield from ((regime, name) for regime, value in said.items() if value is not None)


@pytest.mark.parametrize(("regime", "name"), [pair for pair in _fixed() if pair not in unread()])
def test_a_rule_notices_each_smallest_step(regime: str, name: str, readers: Readers) -> None:
    unnoticed = [
        words
        for words, moved in variants(REGIMES[regime], name)
        if not _noticed(moved, readers.get((regime, name), []))
    ]
    assert unnoticed == []


@pytest.mark.parametrize(("regime", "name"), sorted(unread()))
def test_the_transcript_notices_what_no_rule_reads_yet(regime: str, name: str, readers: Readers) -> None:
    said = fixed_by_the_text()[name][regime]
    for words, moved in variants(REGIMES[regime], name):
        assert plain(moved.parameter(name).value) != said, words
    noticed = [_noticed(moved, readers.get((regime, name), [])) for _, moved in variants(REGIMES[regime], name)]
    assert not all(noticed), "a rule notices it by now: take it from the list"


def _noticed(moved: Edition, asking: list[Case]) -> bool:
    with under_trial(moved):
        return any(case.fails() for case in asking)


def test_the_list_of_what_no_rule_reads_names_fixed_parameters_only() -> None:
    assert set(_fixed()) >= unread()
    assert not told() & later()


@pytest.mark.parametrize(("regime", "name"), sorted(later()))
def test_a_parameter_whose_statements_are_all_due_is_read(regime: str, name: str) -> None:
    places = [re.match(r"\w+ \w+", article) for article in REGIMES[regime].parameter(name).articles]
    statements = [articles().get(place[0], "") for place in places if place]
    assert any(not rows()[each].due for made in statements if isinstance(made, list) for each in made)
