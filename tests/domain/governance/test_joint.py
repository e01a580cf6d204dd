# SPDX-License-Identifier: Apache-2.0
"""A decision of several authorities: who may be named, and whom it serves."""

from uuid import UUID

import pytest

from domain.governance import recording as decide
from domain.governance.decision import APPROVAL, DECISION, require_body, require_house
from domain.governance.events import DecisionAnnulled, DecisionTakenJointly
from domain.governance.values import JointParty
from domain.kernel.errors import DomainError
from domain.policy import Edition
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.governance.examples import MINUTES, TODAY, content, decision, recorded

EDUCATION, HEALTH, FINANCE = (UUID(int=number) for number in (21, 22, 23))
FIELD = "decision_reference"


def party(body: str, organisation: UUID | None = None) -> JointParty:
    return JointParty.model_validate({"body": body, "organisation": organisation})


def recording(
    *parties: JointParty,
    by: str = "finance_department",
    organisation: UUID | None = FINANCE,
    edition: Edition = JIANGSU,
) -> Outcome:
    return given(DECISION).when(
        decide.record,
        number="1号",
        body=by,
        organisation=organisation,
        content=content(minutes=MINUTES if by == "council" else None),
        edition=edition,
        today=TODAY,
        jointly_with=parties,
    )


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_a_decision_names_those_who_took_it_together(edition: Edition) -> None:
    parties = (party("science_department"), party("competent_department", EDUCATION))
    outcome = recording(*parties, edition=edition)
    alone = recorded("finance_department", organisation=FINANCE, minutes=None)
    outcome.then(alone, DecisionTakenJointly(parties=parties, basis=edition.basis(APPROVAL)))
    assert outcome.state.bodies == ("finance_department", "science_department", "competent_department")
    recording(edition=edition).then(alone)


@pytest.mark.parametrize("body", ["council", "council_office"])
def test_nobody_makes_a_decision_of_the_council_by_naming_it(body: str) -> None:
    refused = recording(party(body)).then_refused("governance.joint_with_council")
    (violation,) = refused.violations
    assert (violation.field, violation.citation) == ("jointly_with.0", JIANGSU.citation(APPROVAL))
    outcome = recording(party("finance_department"), by="council", organisation=None)
    assert outcome.state.bodies == ("council", "finance_department")


@pytest.mark.parametrize(
    ("parties", "codes"),
    [
        ([party("finance_department")], ["governance.joint_party_twice"]),
        ([party("finance_department", EDUCATION)], ["governance.joint_party_twice"]),
        ([party("science_department"), party("science_department", HEALTH)], ["governance.joint_party_twice"]),
        ([party("competent_department")], ["governance.joint_without_organisation"]),
        ([party("local_government")], ["governance.joint_without_organisation"]),
        (
            [party("council"), party("local_government")],
            ["governance.joint_with_council", "governance.joint_without_organisation"],
        ),
    ],
)
def test_everything_wrong_with_the_parties_is_said_at_once(parties: list[JointParty], codes: list[str]) -> None:
    recording(*parties).then_refused(*codes)


def test_two_departments_of_one_kind_decide_together() -> None:
    both = recording(party("competent_department", HEALTH), by="competent_department", organisation=EDUCATION)
    for own in (EDUCATION, HEALTH):
        require_house(both.state, "competent_department", own, JIANGSU, field=FIELD)
    with pytest.raises(DomainError, match=r"governance\.decision_of_another_organisation"):
        require_house(both.state, "competent_department", FINANCE, JIANGSU, field=FIELD)
    recording(party("competent_department", EDUCATION), by="competent_department", organisation=EDUCATION).then_refused(
        "governance.joint_party_twice"
    )


def test_it_serves_each_body_named_and_no_other() -> None:
    state = recording(party("science_department")).state
    for body in ("finance_department", "science_department"):
        require_body(state, (body,), JIANGSU, APPROVAL, field=FIELD)
    with pytest.raises(DomainError) as refused:
        require_body(state, ("council", "council_office"), JIANGSU, APPROVAL, field=FIELD)
    (violation,) = refused.value.violations
    assert violation.parameters["body"] == "finance_department, science_department"


def test_it_is_annulled_by_a_decision_of_its_registrar_taken_alone_or_together() -> None:
    past = given(DECISION, recorded("council_office"))
    facts = {"reason": "…", "edition": JIANGSU}
    with_office = decision("council", number="2号", jointly_with=(party("council_office"),))
    past.when(decide.annul, annulling=with_office, **facts).then(DecisionAnnulled(reason="…", annulling_decision="2号"))
    others = decision("finance_department", number="2号", jointly_with=(party("science_department"),))
    past.when(decide.annul, annulling=others, **facts).then_refused("governance.annulled_by_another_body")
