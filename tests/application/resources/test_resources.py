# SPDX-License-Identifier: Apache-2.0
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from application.errors import KeyTaken, NotPermitted
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.authorise_operation import AuthoriseOperation
from application.resources.claim_exemption import ClaimExemption
from application.resources.confirm_exemption import ConfirmExemption
from application.resources.end_exemption import EndExemption
from application.resources.end_maintenance import EndMaintenance
from application.resources.end_operation_authorisation import EndOperationAuthorisation
from application.resources.enter_internal_block import EnterInternalBlock
from application.resources.issue_submission_certificate import IssueSubmissionCertificate
from application.resources.lift_internal_block import LiftInternalBlock
from application.resources.publish_opening_limit import PublishOpeningLimit
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.reassign_resource import ReassignResource
from application.resources.record_customs_condition import RecordCustomsCondition
from application.resources.refuse_exemption import RefuseExemption
from application.resources.resume_resource import ResumeResource
from application.resources.return_resource_data import ReturnResourceData
from application.resources.schedule_maintenance import ScheduleMaintenance
from application.resources.submit_resource_data import SubmitResourceData
from application.resources.suspend_resource import SuspendResource
from application.resources.transfer_resource import TransferResource
from application.resources.update_resource import UpdateResource
from application.resources.withdraw_resource import WithdrawResource
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Platform
from tests.application.deciding import decided, standard_in_force
from tests.application.office import CODES, Office
from tests.domain.resources.examples import ITEMS, PORTAL, TODAY, line, span
from tests.fixtures import NOON

SCHEMA = "tongchou.resource.condition"
AFTERNOON = span("14:00", "16:00")


@dataclass
class Scene:
    """A university with two units; the first has sharing rules."""

    office: Office
    university: UUID
    unit: UUID
    other: UUID


@pytest.fixture
def scene(platform: Platform) -> Scene:
    office = Office(platform.jurisdictions["jiangsu"])
    university = office.legal_person()
    unit = office.unit(university)
    office.rules(unit)
    return Scene(office, university, unit, office.unit(university, "JS-U02", portal_url=None))


def codes(refused: pytest.ExceptionInfo[DomainError]) -> tuple[str, ...]:
    return refused.value.codes


def test_a_resource_goes_from_the_registry_to_its_users(scene: Scene) -> None:
    state = scene.office.state(scene.office.published(scene.unit))
    assert (state.state, state.legal_person, state.portal_url) == ("published", scene.university, PORTAL)


def test_an_asset_number_is_registered_once_in_a_unit(scene: Scene) -> None:
    scene.office.register(scene.unit)
    with pytest.raises(KeyTaken):
        scene.office.register(scene.unit)
    scene.office.register(scene.other)


def test_only_its_own_unit_touches_a_resource(scene: Scene) -> None:
    resource = scene.office.register(scene.unit)
    submit = SubmitResourceData(resource=resource, schema_name=SCHEMA)
    for role, unit in ((Role.USER, scene.unit), (Role.MANAGING_UNIT, scene.other), (Role.OPERATOR, scene.unit)):
        with pytest.raises(NotPermitted):
            scene.office.do(submit, role, organisation=scene.university, unit=unit)
    scene.office.do(submit, Role.MANAGING_UNIT, organisation=scene.university, unit=scene.unit)


def test_a_returned_submission_is_corrected_accepted_and_certified(scene: Scene) -> None:
    office, platform = scene.office, uuid4()
    resource = office.register(scene.unit)
    submit = SubmitResourceData(resource=resource, schema_name=SCHEMA)
    office.do(submit)
    office.do(ReturnResourceData(resource=resource, reasons=("型号有误",)), Role.RECEIVING_PLATFORM)
    office.do(UpdateResource(resource=resource, reason="补正", model="SU9000"))
    office.do(submit)
    accept = AcceptResourceData(resource=resource, standard=standard_in_force(office.home))
    office.do(accept, Role.RECEIVING_PLATFORM, organisation=platform)
    certify = IssueSubmissionCertificate(resource=resource, number="HJ-1")
    with pytest.raises(DomainError) as refused:
        office.do(certify, Role.RECEIVING_PLATFORM, organisation=uuid4())
    assert codes(refused) == ("resources.received_by_another",)
    office.do(certify, Role.RECEIVING_PLATFORM, organisation=platform)
    assert office.state(resource).certificate == "HJ-1"
    second = office.published(scene.unit, asset_number="A-2")
    with pytest.raises(KeyTaken):
        office.do(IssueSubmissionCertificate(resource=second, number="HJ-1"), organisation=platform)


