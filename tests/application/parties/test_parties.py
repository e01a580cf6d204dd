# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from application.errors import KeyTaken, NotFound, NotPermitted
from application.parties.change_legal_person_details import ChangeLegalPersonDetails
from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.deactivate_user import DeactivateUser
from application.parties.issue_access_token import IssueAccessToken
from application.parties.join_platform import JoinPlatform
from application.parties.leave_platform import LeavePlatform
from application.parties.map_unit_to_legal_person import MapUnitToLegalPerson
from application.parties.merge_unit import MergeUnit
from application.parties.publish_sharing_rules import PublishSharingRules
from application.parties.qualify_user import QualifyUser
from application.parties.record_tech_sme_evidence import RecordTechSmeEvidence
from application.parties.register_user import RegisterUser
from application.parties.rename_unit import RenameUnit
from application.parties.revoke_access_token import RevokeAccessToken
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Platform
from tests.application.deciding import decided
from tests.application.office import CODES, Office
from tests.domain.resources.examples import TODAY
from tests.fixtures import NOON

TOKEN = "b" * 64


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions["jiangsu"])


@pytest.fixture
def university(office: Office) -> UUID:
    return office.legal_person()


@pytest.fixture
def centre(office: Office, university: UUID) -> UUID:
    return office.unit(university)


def tokens(office: Office) -> list[tuple[str, UUID | None]]:
    with office.home.database.writing() as cursor:
        rows = cursor.execute("SELECT token_hash, unit FROM token_claims").fetchall()
    return [(str(row[0]), row[1]) for row in rows]


def test_a_credit_code_is_registered_once_whatever_its_case(office: Office, university: UUID) -> None:
    assert office.state(university).credit_code == CODES[0]
    with pytest.raises(KeyTaken):
        office.legal_person(CODES[0].lower())
    with pytest.raises(DomainError) as refused:
        office.legal_person("12993200DEMJ00011X")
    assert refused.value.codes == ("parties.invalid_credit_code",)


def test_a_unit_s_code_is_registered_once(office: Office, university: UUID, centre: UUID) -> None:
    assert office.state(centre).legal_person == university
    with pytest.raises(KeyTaken):
        office.unit(university)


def test_what_is_unknown_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        office.unit(uuid4())
    with pytest.raises(NotFound):
        office.legal_person(head_office=uuid4())


def test_a_user_registers_nobody_and_a_unit_only_its_own(office: Office, university: UUID, centre: UUID) -> None:
    wish = RegisterUser(name="孟知微", user_kind="university", legal_person=university, unit=centre)
    with pytest.raises(NotPermitted):
        office.do(wish, Role.USER)
    with pytest.raises(NotPermitted):
        office.do(wish, Role.MANAGING_UNIT, organisation=university, unit=uuid4())
    without_unit = wish.model_copy(update={"unit": None})
    with pytest.raises(NotPermitted):
        office.do(without_unit, Role.MANAGING_UNIT, organisation=university, unit=centre)
    made = office.do(wish, Role.MANAGING_UNIT, organisation=university, unit=centre)
    assert office.state(made.id).name.value == "孟知微"


def test_names_and_accounts_are_not_readable_in_the_table(office: Office) -> None:
    office.legal_person(bank_account="6222020200112233445", legal_representative="褚怀瑾")
    office.do(RegisterUser(name="匡书禾", user_kind="individual", phone="19900010003"))
    with office.home.database.writing() as cursor:
        stored = b"".join(bytes(row[0]) for row in cursor.execute("SELECT state FROM events").fetchall())
    for secret in ("6222020200112233445", "褚怀瑾", "匡书禾", "19900010003"):
        assert secret.encode() not in stored
        assert secret.encode("unicode_escape") not in stored


def test_a_token_lives_until_it_is_revoked_or_its_user_goes(office: Office, university: UUID, centre: UUID) -> None:
    person = office.do(RegisterUser(name="…", user_kind="university", legal_person=university, unit=centre)).id
    issue = IssueAccessToken(
        user=person, token_hash=TOKEN, role=Role.MANAGING_UNIT, expires_at=NOON + timedelta(days=1)
    )
    with pytest.raises(NotPermitted):
        office.do(issue, Role.SERVICE_CENTRE)
    office.do(issue, Role.ADMINISTRATOR)
    assert tokens(office) == [(TOKEN, centre)]
    with pytest.raises(KeyTaken):
        office.do(issue, Role.ADMINISTRATOR)
    office.do(RevokeAccessToken(user=person, token_hash=TOKEN, reason="遗失"), Role.ADMINISTRATOR)
    assert tokens(office) == []
    office.do(issue.model_copy(update={"token_hash": "c" * 64}), Role.ADMINISTRATOR)
    office.do(DeactivateUser(user=person, reason="离职"), Role.ADMINISTRATOR)
    assert tokens(office) == []


