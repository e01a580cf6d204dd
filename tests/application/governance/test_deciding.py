# SPDX-License-Identifier: Apache-2.0
"""Every deciding fact refers to a registered decision that is not annulled (JS 5, CQ 6)."""

import ast
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.governance.annul_decision import AnnulDecision
from application.parties.map_unit_to_legal_person import MapUnitToLegalPerson
from application.policy.approve_policy_version import ApprovePolicyVersion
from domain.governance.claims import DECISION_NUMBER
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Platform
from tests.application.deciding import YEAR_BEGAN, decided
from tests.application.office import CODES, Office
from tests.fixtures import NOON

ROOT = Path(__file__).parents[3] / "application"
REFERENCES = {"decision_reference", "document_reference"}


@pytest.fixture(params=["jiangsu", "chongqing"])
def office(request: pytest.FixtureRequest, platform: Platform) -> Office:
    return Office(platform.jurisdictions[request.param])


def mapping(office: Office, number: str) -> MapUnitToLegalPerson:
    kind = office.home.regime.on(NOON.date()).value("scope.unit_kinds")[0]
    unit = office.unit(office.legal_person(), kind=kind)
    other = office.legal_person(CODES[1])
    return MapUnitToLegalPerson(unit=unit, legal_person=other, effective_from=YEAR_BEGAN, decision_reference=number)


def test_a_decision_that_nobody_registered_carries_nothing(office: Office) -> None:
    with pytest.raises(DomainError) as refused:
        office.do(mapping(office, "9号"), Role.COUNCIL_OFFICE)
    (violation,) = refused.value.violations
    assert (violation.code, violation.field) == ("governance.decision_not_registered", "decision_reference")
    assert violation.citation is not None
    assert violation.parameters == {"number": "9号"}


def test_a_registered_decision_carries_until_it_is_annulled(office: Office) -> None:
    command = mapping(office, decided(office.home, "9号"))
    stream = office.home.claims.owner(DECISION_NUMBER, "9号")
    assert stream is not None
    office.do(command, Role.COUNCIL_OFFICE)
    office.do(AnnulDecision(decision=stream, reason="…"), Role.COUNCIL)
    again = command.model_copy(update={"legal_person": office.legal_person(CODES[2])})
    with pytest.raises(DomainError, match=r"governance\.decision_annulled"):
        office.do(again, Role.COUNCIL_OFFICE)


@pytest.mark.parametrize(
    ("body", "decided_on", "code"),
    [
        ("council_office", YEAR_BEGAN, "governance.decision_of_another_body"),
        ("council", date(2025, 12, 31), "governance.decided_on_another_day"),
    ],
)
def test_policy_is_decided_by_the_council_on_the_day_of_the_register(
    office: Office, body: str, decided_on: date, code: str
) -> None:
    number = decided(office.home, "9号", body=body, decided_on=decided_on)  # type: ignore[arg-type]
    approve = ApprovePolicyVersion(
        version=uuid4(),
        decision=number,
        decided_by="理事会",
        decided_on=YEAR_BEGAN,
        effective_from=date(2026, 4, 1),
    )
    with pytest.raises(DomainError) as refused:
        office.do(approve, Role.COUNCIL)
    assert refused.value.codes == (code,)


def test_every_command_with_a_reference_asks_the_register() -> None:
    """A command that names a decision asks for it."""
    asking: set[str] = set()
    stating: set[str] = set()
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fields = {node.target.id for node in ast.walk(tree) if _is_field(node)}  # type: ignore[attr-defined]
        called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_name(node.func)}  # type: ignore[attr-defined]
        if fields & REFERENCES:
            (asking if "require_decision" in called else stating).add(path.name)
    assert stating == set()
    assert len(asking) >= 15


def _is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def test_the_register_is_found_by_number_alone(office: Office) -> None:
    decided(office.home, "9号")
    assert isinstance(office.home.claims.owner(DECISION_NUMBER, "9号"), UUID)
    assert office.home.claims.owner(DECISION_NUMBER, "10号") is None