def test_a_unit_without_rules_hears_everything_that_is_missing(scene: Scene) -> None:
    office = scene.office
    resource = office.register(scene.other)
    office.do(SubmitResourceData(resource=resource, schema_name=SCHEMA))
    office.do(AcceptResourceData(resource=resource, standard=standard_in_force(office.home)))
    with pytest.raises(DomainError) as refused:
        office.do(PublishResource(resource=resource, items=ITEMS))
    assert set(codes(refused)) == {
        "resources.portal_link_missing",
        "resources.sharing_rules_missing",
        "resources.opening_missing",
        "resources.tariff_missing",
    }


def test_a_price_above_cost_is_refused(scene: Scene) -> None:
    resource = scene.office.published(scene.unit)
    with pytest.raises(DomainError) as refused:
        scene.office.do(PublishTariff(resource=resource, effective_from=TODAY, lines=(line(30001),)))
    assert codes(refused) == ("resources.above_cost",)


def test_a_limit_and_a_customs_condition_are_recorded(scene: Scene) -> None:
    resource = scene.office.register(scene.unit, duty_free=True)
    scene.office.do(PublishOpeningLimit(resource=resource, text="提前2小时", latest_minutes_before=120))
    scene.office.do(RecordCustomsCondition(resource=resource, notice_number="D-1", valid_from=TODAY, valid_until=TODAY))
    state = scene.office.state(resource)
    assert (state.limit.version, state.limit.latest_minutes_before) == (1, 120)
    assert state.customs_valid_on(TODAY)


def test_maintenance_and_own_needs_keep_out_of_each_other_s_way(scene: Scene) -> None:
    office, resource = scene.office, scene.office.published(scene.unit)
    schedule = ScheduleMaintenance(resource=resource, span=AFTERNOON, kind="repair", reason="…")
    planned = office.do(schedule)
    assert planned.data["lanes"] == [1, 2]
    with pytest.raises(DomainError) as refused:
        office.do(EnterInternalBlock(resource=resource, span=span("15:00", "17:00"), purpose="教学"))
    assert codes(refused) == ("resources.slot_occupied",)
    assert refused.value.violations[0].parameters == {"count": 2, "own": 2, "reservations": "-"}
    with pytest.raises(DomainError):
        office.do(EnterInternalBlock(resource=resource, span=AFTERNOON, lanes=(2,), purpose="教学"))
    office.do(EnterInternalBlock(resource=resource, span=span("16:00", "17:00"), purpose="教学"))
    office.do(EndMaintenance(resource=resource, maintenance=UUID(str(planned.data["maintenance"]))))
    office.do(EnterInternalBlock(resource=resource, span=AFTERNOON, lanes=(2,), purpose="教学"))
    assert len(office.home.claims.holders(resource, NOON, NOON + timedelta(days=1))) == 3


def test_lifted_time_is_free_again(scene: Scene) -> None:
    office, resource = scene.office, scene.office.published(scene.unit)
    kept = office.do(EnterInternalBlock(resource=resource, span=AFTERNOON, purpose="教学"))
    office.do(LiftInternalBlock(resource=resource, block=UUID(str(kept.data["block"])), reason="取消"))
    assert office.home.claims.holders(resource, NOON, NOON + timedelta(days=1)) == []


def test_own_maintenance_is_no_open_reservation(scene: Scene) -> None:
    office, resource = scene.office, scene.office.published(scene.unit)
    office.do(ScheduleMaintenance(resource=resource, span=AFTERNOON, kind="repair", reason="…"))
    suspended = office.do(SuspendResource(resource=resource, ground="fault", reason="…"))
    assert suspended.data["open_reservations"] == []
    office.do(ResumeResource(resource=resource))
    office.do(WithdrawResource(resource=resource, ground="scrapped", reason="…"))
    assert office.state(resource).state == "withdrawn"