def test_who_changes_the_organisation_loses_its_tokens(office: Office, university: UUID, centre: UUID) -> None:
    person = office.do(RegisterUser(name="…", user_kind="university", legal_person=university, unit=centre)).id
    office.do(IssueAccessToken(user=person, token_hash=TOKEN, role=Role.USER), Role.ADMINISTRATOR)
    company = office.legal_person(CODES[1], kind="enterprise")
    office.do(ChangeUserAffiliation(user=person, user_kind="enterprise", legal_person=company, reason="调离"))
    assert tokens(office) == []
    assert office.state(person).legal_person == company


def test_a_legal_person_proves_joins_changes_and_leaves(office: Office) -> None:
    company = office.legal_person(CODES[1], kind="enterprise")
    evidence = RecordTechSmeEvidence(
        legal_person=company, number="S1", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    )
    office.do(evidence, Role.SCIENCE_DEPARTMENT)
    office.do(JoinPlatform(legal_person=company, agreement_number="JM-1", joined_on=TODAY), Role.SERVICE_CENTRE)
    office.do(ChangeLegalPersonDetails(legal_person=company, reason="更名", name_zh="新公司", contact_phone="025-1"))
    state = office.state(company)
    assert state.sme_on(TODAY).number == "S1"
    assert (state.joined, state.name_zh, state.city, state.contact_phone.value) == (True, "新公司", "南京", "025-1")
    leave = LeavePlatform(legal_person=company, reason="…", left_on=TODAY)
    with pytest.raises(NotPermitted):
        office.do(leave, Role.PROFESSIONAL_INSTITUTION, organisation=uuid4())
    office.do(leave, Role.PROFESSIONAL_INSTITUTION, organisation=company)
    assert not office.state(company).joined


def test_a_unit_publishes_its_own_rules(office: Office, university: UUID, centre: UUID) -> None:
    publish = PublishSharingRules(unit=centre, title="办法", number="1", digest="a" * 64, effective_from=TODAY)
    with pytest.raises(NotPermitted):
        office.do(publish, Role.MANAGING_UNIT, organisation=university, unit=uuid4())
    office.do(publish, Role.MANAGING_UNIT, organisation=university, unit=centre)
    assert office.state(centre).sharing_rules.version == 1


def test_a_unit_is_renamed_mapped_and_merged(office: Office, university: UUID, centre: UUID) -> None:
    other = office.legal_person(CODES[1])
    successor = office.unit(university, "JS-U02")
    office.do(RenameUnit(unit=centre, name_zh="新中心", reason="调整"), Role.SERVICE_CENTRE)
    office.do(
        MapUnitToLegalPerson(
            unit=centre, legal_person=other, effective_from=TODAY, decision_reference=decided(office.home, "1号")
        ),
        Role.COUNCIL_OFFICE,
    )
    office.do(
        MergeUnit(unit=centre, successor=successor, decision_reference=decided(office.home, "2号")), Role.COUNCIL_OFFICE
    )
    state = office.state(centre)
    assert (state.name_zh, state.legal_person, state.merged_into) == ("新中心", other, successor)
    with pytest.raises(DomainError) as refused:
        office.register(centre)
    assert refused.value.codes == ("parties.unit_merged",)


def test_the_unit_of_the_instrument_qualifies_its_users(office: Office, university: UUID, centre: UUID) -> None:
    office.rules(centre)
    instrument = office.published(centre)
    person = office.do(RegisterUser(name="…", user_kind="individual")).id
    qualify = QualifyUser(user=person, resource=instrument, valid_from=TODAY, valid_until=TODAY)
    with pytest.raises(NotPermitted):
        office.do(qualify, Role.MANAGING_UNIT, organisation=university, unit=uuid4())
    office.do(qualify, Role.MANAGING_UNIT, organisation=university, unit=centre)
    assert office.state(person).qualified_until(instrument, TODAY) == TODAY
