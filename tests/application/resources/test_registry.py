# SPDX-License-Identifier: Apache-2.0
"""The registry's commands on the real database: whose they are, and what a decision on policy changes at once."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from application.errors import NotPermitted
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.assess_resource import AssessResource
from application.resources.confirm_resource_data import ConfirmResourceData
from application.resources.describe_resource import DescribeResource
from application.resources.link_project import LinkProject
from application.resources.publish_resource import PublishResource
from application.resources.record_project_acceptance import RecordProjectAcceptance
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Platform
from tests.application.deciding import decided, standard_in_force
from tests.application.office import Office
from tests.domain.resources.examples import ITEMS, TODAY, registered
from tests.fixtures import NOON

TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions["jiangsu"])


@pytest.fixture
def unit(office: Office) -> UUID:
    found = office.unit(office.legal_person())
    office.rules(found)
    return found


def add_type(office: Office, code: str) -> None:
    """In force from tomorrow on, by decision of the council."""
    entry = {"list": "resource.types", "code": code, "name_zh": "耗材库", "name_en": "Stock"}
    draft = DraftPolicyVersion.model_validate({"title": "新增类别", "reason": "主要包括", "entries": [entry]})
    approval = {
        "version": office.do(draft).id,
        "decision": decided(office.home, "苏科统〔2026〕3号", decided_on=TODAY, now=NOON),
        "decided_by": "理事会",
        "decided_on": TODAY,
        "effective_from": TODAY + timedelta(days=1),
    }
    office.do(ApprovePolicyVersion.model_validate(approval))


def test_JS_2_1_a_type_added_by_decision_goes_to_its_users_under_the_general_schema(office: Office, unit: UUID) -> None:
    add_type(office, "consumable_stock")
    with pytest.raises(DomainError, match="unknown_type"):
        office.register(unit, type="consumable_stock")
    stock = registered(unit=unit, type="consumable_stock", bookable=False, class_code="")
    register = RegisterResource.model_validate(stock.model_dump(exclude={"legal_person", "basis"}))
    resource = office.do(register, now=TOMORROW).id
    submit = SubmitResourceData(resource=resource, schema_name="tongchou.resource.consumable_stock")
    with pytest.raises(DomainError, match="not_described"):
        office.do(submit, now=TOMORROW)
    stated = {"kind": "other", "values": {"summary": "标准耗材", "access_mode": "on_application"}}
    describe = DescribeResource.model_validate({"resource": resource, **stated, "no_state_secrets": True})
    accept = AcceptResourceData(resource=resource, standard=standard_in_force(office.home, NOON))
    for step in (describe, submit, accept, PublishResource(resource=resource, items=ITEMS)):
        office.do(step, now=TOMORROW)
    assert office.state(resource).state == "published"


def test_what_a_unit_states_is_stated_by_that_unit_alone(office: Office, unit: UUID) -> None:
    other = office.unit(office.legal_person("12993200DEMJ0002XN"), "JS-U02")
    resource = office.register(unit)
    linked = LinkProject(resource=resource, project_number="BE1", planned_acceptance_at=TOMORROW)
    office.do(linked)
    accepted = RecordProjectAcceptance(resource=resource, accepted_at=NOON, document="18号")
    for command in (linked, accepted, ConfirmResourceData(resource=resource), AssessResource(resource=resource)):
        with pytest.raises(NotPermitted):
            office.do(command, Role.MANAGING_UNIT, unit=other)
    office.do(accepted, Role.SCIENCE_DEPARTMENT)
    assert office.state(resource).project.accepted_at == NOON


def test_a_resource_is_judged_when_it_enters_and_when_its_acceptance_becomes_known(office: Office, unit: UUID) -> None:
    resource = office.register(unit, accepted_on=date(2026, 2, 2))
    judged = office.state(resource).assessment
    assert (judged.public, judged.listing_due_on, judged.listing_binding) == (True, date(2026, 3, 4), False)
    with pytest.raises(DomainError, match="nothing_changed"):
        office.do(AssessResource(resource=resource))
