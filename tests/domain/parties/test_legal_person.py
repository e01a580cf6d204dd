# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any

import pytest

from domain.kernel.personal import Personal
from domain.parties import legal_person as decide
from domain.parties.events import (
    InstitutionJoined,
    InstitutionLeft,
    LegalPersonDetailsChanged,
    TechSmeEvidenceRecorded,
)
from domain.parties.legal_person import LEGAL_PERSON
from tests.domain.editions import JIANGSU
from tests.domain.given import given
from tests.domain.parties.examples import COMPANY, UNIVERSITY, legal_person

ENTERPRISE = legal_person(kind="enterprise", credit_code="91110000600037341L")
JOINED = InstitutionJoined(agreement_number="JM-1", joined_on=date(2026, 1, 1))


def head_office(**changes: object) -> object:
    return given(LEGAL_PERSON, legal_person(**changes)).state


def test_a_legal_person_is_registered_under_its_code_in_capitals() -> None:
    small = legal_person(credit_code="12993200demj00011y")
    given(LEGAL_PERSON).when(decide.register, small, head_office=None).then(legal_person())


def test_an_invalid_credit_code_is_refused() -> None:
    wrong = legal_person(credit_code="12993200DEMJ00011X")
    given(LEGAL_PERSON).when(decide.register, wrong, head_office=None).then_refused("parties.invalid_credit_code")


def test_a_branch_names_its_head_office_which_is_no_branch_itself() -> None:
    branch = legal_person(head_office=UNIVERSITY)
    given(LEGAL_PERSON).when(decide.register, branch, head_office=head_office()).then(branch)
    of_branch = given(LEGAL_PERSON).when(decide.register, branch, head_office=head_office(head_office=COMPANY))
    of_branch.then_refused("parties.head_office_is_a_branch")


def test_a_change_keeps_what_it_leaves_out() -> None:
    account = Personal.of(UNIVERSITY, "1234")
    change = LegalPersonDetailsChanged(reason="更名", name_zh="扬子大学", bank_account=account)
    outcome = given(LEGAL_PERSON, legal_person()).when(decide.change_details, change).then(change)
    assert (outcome.state.name_zh, outcome.state.city) == ("扬子大学", "南京市")
    assert outcome.state.bank_account == account


def test_a_change_of_nothing_is_refused() -> None:
    same = LegalPersonDetailsChanged(reason="…", city="南京市")
    given(LEGAL_PERSON, legal_person()).when(decide.change_details, same).then_refused("parties.nothing_changed")


def test_an_enterprise_proves_to_be_a_technology_sme() -> None:
    first, last = date(2021, 3, 1), date(2021, 12, 31)
    outcome = given(LEGAL_PERSON, ENTERPRISE).when(
        decide.record_sme_evidence, number="S1", valid_from=first, valid_until=last, edition=JIANGSU
    )
    outcome.then(TechSmeEvidenceRecorded(number="S1", valid_from=first, valid_until=last))


def test_JS_22_2_evidence_is_valid_to_its_last_day() -> None:
    proof = TechSmeEvidenceRecorded(number="S1", valid_from=date(2021, 3, 1), valid_until=date(2021, 12, 31))
    state = given(LEGAL_PERSON, ENTERPRISE, proof).state
    assert state.sme_on(date(2021, 12, 31)).number == "S1"
    assert state.sme_on(date(2022, 1, 1)) is None
    assert state.sme_on(date(2021, 2, 28)) is None


def test_of_two_proofs_the_longer_one_counts() -> None:
    short = TechSmeEvidenceRecorded(number="S1", valid_from=date(2021, 1, 1), valid_until=date(2021, 6, 30))
    long = TechSmeEvidenceRecorded(number="S2", valid_from=date(2021, 1, 1), valid_until=date(2021, 12, 31))
    assert given(LEGAL_PERSON, ENTERPRISE, long, short).state.sme_on(date(2021, 5, 1)).number == "S2"


