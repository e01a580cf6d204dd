# SPDX-License-Identifier: Apache-2.0
"""Parties are shown with public names; people only as pseudonyms."""

from datetime import date
from typing import Any

from domain.parties.events import (
    InstitutionJoined,
    LegalPersonDetailsChanged,
    LegalPersonRegistered,
    TechSmeEvidenceRecorded,
    UnitRegistered,
    UnitRenamed,
    UserAffiliationChanged,
    UserDeactivated,
    UserRegistered,
)
from projections.parties import LEGAL_PERSONS, MODEL, UNITS, USERS, legal_persons, unit, units, users
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, UNIT, USER, personal
from tests.projections.memory_rows import History, ident

FIRM = LegalPersonRegistered(
    credit_code="91990000MA00000000",
    name_zh="苏测科技有限公司",
    name_en="Suce Technology",
    kind="enterprise",
    budget_status="other",
    city="苏州市",
    district="虎丘区",
    legal_representative=personal("张三"),
    bank_account=personal("6222 0000"),
)
UNIT_REGISTERED = UnitRegistered(
    legal_person=ident("university"),
    code="JS-U01",
    name_zh="分析测试中心",
    name_en="Analysis Centre",
    kind="university",
    scope_mode="direct",
    city="南京市",
    district="鼓楼区",
    competent_department="教育厅",
)
PERSON = UserRegistered(name=personal("李四"), user_kind="enterprise", legal_person=CUSTOMER, phone=personal("138"))


def test_no_personal_value_reaches_a_row() -> None:
    history = History(MODEL).add(CUSTOMER, FIRM).add(USER, PERSON)
    stored = str(history.rows.tables)
    assert not [value for value in ("张三", "6222", "李四", "138") if value in stored]
    assert history.row(LEGAL_PERSONS, CUSTOMER)["name_zh"] == "苏测科技有限公司"


def test_a_legal_person_changes_joins_and_proves_what_it_is() -> None:
    history = History(MODEL).add(
        CUSTOMER,
        FIRM,
        LegalPersonDetailsChanged(reason="moved", city="南京市", contact_phone=personal("139")),
        InstitutionJoined(agreement_number="A-1", joined_on=date(2026, 1, 1)),
        TechSmeEvidenceRecorded(number="E-1", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)),
    )
    row = history.row(LEGAL_PERSONS, CUSTOMER)
    assert (row["city"], row["district"], row["joined"], row["version"]) == ("南京市", "虎丘区", True, 4)
    assert row["sme_evidence"] == [{"number": "E-1", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}]


def test_a_unit_is_renamed_and_a_user_moves_and_leaves() -> None:
    history = History(MODEL).add(UNIT, UNIT_REGISTERED, UnitRenamed(name_zh="测试中心", name_en="Centre", reason=""))
    moved = UserAffiliationChanged(user_kind="individual", legal_person=None, unit=None, reason="left")
    history.add(USER, PERSON, moved, UserDeactivated(reason="left"))
    assert history.row(UNITS, UNIT)["name_zh"] == "测试中心"
    row = history.row(USERS, USER)
    assert (row["user_kind"], row["legal_person"], row["active"], row["version"]) == ("individual", None, False, 3)


def test_lists_are_read_page_by_page(stage: Stage) -> None:
    history = History(MODEL).add(UNIT, UNIT_REGISTERED).add(USER, PERSON)
    for number in range(5):
        history.add(ident(f"firm {number}"), FIRM.model_copy(update={"credit_code": f"9199{number}"}))
    cursor = stage.show(history)
    found: list[Any] = []
    token = None
    while True:
        page = legal_persons(cursor, kind="enterprise", after=token, limit=2)
        found += [row["credit_code"] for row in page.rows]
        token = page.next
        if token is None:
            break
    assert found == ["91990", "91991", "91992", "91993", "91994"]
    assert page.position == 70
    assert [row["code"] for row in units(cursor, city="南京市").rows] == ["JS-U01"]
    assert [row["id"] for row in users(cursor, legal_person=CUSTOMER).rows] == [USER]
    assert unit(cursor, ident("nobody")) is None
