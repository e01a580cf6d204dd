# SPDX-License-Identifier: Apache-2.0
"""Certificates through commands on the real database, found by their number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from application.errors import NotFound
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.claim_exemption import ClaimExemption
from application.resources.issue_submission_certificate import IssueSubmissionCertificate
from application.resources.submit_resource_data import SubmitResourceData
from application.resources.transfer_resource import TransferResource
from application.resources.update_resource import UpdateResource
from application.resources.withdraw_resource import WithdrawResource
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.resources.submission import digest_of
from infrastructure.bootstrap import Platform
from infrastructure.certificates.office import CertificateOffice
from tests.application.deciding import standard_in_force
from tests.application.office import CODES, Office

NUMBER = "苏汇交-2026-1"


@dataclass
class Scene:
    office: Office
    unit: UUID
    other: UUID
    resource: UUID
    desk: CertificateOffice


@pytest.fixture
def scene(platform: Platform) -> Scene:
    home = platform.jurisdictions["jiangsu"]
    office = Office(home)
    university, centre = office.legal_person(), office.legal_person(CODES[1], name_zh="统筹中心")
    unit = office.unit(university)
    office.rules(unit)
    resource = office.register(unit)
    office.do(SubmitResourceData(resource=resource, schema_name="tongchou.resource.condition"))
    accept = AcceptResourceData(resource=resource, standard=standard_in_force(home))
    office.do(accept, Role.RECEIVING_PLATFORM, organisation=centre)
    certify = IssueSubmissionCertificate(resource=resource, number=NUMBER)
    office.do(certify, Role.RECEIVING_PLATFORM, organisation=centre)
    return Scene(office, unit, office.unit(university, "JS-U02"), resource, platform.certificates(home))


def test_a_certificate_is_told_from_the_log_as_it_was_issued(scene: Scene) -> None:
    found = scene.desk.find(NUMBER)
    assert found is not None
    assert (found.status, found.issuer, found.legal_person, found.credit_code) == (
        "valid",
        "统筹中心",
        "大学",
        CODES[0],
    )
    assert found.submission_digest == digest_of(scene.office.state(scene.resource))
    assert scene.desk.printed(found).startswith(b"%PDF")
    assert scene.desk.find("HJ-0") is None


def test_later_changes_leave_the_certificate_as_it_was_printed(scene: Scene) -> None:
    before = scene.desk.find(NUMBER)
    assert before is not None
    other = scene.office.register(scene.unit, asset_number="A-2")
    scene.office.do(UpdateResource(resource=other, reason="补正", model="SU9000"))
    assert scene.desk.printed(before) == scene.desk.printed(scene.desk.find(NUMBER) or before)


def test_a_certificate_falls_with_its_submission(scene: Scene) -> None:
    scene.office.do(WithdrawResource(resource=scene.resource, ground="scrapped", reason="报废"))
    found = scene.desk.find(NUMBER)
    assert found is not None
    assert (found.status, found.ground) == ("withdrawn", "resource_withdrawn")
    with pytest.raises(DomainError) as refused:
        scene.desk.printed(found)
    assert refused.value.codes == ("resources.certificate_withdrawn",)


def test_a_transfer_ends_it_and_a_new_submission_too(scene: Scene) -> None:
    scene.office.do(TransferResource(resource=scene.resource, to_unit=scene.other, reason="调拨"))
    found = scene.desk.find(NUMBER)
    assert found is not None
    assert (found.ground, found.unit, found.unit_code) == ("transferred", scene.other, "JS-U01")


def test_a_hidden_resource_is_answered_like_none_save_to_its_own_unit(scene: Scene) -> None:
    claim = ClaimExemption(resource=scene.resource, ground="secrecy", reason="涉密", review_on=date(2027, 1, 1))
    scene.office.do(claim)
    for reader in (None, uuid4()):
        with pytest.raises(NotFound):
            scene.desk.shown(NUMBER, unit=reader, whole=False)
    assert scene.desk.shown(NUMBER, unit=scene.unit, whole=False).hidden
    assert scene.desk.shown(NUMBER, unit=None, whole=True).hidden


def test_the_address_is_of_the_platform_where_it_is_known(scene: Scene) -> None:
    assert scene.desk.address("HJ/1") == "/api/v1/certificates/HJ%2F1?jurisdiction=jiangsu"
    reachable = CertificateOffice("jiangsu", scene.desk.log, scene.desk.claims, "https://tongchou.example/")
    assert reachable.address("HJ-1") == "https://tongchou.example/api/v1/certificates/HJ-1?jurisdiction=jiangsu"