def test_all_that_is_wrong_with_evidence_is_said_at_once() -> None:
    outcome = given(LEGAL_PERSON, legal_person()).when(
        decide.record_sme_evidence,
        number="S1",
        valid_from=date(2021, 3, 2),
        valid_until=date(2021, 3, 1),
        edition=JIANGSU,
    )
    refused = outcome.then_refused("parties.not_an_enterprise", "parties.ends_before_start")
    assert refused.violations[0].citation == JIANGSU.citation("voucher.beneficiary_kinds")


def test_the_same_evidence_is_recorded_once() -> None:
    day = date(2021, 3, 1)
    proof = TechSmeEvidenceRecorded(number="S1", valid_from=day, valid_until=day)
    given(LEGAL_PERSON, ENTERPRISE, proof).when(
        decide.record_sme_evidence, number="S1", valid_from=day, valid_until=day, edition=JIANGSU
    ).then_refused("parties.evidence_known")


def test_JS_19_1_an_institution_joins_and_leaves() -> None:
    joining = given(LEGAL_PERSON, ENTERPRISE).when(decide.join, agreement_number="JM-1", joined_on=date(2026, 1, 1))
    assert joining.then(JOINED).state.joined
    leaving = given(LEGAL_PERSON, ENTERPRISE, JOINED).when(decide.leave, reason="…", left_on=date(2026, 6, 1))
    assert not leaving.then(InstitutionLeft(reason="…", left_on=date(2026, 6, 1))).state.joined


def test_nobody_joins_twice_or_leaves_without_having_joined() -> None:
    given(LEGAL_PERSON, ENTERPRISE, JOINED).when(
        decide.join, agreement_number="JM-2", joined_on=date(2026, 2, 1)
    ).then_refused("parties.already_joined")
    given(LEGAL_PERSON, ENTERPRISE).when(decide.leave, reason="…", left_on=date(2026, 2, 1)).then_refused(
        "parties.not_joined"
    )


@pytest.mark.parametrize("changes", [{"kind": "government_department"}, {"head_office": UNIVERSITY}])
def test_neither_a_department_nor_a_branch_joins(changes: dict[str, object]) -> None:
    given(LEGAL_PERSON, legal_person(**changes)).when(
        decide.join, agreement_number="JM-1", joined_on=date(2026, 1, 1)
    ).then_refused("parties.kind_may_not_join")


def test_JS_19_1_an_institution_takes_part_from_the_day_it_joins_to_the_day_before_it_leaves() -> None:
    left = InstitutionLeft(reason="…", left_on=date(2026, 6, 1))
    again = InstitutionJoined(agreement_number="JM-2", joined_on=date(2026, 9, 1))
    state = given(LEGAL_PERSON, ENTERPRISE, JOINED, left, again).state
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 1)]
    assert [state.takes_part_on(day) for day in days] == [False, True, True, False, True]
    given(LEGAL_PERSON, ENTERPRISE, JOINED).when(decide.leave, reason="…", left_on=date(2025, 12, 31)).then_refused(
        "parties.ends_before_start"
    )


@pytest.mark.parametrize(
    ("name", "city", "district", "territory"),
    [
        ("苏州市人民政府", "苏州市", "姑苏区", "苏州市"),
        ("昆山市人民政府", "苏州市", "昆山市", "苏州市昆山市"),
        ("鼓楼区人民政府", "南京市", "鼓楼区", "南京市鼓楼区"),
        ("鼓楼区人民政府", "徐州市", "鼓楼区", "徐州市鼓楼区"),
        ("江苏自贸区管理委员会", "苏州市", "虎丘区", "江苏自贸区管理委员会"),
    ],
)
def test_a_government_governs_what_its_name_says(name: str, city: str, district: str, territory: str) -> None:
    government: Any = head_office(kind="city_government", name_zh=name, city=city, district=district)
    assert government.territory == territory
