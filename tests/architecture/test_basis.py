# SPDX-License-Identifier: Apache-2.0
"""What a regime decided says so: regime, edition, values and places stand in the event, decisions by their number."""

import ast
from collections.abc import Iterator
from decimal import Decimal

import pytest

from domain.catalogue import EVENT_TYPES
from domain.kernel.citation import Basis
from domain.policy import Edition
from tests.architecture.sources import trees
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.policy.decisions import NEW_YEAR, NUMBER, decided, entry

EVENT_NAMES = {event.__name__ for event in EVENT_TYPES.values()}
PARAMETERS = JIANGSU.parameters.keys() | CHONGQING.parameters.keys()
ASKING = {"basis", "value", "optional", "fen", "citation", "parameter"}


def deciding(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public functions that an edition is given to and that return events."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            returns = ast.unparse(node.returns) if node.returns else ""
            if "edition" in names and "Event" in returns:
                yield node


def without_basis(tree: ast.Module) -> Iterator[int]:
    """Lines at which a deciding function makes an event that does not say what it was decided by."""
    for function in deciding(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                stated = {keyword.arg for keyword in node.keywords}
                if name in EVENT_NAMES and not stated & {"basis", None}:
                    yield node.lineno


def unknown_parameters(tree: ast.Module) -> Iterator[str]:
    """Names asked of an edition that no regime has."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="edition"), attr=attr), args=args) if attr in ASKING:
                for argument in args:
                    if isinstance(argument, ast.Constant) and argument.value not in PARAMETERS:
                        yield f"{node.lineno}: {argument.value!r}"


def test_every_deciding_function_stamps_what_it_makes() -> None:
    found = [f"{name}:{line}" for name, tree in trees("domain", "application") for line in without_basis(tree)]
    assert found == []


def test_what_is_asked_of_an_edition_is_in_every_regime() -> None:
    found = [f"{name}:{line}" for name, tree in trees("domain", "application") for line in unknown_parameters(tree)]
    assert found == []


def test_each_check_can_fail() -> None:
    bare = "def confirm(state: S, edition: Edition) -> list[Event]:\n    return [ExemptionConfirmed(review_on=day)]"
    assert list(without_basis(ast.parse(bare))) == [2]
    assert list(unknown_parameters(ast.parse("edition.value('reward.rate_maximum')"))) == ["1: 'reward.rate_maximum'"]


def test_every_event_has_a_place_for_its_basis_and_the_basis_says_everything() -> None:
    assert set(Basis.model_fields) == {"regime", "edition", "articles", "values"}
    for event in EVENT_TYPES.values():
        assert event.model_fields["basis"].annotation == Basis | None


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_a_decided_value_stands_there_with_the_number_of_its_decision(edition: Edition) -> None:
    added = entry("resource.types", "consumable_stock")
    completed = decided(edition, added, fee__max_margin="0.05").completing(edition, NEW_YEAR)
    basis = completed.basis("fee.max_margin", "resource.types")
    assert (basis.regime, basis.edition) == (edition.regime, edition.edition)
    assert NUMBER in basis.articles
    assert Decimal(basis.values["fee.max_margin"]) == Decimal("0.05")
    assert basis.values["resource.types"].endswith("consumable_stock")
    assert NUMBER not in edition.basis("fee.max_margin", "resource.types").articles
