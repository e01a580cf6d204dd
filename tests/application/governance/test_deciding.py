# SPDX-License-Identifier: Apache-2.0
"""Every deciding fact refers to a registered decision that is not annulled (JS 5, CQ 6)."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.bus import Entry, Request
from application.command import Command, Result
from application.errors import NotFound, NotPermitted
from application.governance.annul_decision import AnnulDecision
from application.governance.deciding import require_decision
from application.governance.record_decision import RecordDecision
from application.parties.map_unit_to_legal_person import MapUnitToLegalPerson
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.work import Work
from domain.governance.claims import number_of
from domain.governance.values import Body
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError, refusal
from infrastructure.bootstrap import Platform
from tests.application.deciding import YEAR_BEGAN, decided
from tests.application.office import CODES, Office
from tests.fixtures import NOON

ROOT = Path(__file__).parents[3] / "application"
REFERENCES = {"decision_reference", "document_reference"}
CARRIES = "it carries"
OTHER_HOUSE = "governance.decision_of_another_organisation"
ASKING = {"require_decision", "require_registered"}


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
    stream = office.home.claims.owner(number_of("council"), "9号")
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


@pytest.mark.parametrize("body", ["local_government", "competent_department", "science_department"])
def test_a_decision_of_a_body_that_has_no_say_carries_nothing(office: Office, body: Body) -> None:
    command = mapping(office, decided(office.home, "9号", body=body))
    with pytest.raises(DomainError) as refused:
        office.do(command, Role.COUNCIL_OFFICE)
    (violation,) = refused.value.violations
    assert (violation.code, violation.field) == ("governance.decision_of_another_body", "decision_reference")
    assert violation.citation is not None
    assert violation.parameters == {"number": "9号", "body": body, "possible_body": "council_office, council"}
    office.do(command)  # an import may cite any decision


@pytest.mark.parametrize(
    ("role", "body", "code"),
    [
        (Role.FINANCE_DEPARTMENT, "finance_department", CARRIES),
        (Role.FINANCE_DEPARTMENT, "council", CARRIES),
        (Role.FINANCE_DEPARTMENT, "council_office", CARRIES),
        (Role.FINANCE_DEPARTMENT, "science_department", "governance.decision_of_another_body"),
        (Role.SERVICE_CENTRE, "council", CARRIES),
        (Role.SERVICE_CENTRE, "local_government", "governance.decision_of_another_body"),
    ],
)
def test_an_authority_acts_on_its_own_decisions_and_the_councils(
    office: Office, role: Role, body: Body, code: str
) -> None:
    number = decided(office.home, "9号", body=body)
    assert _answer(office, number, role) == code


def test_another_department_of_the_same_kind_decides_for_itself_alone(office: Office) -> None:
    ours, theirs = uuid4(), uuid4()
    record = RecordDecision(number="教1号", title="…", decided_on=YEAR_BEGAN, digest="d" * 64)
    office.do(record, Role.COMPETENT_DEPARTMENT, organisation=ours)
    assert _answer(office, "教1号", Role.COMPETENT_DEPARTMENT, ours) == CARRIES
    assert _answer(office, "教1号", Role.COMPETENT_DEPARTMENT, theirs) == OTHER_HOUSE


def test_nobody_takes_the_number_of_another_body(office: Office) -> None:
    decided(office.home, "9号", body="local_government")
    assert _answer(office, "9号", Role.FINANCE_DEPARTMENT) == "governance.decision_of_another_body"
    decided(office.home, "9号", body="finance_department")
    assert _answer(office, "9号", Role.FINANCE_DEPARTMENT) == CARRIES
    assert _answer(office, "9号", Role.LOCAL_GOVERNMENT) == CARRIES
    assert _answer(office, "9号", Role.SERVICE_CENTRE) == "governance.decision_of_another_body"


def test_of_one_number_the_decision_that_stands_carries(office: Office) -> None:
    decided(office.home, "9号", body="finance_department")
    decided(office.home, "9号")
    struck = office.home.claims.owner(number_of("finance_department"), "9号")
    assert struck is not None
    office.do(AnnulDecision(decision=struck, reason="误登"))
    assert _answer(office, "9号", Role.FINANCE_DEPARTMENT) == CARRIES
    assert _answer(office, "9号", Role.COUNCIL) == CARRIES


def joint(office: Office, number: str, *parties: dict[str, str], by: Role = Role.FINANCE_DEPARTMENT) -> None:
    stated = {"number": number, "title": "…", "decided_on": YEAR_BEGAN, "digest": "d" * 64, "jointly_with": parties}
    office.do(RecordDecision.model_validate(stated), by)


def test_a_joint_decision_serves_each_body_named_in_it(office: Office) -> None:
    education = office.legal_person(kind="government_department")
    parties = ({"body": "science_department"}, {"body": "competent_department", "organisation": str(education)})
    joint(office, "财教1号", *parties)
    for role, organisation, answer in (
        (Role.FINANCE_DEPARTMENT, None, CARRIES),
        (Role.SCIENCE_DEPARTMENT, uuid4(), CARRIES),
        (Role.COMPETENT_DEPARTMENT, education, CARRIES),
        (Role.COMPETENT_DEPARTMENT, uuid4(), OTHER_HOUSE),
        (Role.COMPETENT_DEPARTMENT, None, OTHER_HOUSE),
        (Role.LOCAL_GOVERNMENT, education, "governance.decision_of_another_body"),
        (Role.SERVICE_CENTRE, None, "governance.decision_of_another_body"),
    ):
        assert _answer(office, "财教1号", role, organisation) == answer, (role, organisation)


def test_a_joint_decision_is_found_behind_another_of_the_same_number(office: Office) -> None:
    decided(office.home, "9号", body="science_department")
    place = office.legal_person(CODES[1], kind="city_government")
    joint(office, "9号", {"body": "local_government", "organisation": str(place)})
    assert _answer(office, "9号", Role.LOCAL_GOVERNMENT, place) == CARRIES
    assert _answer(office, "9号", Role.LOCAL_GOVERNMENT, uuid4()) == OTHER_HOUSE


def test_only_the_registrar_of_a_joint_decision_touches_it(office: Office) -> None:
    joint(office, "财教1号", {"body": "science_department"})
    stream = office.home.claims.owner(number_of("finance_department"), "财教1号")
    assert stream is not None
    with pytest.raises(NotPermitted):
        office.do(AnnulDecision(decision=stream, reason="…"), Role.SCIENCE_DEPARTMENT)
    office.do(AnnulDecision(decision=stream, reason="…"), Role.FINANCE_DEPARTMENT)
    assert _answer(office, "财教1号", Role.SCIENCE_DEPARTMENT) == "governance.decision_annulled"


def test_a_party_that_nobody_knows_is_refused(office: Office) -> None:
    with pytest.raises(NotFound):
        joint(office, "财教1号", {"body": "local_government", "organisation": str(uuid4())})


class Ask(Command):
    """May the actor act on this decision?"""

    number: str


def _asked(command: Ask, work: Work) -> Result:
    require_decision(work, command.number)
    raise refusal(CARRIES)


def _answer(office: Office, number: str, role: Role, organisation: UUID | None = None) -> str:
    bus = replace(office.home.bus, entries={Ask: Entry(Ask, _asked, frozenset({role}))})
    key = uuid4()
    actor = Actor(user=uuid4(), role=role, organisation=organisation)
    with pytest.raises(DomainError) as answered:
        bus.execute(Request(Ask(number=number), actor, key, key))
    return answered.value.codes[0]


def test_every_command_with_a_reference_asks_the_register() -> None:
    """A command that names a decision asks for it."""
    asking: set[str] = set()
    stating: set[str] = set()
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fields = {node.target.id for node in ast.walk(tree) if _is_field(node)}  # type: ignore[attr-defined]
        called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_name(node.func)}  # type: ignore[attr-defined]
        if fields & REFERENCES:
            (asking if called & ASKING else stating).add(path.name)
    assert stating == set()
    assert len(asking) >= 15


def _is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def test_the_register_is_found_by_number_alone(office: Office) -> None:
    decided(office.home, "9号")
    assert isinstance(office.home.claims.owner(number_of("council"), "9号"), UUID)
    assert office.home.claims.owner(number_of("council"), "10号") is None