def test_an_operator_acts_while_authorised(scene: Scene) -> None:
    office, resource = scene.office, scene.office.published(scene.unit)
    operator = office.legal_person(CODES[1], kind="operator")
    schedule = ScheduleMaintenance(resource=resource, span=AFTERNOON, kind="repair", reason="…")
    with pytest.raises(NotPermitted):
        office.do(schedule, Role.OPERATOR, organisation=operator)
    office.do(
        AuthoriseOperation(resource=resource, operator=operator, scope="运行", valid_from=TODAY, valid_until=TODAY)
    )
    office.do(schedule, Role.OPERATOR, organisation=operator)
    tomorrow = ScheduleMaintenance(resource=resource, span=span("14:00", "16:00", day=3), kind="repair", reason="…")
    with pytest.raises(NotPermitted):
        office.do(tomorrow, Role.OPERATOR, organisation=operator, now=NOON + timedelta(days=1))
    office.do(EndOperationAuthorisation(resource=resource, operator=operator, reason="…"))
    with pytest.raises(NotPermitted):
        office.do(tomorrow, Role.OPERATOR, organisation=operator)


def test_the_competent_department_of_the_unit_decides_on_exemptions(scene: Scene) -> None:
    office, resource, review = scene.office, scene.office.published(scene.unit), date(2027, 1, 1)
    right = office.legal_person(CODES[1], name_zh="江苏省教育厅", kind="government_department")
    wrong = office.legal_person(CODES[2], name_zh="江苏省卫生健康委员会", kind="government_department")
    claim = ClaimExemption(resource=resource, ground="secrecy", reason="…", review_on=review)
    office.do(claim)
    confirm = ConfirmExemption(resource=resource, review_on=review)
    for department in (wrong, None):
        with pytest.raises(NotPermitted):
            office.do(confirm, Role.COMPETENT_DEPARTMENT, organisation=department)
    office.do(confirm, Role.COMPETENT_DEPARTMENT, organisation=right)
    assert office.state(resource).state == "exempt"
    office.do(EndExemption(resource=resource, reason="…"), Role.COMPETENT_DEPARTMENT, organisation=right)
    office.do(claim)
    office.do(RefuseExemption(resource=resource, reason="…"), Role.COMPETENT_DEPARTMENT, organisation=right)
    assert office.state(resource).state == "draft"


def test_a_transferred_resource_waits_for_its_new_unit(scene: Scene) -> None:
    office, resource = scene.office, scene.office.published(scene.unit)
    office.do(TransferResource(resource=resource, to_unit=scene.other, reason="整合"), Role.COUNCIL_OFFICE)
    with pytest.raises(DomainError) as refused:
        office.do(ResumeResource(resource=resource))
    assert set(codes(refused)) == {"resources.portal_link_missing", "resources.sharing_rules_missing"}
    office.rules(scene.other)
    office.do(UpdateResource(resource=resource, reason="接收", portal_url="https://other.example/"))
    office.do(ResumeResource(resource=resource), Role.MANAGING_UNIT, unit=scene.other)
    assert office.home.claims.owner("resource.asset_number", f"{scene.other}:A-1") == resource
    assert office.home.claims.owner("resource.asset_number", f"{scene.unit}:A-1") is None


def test_a_large_instrument_is_reassigned_by_the_provincial_departments(scene: Scene) -> None:
    resource = scene.office.published(scene.unit)
    reassign = ReassignResource(
        resource=resource, to_unit=scene.other, decision_reference=decided(scene.office.home, "21号"), reason="…"
    )
    with pytest.raises(NotPermitted):
        scene.office.do(reassign, Role.COUNCIL_OFFICE)
    scene.office.do(reassign, Role.SCIENCE_DEPARTMENT)
    state = scene.office.state(resource)
    assert (state.state, state.unit) == ("suspended", scene.other)
