# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: a municipal voucher page states a cap of 50,000 where its own rule says 100,000. Here what is shown is
what commands are judged by, and no amount of a regulation stands in code.
"""

import ast
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.grant_voucher import GrantVoucher
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.policy.loader import load_regimes
from tests.api.desk import Desk
from tests.application.deciding import decided
from tests.application.vouchers.treasury import Treasury

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "domain" / "policy" / "regimes").glob("*.toml"))
PACKAGES = ("domain", "application", "projections", "api/http", "infrastructure/policy", "infrastructure/scheduling")
"""Where something is decided or shown."""
COUNTS = {"le", "lt", "ge", "gt", "max_length", "min_length"}
"""Bounds of fields, such as how many people may take part in a training: nobody is judged by their amount of money."""
NO_AMOUNTS = {"MOST_LINES": "lines of a file", "WAN_YUAN_FEN": "ten thousand yuan, the unit of the national feed"}
SMALLEST = 100_000
"""From here on a number is rare enough to be looked at; the smallest amount of either regulation is above it."""


def written(file: Path) -> dict[str, dict[str, Any]]:
    """The parameters as the file has them, read without the system's own loader."""
    data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    rooms = {name: room for name, room in data.items() if isinstance(room, dict)}
    return {
        f"{room}.{name}": item
        for room, items in rooms.items()
        for name, item in items.items()
        if isinstance(item, dict) and "unit" in item
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_states_another_cap_than_its_rule_not_here_what_is_read_is_the_rules_data(
    desk: Desk, file: Path
) -> None:
    regime = file.stem.partition("-")[0]
    answer = desk.read(f"/regimes/{regime}", jurisdiction="jiangsu", on="2026-03-02")
    assert answer.status_code == 200, answer.text
    shown = {each["name"]: each for each in answer.json()["parameters"]}
    stated = written(file)
    assert len(stated) > 50
    for name, item in stated.items():
        if item["unit"] == "yuan" and "value" in item:
            assert Decimal(str(shown[name]["in_force"])) == item["value"], name
            assert shown[name]["quotation"], f"{name} is shown without the words it rests on"
            assert shown[name]["articles"], f"{name} is shown without its article"
        assert shown[name]["articles"] == item.get("articles", []), name


def test_a_page_states_another_cap_than_its_rule_not_here_the_programmes_cap_shown_is_the_cap_enforced(
    desk: Desk, treasury: Treasury
) -> None:
    """A cap of 600.00 a year: read as 600.00, granted up to 600.00, and refused one fen above it."""
    programme = treasury.programme(annual_cap_fen=60_000)
    desk.project()
    auditor = desk.bearer(Role.AUDITOR)
    shown = desk.read(f"/voucher-programmes/{programme}", auditor).json()
    assert shown["terms"]["annual_cap_fen"] == 60_000
    grants = []
    for amount in (50_000, 10_001, 10_000):
        request = ApplyForVoucher(programme_id=programme, requested_fen=amount, purpose="new_product")
        grant = treasury.do(request, treasury.province.customer, day=2).id
        treasury.do(CheckVoucherEligibility(grant_id=grant), treasury.checker, day=2)
        grants.append(GrantVoucher(grant_id=grant, decision_reference=decided(treasury.province.home, "发1号")))
    treasury.do(grants[0], treasury.grantor, day=2)
    with pytest.raises(DomainError) as refused:
        treasury.do(grants[1], treasury.grantor, day=2)
    assert refused.value.codes == ("vouchers.annual_cap_exceeded",)
    treasury.do(grants[2], treasury.grantor, day=2)


def test_a_page_states_another_cap_than_its_rule_not_here_no_amount_of_a_regulation_stands_in_code() -> None:
    amounts = {
        int(scale * Decimal(str(parameter.value)))
        for regime in load_regimes(None).values()
        for edition in regime.editions
        for parameter in edition.parameters.values()
        if parameter.unit == "yuan" and parameter.value is not None
        for scale in (1, 100)
    }
    assert amounts
    assert min(amounts) >= SMALLEST
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in _numbers(ast.parse(path.read_text(encoding="utf-8")))
        if node.value in amounts
    ]
    assert found == []


def test_the_search_for_amounts_finds_one_and_leaves_examples_and_counts_alone() -> None:
    lines = (
        "CAP = 500_000",
        "model_config = ConfigDict(json_schema_extra={'example': {'a_fen': 500_000}})",
        "n = Field(le=500_000)",
    )
    code = "\n".join(lines)
    assert [node.lineno for node in _numbers(ast.parse(code))] == [1]


def _numbers(tree: ast.AST) -> Iterator[ast.Constant]:
    """Whole numbers written in code; neither examples nor bounds of fields."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.keyword) and (node.arg == "json_schema_extra" or node.arg in COUNTS):
            continue
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            continue  # an example that several commands share
        if isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} <= set(NO_AMOUNTS):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value >= SMALLEST:
            yield node
        yield from _numbers(node)
