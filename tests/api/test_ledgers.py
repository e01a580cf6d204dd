# SPDX-License-Identifier: Apache-2.0
"""Gap lists and certificates from outside: who sees them, and what they say."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from api.gaps import as_read, gap_list
from application.parties.merge_unit import MergeUnit
from application.resources.import_asset_ledger import ImportAssetLedger
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province
from tests.api.test_regimes import approval, drafted
from tests.application.deciding import decided
from tests.application.office import Office


def line(number: str, **changes: object) -> dict[str, Any]:
    stated = {
        "asset_number": number,
        "name": "=离心机",
        "value_fen": 600_000_00,
        "equipment": True,
        "funding": "provincial_fiscal_funds",
        "acquired_on": "2025-12-01",
        "accepted_on": "2026-01-05",
    }
    return stated | changes


def body(*lines: dict[str, Any], as_of: str = "2026-02-28") -> dict[str, Any]:
    return {"as_of": as_of, "source_name": "台账.csv", "source_digest": "a" * 64, "lines": list(lines)}


@pytest.fixture
def ledger(desk: Desk, province: Province) -> dict[str, str]:
    """A ledger with the registered instrument under its number and two assets that nobody registered."""
    headers = desk.bearer(Role.MANAGING_UNIT, organisation=province.provider, unit=province.unit)
    known = line("JS-U01-1", name="场发射扫描电子显微镜", value_fen=1)
    lines = (known, line("L-1"), line("L-2", funding=None), line("L-3", funding="own_funds"))
    answer = desk.client.post(
        f"/api/v1/units/{province.unit}/ledger",
        json=body(*lines),
        headers={**headers, "Idempotency-Key": "ledger-1-abc"},
    )
    assert answer.status_code == 200, answer.text
    desk.project()
    return headers


def gaps(desk: Desk, province: Province, headers: dict[str, str], **query: str | int) -> Any:  # noqa: ANN401 - JSON
    return desk.client.get(f"/api/v1/units/{province.unit}/ledger/gaps", params=query, headers=headers)


def test_the_gap_list_is_the_ledger_minus_the_registry(desk: Desk, province: Province, ledger: dict[str, str]) -> None:
    found = gaps(desk, province, ledger).json()
    assert (found["as_of"], found["in_ledger"], found["registered"], found["outside"]) == ("2026-02-28", 4, 1, 1)
    seen = {item["asset_number"]: [gap["kind"] for gap in item["gaps"]] for item in found["items"]}
    assert seen["L-1"][:2] == ["not_registered", "review_missing"]
    assert seen["L-2"][0] == "perhaps_not_registered"
    assert "value_differs" in seen["JS-U01-1"]
    assert "L-3" not in seen
    (missing,) = (gap for gap in found["items"][0]["gaps"] if gap["kind"] == "review_missing")
    assert missing["citation"]["article"] == "JS 12"
    assert found["imports"][0]["added"] == 4


def test_pages_and_kinds(desk: Desk, province: Province, ledger: dict[str, str]) -> None:
    first = gaps(desk, province, ledger, limit=1).json()
    second = gaps(desk, province, ledger, limit=1, cursor=first["next_cursor"]).json()
    assert [first["items"][0]["asset_number"], second["items"][0]["asset_number"]] == ["L-1", "L-2"]
    only = gaps(desk, province, ledger, kind="value_differs").json()
    assert [item["asset_number"] for item in only["items"]] == ["JS-U01-1"]
    assert gaps(desk, province, ledger, kind="nonsense").status_code == 422
    assert gaps(desk, province, ledger, cursor="nonsense").status_code == 400


def test_the_list_as_csv_holds_no_formula(desk: Desk, province: Province, ledger: dict[str, str]) -> None:
    answer = gaps(desk, province, ledger, format="csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (rows[0]["asset_number"], rows[0]["name"], rows[0]["value_yuan"]) == ("L-1", "'=离心机", "600,000.00")
    assert rows[0]["what"] == "台账有、登记没有，应当登记"


def test_only_the_unit_the_centre_the_office_and_auditors_see_it(
    desk: Desk, province: Province, ledger: dict[str, str]
) -> None:
    assert ledger
    for role in (Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.AUDITOR):
        assert gaps(desk, province, desk.bearer(role)).status_code == 200, role
    for role in (Role.USER, Role.FINANCE_DEPARTMENT):
        assert gaps(desk, province, desk.bearer(role)).status_code == 403, role
    assert gaps(desk, province, desk.bearer(Role.MANAGING_UNIT, unit=UUID(int=9))).status_code == 404
    assert gaps(desk, province, {}).status_code == 401


def test_a_unit_without_a_ledger_is_said_to_have_none(desk: Desk, province: Province) -> None:
    found = gaps(desk, province, desk.bearer(Role.AUDITOR)).json()
    assert (found["as_of"], found["items"], found["imports"]) == (None, [], [])


def test_the_same_ledger_again_is_refused_in_words(desk: Desk, province: Province, ledger: dict[str, str]) -> None:
    path = f"/api/v1/units/{province.unit}/ledger"
    same = body(line("JS-U01-1", name="场发射扫描电子显微镜", value_fen=1), line("L-1"), line("L-2", funding=None))
    complete = {**same, "lines": [*same["lines"], line("L-3", funding="own_funds")]}
    for key, document, code in (
        ("ledger-2-abc", complete, "resources.ledger_unchanged"),
        ("ledger-3-abc", body(line("L-1"), as_of="2026-01-31"), "resources.ledger_older"),
        ("ledger-4-abc", body(line("L-1"), as_of="2026-03-03"), "resources.ledger_in_future"),
    ):
        answer = desk.client.post(path, json=document, headers={**ledger, "Idempotency-Key": key})
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    others = {**desk.bearer(Role.MANAGING_UNIT, unit=UUID(int=9)), "Idempotency-Key": "ledger-5-abc"}
    assert desk.client.post(path, json=complete, headers=others).status_code == 403
    assert desk.client.get(path, headers=ledger).json()["items"][0]["as_of"] == "2026-02-28"


def test_anybody_verifies_a_certificate_and_prints_it(desk: Desk, province: Province) -> None:
    bare = desk.bearer(Role.RECEIVING_PLATFORM)
    certify = f"/instruments/{province.instrument}/certificate"
    refused = desk.send(certify, {"number": "HJ-2026-7"}, bare)
    assert (refused.status_code, refused.json()["code"]) == (422, "resources.issuer_without_organisation")
    receiver = desk.bearer(Role.RECEIVING_PLATFORM, organisation=province.customer)
    assert desk.send(certify, {"number": "HJ-2026-7"}, receiver).status_code == 200
    path = "/api/v1/certificates/HJ-2026-7"
    answer = desk.client.get(path, params={"jurisdiction": "jiangsu"})
    assert answer.status_code == 200, answer.text
    assert {name: value for name, value in answer.json().items() if name != "submission_digest"} == {
        "number": "HJ-2026-7",
        "status": "valid",
        "ground": None,
        "resource_name": "场发射扫描电子显微镜",
        "unit_name": desk.client.get(f"/api/v1/units/{province.unit}", params={"jurisdiction": "jiangsu"}).json()[
            "name_zh"
        ],
        "issued_on": "2026-03-02",
    }
    printed = desk.client.get(f"{path}.pdf", params={"jurisdiction": "jiangsu"})
    assert printed.headers["content-type"] == "application/pdf"
    text = PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
    assert answer.json()["submission_digest"] in text
    assert "示例材料有限公司" in text
    assert desk.client.get("/api/v1/certificates/HJ-0", params={"jurisdiction": "jiangsu"}).status_code == 404


def test_the_command_holds_its_example() -> None:
    extra: Any = ImportAssetLedger.model_config["json_schema_extra"]
    assert ImportAssetLedger.model_validate(extra["example"]).lines[0].equipment


def test_a_decision_of_the_authority_shows_in_the_list(desk: Desk, province: Province) -> None:
    """Its period of listing holds for what was accepted from its day on."""
    period = {"parameter": "resource.listing_deadline_days", "value": 60}
    path = f"/policy-versions/{drafted(desk, values=[period], entries=[])}/approval"
    headers = desk.bearer(Role.MANAGING_UNIT, organisation=province.provider, unit=province.unit)
    given = body(line("L-1", accepted_on="2026-03-02"), as_of="2026-03-02")
    assert desk.send(f"/units/{province.unit}/ledger", given, headers).status_code == 200
    desk.project()
    assert slow(desk, province) == {"L-1": date(2026, 4, 1)}
    assert desk.send(path, approval(desk), desk.bearer(Role.COUNCIL)).status_code == 200
    assert slow(desk, province) == {}


def slow(desk: Desk, province: Province) -> dict[str, date | None]:
    """What is late in the middle of April, and since when."""
    with desk.jurisdiction.database.reading() as cursor:
        found = gap_list(cursor, desk.jurisdiction, province.unit, datetime(2026, 4, 15, tzinfo=UTC))
    return {item.key: gap.due_on for item in found.items for gap in item.gaps if gap.kind == "listing_slow"}


def test_people_read_amounts_in_yuan_and_all_else_as_it_stands() -> None:
    assert [as_read(side) for side in (298_000_000, "STELLARIS 8", None)] == ["2,980,000.00", "STELLARIS 8", None]


def hand_in(desk: Desk, unit: UUID, headers: dict[str, str], document: dict[str, Any]) -> int:
    answer = desk.client.post(
        f"/api/v1/units/{unit}/ledger", json=document, headers={**headers, "Idempotency-Key": str(uuid4())}
    )
    desk.project()
    return answer.status_code


def test_the_successor_answers_for_the_merged_units_ledger_until_it_hands_in_its_own(
    desk: Desk, province: Province, ledger: dict[str, str]
) -> None:
    office = Office(desk.jurisdiction)
    heir = office.unit(province.provider, "JS-U09")
    successor = desk.bearer(Role.MANAGING_UNIT, organisation=province.provider, unit=heir)
    before = gaps(desk, province, ledger).json()
    assert gaps(desk, province, successor).status_code == 404
    decision = decided(desk.jurisdiction, "并入1号")
    office.do(MergeUnit(unit=province.unit, successor=heir, decision_reference=decision))
    desk.project()
    inherited = desk.read(f"/units/{heir}/ledger/gaps", successor).json()
    for name in ("as_of", "in_ledger", "registered", "outside", "kinds", "items"):
        assert inherited[name] == before[name], name
    assert gaps(desk, province, successor).json()["items"] == before["items"]
    assert [row["unit"] for row in desk.read(f"/units/{heir}/ledger", successor).json()["items"]] == [
        str(province.unit)
    ]
    assert hand_in(desk, province.unit, successor, body(line("N-1"), as_of="2026-03-01")) == 422
    theirs = (line("JS-U01-1", name="场发射扫描电子显微镜", value_fen=1), line("N-1"))
    assert hand_in(desk, heir, successor, body(*theirs, as_of="2026-03-02")) == 200
    found = desk.read(f"/units/{heir}/ledger/gaps", successor).json()
    seen = {item["asset_number"]: [gap["kind"] for gap in item["gaps"]] for item in found["items"]}
    assert (found["as_of"], found["in_ledger"], found["registered"]) == ("2026-03-02", 2, 1)
    assert "L-1" not in seen, "its own ledger contains the merged one and supersedes it"
    assert "not_registered" in seen["N-1"]
    assert "not_registered" not in seen["JS-U01-1"], "registered under the former unit still"
