# SPDX-License-Identifier: Apache-2.0
"""The registry from outside: describe, hand in, be late, be excused, and see no more than one may."""

from typing import Any
from uuid import UUID

import pytest

from application.governance.draft_document import DraftDocument
from application.resources.claim_exemption import ClaimExemption
from application.resources.register_resource import RegisterResource
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province
from tests.application.deciding import standard_in_force
from tests.application.office import Office

PATENT = {
    "kind": "intellectual_property",
    "classification": "public",
    "values": {
        "category": "invention_patent",
        "number": "ZL202310000001.X",
        "granted_on": "2024-05-01",
        "abstract": "一种蓝藻监测方法",
        "transfer_modes": ["licence"],
        "asking_price": 12_000_000,
    },
    "no_state_secrets": True,
}
SUBMIT = {"schema_name": "tongchou.resource.results"}
CLAIM = {"ground": "secrecy", "reason": "…", "review_on": "2027-01-01"}
ITEMS = {
    "sharing_rules": "管理办法",
    "service_mode": "协议共享",
    "service_content": "专利许可",
    "fee_standard": "面议",
    "opening_limit": "无",
    "catalogue": "科技资源目录",
}


@pytest.fixture
def manager(desk: Desk, province: Province) -> dict[str, str]:
    return desk.manager(province)


@pytest.fixture
def patent(desk: Desk, province: Province) -> UUID:
    """A patent paid by the province, in the registry and nothing more."""
    command = RegisterResource.model_validate(
        {
            "unit": province.unit,
            "type": "results",
            "bookable": False,
            "holding": "information",
            "asset_number": "ZL-1",
            "name_zh": "蓝藻监测方法专利",
            "original_value_fen": 100,
            "funding": [{"source": "provincial_fiscal_funds", "amount_fen": 100}],
            "accepted_on": "2025-12-01",
            "city": "南京市",
        }
    )
    return desk.system(command).id


def names(values: list[dict[str, Any]]) -> set[str]:
    return {value["name"] for value in values}


def test_a_patent_is_described_handed_in_and_opened(
    desk: Desk, province: Province, manager: dict[str, str], patent: UUID
) -> None:
    path = f"/instruments/{patent}"
    bare = desk.send(f"{path}/submission", SUBMIT, manager)
    assert (bare.status_code, bare.json()["code"]) == (422, "resources.not_described")
    assert bare.json()["violations"][0]["citation"]["article"] == "JS 10, JS 13"
    half = {**PATENT, "values": {"category": "invention_patent"}}
    assert desk.send(f"{path}/description", half, manager).status_code == 200
    missing = desk.send(f"{path}/submission", SUBMIT, manager, **{"Accept-Language": "en"}).json()["violations"]
    assert {broken["field"] for broken in missing} == {
        "values.number",
        "values.granted_on",
        "values.abstract",
        "values.transfer_modes",
    }
    assert "is missing" in missing[0]["message"]
    assert desk.send(f"{path}/description", PATENT, manager).status_code == 200
    desk.project()
    mine = desk.read("/registry/gaps", manager, reason="draft").json()
    assert [(row["id"], row["gap_reason"]) for row in mine["items"]] == [(str(patent), "draft")]
    assert mine["totals"] == {"draft": 1, "review_missing": 1}
    receiver = desk.bearer(Role.RECEIVING_PLATFORM, organisation=province.customer)
    for step, body, who in (
        ("submission", SUBMIT, manager),
        ("submission/acceptance", {"standard": str(standard_in_force(desk.jurisdiction))}, receiver),
        ("publication", {"items": ITEMS}, manager),
    ):
        answer = desk.send(f"{path}/{step}", body, who)
        assert answer.status_code == 200, answer.text
    desk.project()
    left = desk.read("/registry/gaps", manager).json()["items"]
    assert [(row["id"], row["gap_reason"], row["review_gap"]) for row in left] == [
        (str(province.instrument), None, "review_missing")
    ]
    shown = desk.read(f"/registry/resources/{patent}", manager).json()["standard"]
    assert (shown["title"], shown["document_version"]) == ("信息汇交技术标准", 1)
    public = desk.read(f"{path}/description", jurisdiction=desk.name).json()
    assert names(public["values"]) == set(PATENT["values"]) - {"asking_price"}  # type: ignore[call-overload]
    assert names(desk.read(f"{path}/description", manager).json()["values"]) == set(PATENT["values"])  # type: ignore[call-overload]
    department = desk.bearer(Role.SCIENCE_DEPARTMENT, organisation=province.customer)
    assert "asking_price" in names(desk.read(f"{path}/description", department).json()["values"])


def test_a_restricted_description_is_for_the_offices_and_a_claimed_one_for_nobody_outside(
    desk: Desk, province: Province, manager: dict[str, str]
) -> None:
    path = f"/instruments/{province.instrument}"
    body = {
        "kind": "instrument",
        "classification": "restricted",
        "values": {"functions": "形貌观察", "safety_notes": "高压"},
        "no_state_secrets": True,
    }
    assert desk.send(f"{path}/description", body, manager).status_code == 200
    desk.project()
    seen = {
        role: names(
            desk.read(f"{path}/description", desk.bearer(role, organisation=province.customer)).json()["values"]
        )
        for role in (Role.USER, Role.SCIENCE_DEPARTMENT, Role.SERVICE_CENTRE)
    }
    assert seen == {
        Role.USER: set(),
        Role.SCIENCE_DEPARTMENT: {"functions"},
        Role.SERVICE_CENTRE: {"functions", "safety_notes"},
    }
    before = desk.read("/events", desk.bearer(Role.AUDITOR), limit=1, descending="true").json()["position"]
    desk.system(ClaimExemption.model_validate({"resource": province.instrument, **CLAIM}))
    desk.project()
    user = desk.customer(province)
    for reader, hidden in (({}, 404), (user, 404), (manager, 200)):
        whose = {} if reader else {"jurisdiction": desk.name}
        assert desk.read(f"{path}/description", reader, **whose).status_code == hidden
        assert desk.read(path, reader, **whose).status_code == hidden
    # Yesterday's state is shown by today's right: as of a moment before the claim it is as hidden as now.
    assert desk.read(f"/streams/{province.instrument}", user, at=before).status_code == 404
    assert desk.read(f"/streams/{province.instrument}", manager, at=before).status_code == 200


def test_what_is_claimed_to_be_exempt_is_for_those_who_decide_on_it(
    desk: Desk, province: Province, manager: dict[str, str]
) -> None:
    department = Office(desk.jurisdiction).legal_person(
        "11993205DEMJ00011A", name_zh="江苏省教育厅", kind="government_department"
    )
    desk.system(ClaimExemption.model_validate({"resource": province.instrument, **CLAIM}))
    desk.project()
    path, gaps = f"/registry/resources/{province.instrument}", "/registry/gaps"
    inside = (
        manager,
        desk.bearer(Role.COMPETENT_DEPARTMENT, organisation=department),
        desk.bearer(Role.SERVICE_CENTRE),
        desk.bearer(Role.AUDITOR),
    )
    outside = (
        desk.bearer(Role.COMPETENT_DEPARTMENT, organisation=province.customer),
        desk.bearer(Role.FINANCE_DEPARTMENT, organisation=province.customer),
        desk.bearer(Role.RECEIVING_PLATFORM, organisation=province.customer),
    )
    for readers, status, rows in ((inside, 200, 1), (outside, 404, 0)):
        for reader in readers:
            assert desk.read(path, reader).status_code == status
            assert desk.read(f"/instruments/{province.instrument}/description", reader).status_code == status
            assert len(desk.read("/registry", reader, exemption="claimed").json()["items"]) == rows
            found = desk.read(gaps, reader).json()
            assert (len(found["items"]), found["totals"]) == (rows, {"exemption_claimed": 1, "review_missing": 1})
            stale = desk.read("/registry/stale", reader, as_of="2027-01-01T00:00:00+08:00").json()["items"]
            assert stale == []


def test_a_late_listing_is_excused_by_the_office_alone(desk: Desk) -> None:
    desk.name = "chongqing"
    founder = Office(desk.jurisdiction)
    university = founder.legal_person()
    unit = founder.unit(university, kind="university")
    manager = desk.bearer(Role.MANAGING_UNIT, organisation=university, unit=unit)
    office = desk.bearer(Role.COUNCIL_OFFICE)
    late = RegisterResource.model_validate(
        {
            "unit": unit,
            "type": "scientific_data",
            "bookable": False,
            "asset_number": "D-1",
            "name_zh": "水文数据集",
            "original_value_fen": 1,
            "funding": [{"source": "district_fiscal_funds", "amount_fen": 1}],
            "accepted_on": "2026-01-30",
            "city": "重庆市",
        }
    )
    resource = desk.system(late).id
    desk.project()

    def overdue(as_of: str) -> list[str]:
        answer = desk.read("/registry/overdue", manager, as_of=as_of)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    assert overdue("2026-03-01T23:59:59+08:00") == []
    assert overdue("2026-03-02") == [str(resource)]
    path = f"/instruments/{resource}/listing-exception"
    body = {"reason": "", "document": "7号", "decided_on": "2026-03-02"}
    assert desk.send(path, body, manager).status_code == 403
    refused = desk.send(path, body, office).json()
    assert (refused["code"], refused["violations"][0]["citation"]["article"]) == (
        "resources.exception_without_reason",
        "CQ 12",
    )
    assert desk.send(path, {**body, "reason": "搬迁"}, office).status_code == 200
    desk.project()
    assert overdue("2026-03-02") == []
    (listed,) = desk.read("/registry", office, excused="true").json()["items"]
    assert (listed["id"], listed["listing_exception"]["reason"]) == (str(resource), "搬迁")
    one = desk.read(f"/registry/resources/{resource}", manager, as_of="2026-03-02").json()
    assert one["standing"]["listing"] == "excused"


def test_the_registry_is_for_its_unit_and_the_offices(desk: Desk, province: Province, patent: UUID) -> None:
    desk.project()
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    assert desk.read("/registry", stranger).json()["items"] == []
    assert desk.read("/registry", stranger, unit=str(province.unit)).status_code == 403
    assert desk.read(f"/registry/resources/{patent}", stranger).status_code == 404
    assert desk.read(f"/instruments/{patent}/history", stranger).status_code == 404
    assert desk.read("/registry", desk.customer(province)).status_code == 403
    assert len(desk.read("/registry", desk.bearer(Role.AUDITOR)).json()["items"]) == 2


def test_a_stale_record_is_fresh_once_confirmed(desk: Desk, manager: dict[str, str], patent: UUID) -> None:
    desk.project()
    query = {"as_of": "2026-03-03T12:00:01+08:00"}
    stale = desk.read("/registry/stale", manager, **query).json()
    assert str(patent) in {row["id"] for row in stale["items"]}
    assert stale["latency"] == "PT24H"
    assert desk.read("/registry/stale", manager, as_of="2026-03-03T12:00:00+08:00").json()["items"] == []
    answer = desk.send(f"/instruments/{patent}/confirmation", {}, manager)
    assert answer.status_code == 200, answer.text


def test_a_history_says_who_changed_what_from_what_to_what(
    desk: Desk, province: Province, manager: dict[str, str], patent: UUID
) -> None:
    path = f"/instruments/{patent}"
    desk.send(f"{path}/description", PATENT, manager)
    changed = {**PATENT, "values": {**PATENT["values"], "asking_price": 9_000_000}}  # type: ignore[dict-item]
    desk.send(f"{path}/description", changed, manager)
    answer = desk.client.patch(
        f"/api/v1{path}",
        json={"reason": "更名", "name_zh": "蓝藻监测专利"},
        headers={**manager, "Idempotency-Key": "rename-1"},
    )
    assert answer.status_code == 200, answer.text
    told = desk.read(f"{path}/history", manager).json()
    *_, priced, renamed = told["items"]
    assert priced["changes"] == [
        {
            "field": "described.values.asking_price",
            "from": {"kind": "money", "value": 12_000_000},
            "to": {"kind": "money", "value": 9_000_000},
        }
    ]
    assert renamed["changes"] == [{"field": "name_zh", "from": "蓝藻监测方法专利", "to": "蓝藻监测专利"}]
    assert (renamed["reason"], renamed["actor"]["user"]) == ("更名", str(province.manager))
    only = desk.read(f"{path}/history", manager, since=told["version"] - 1).json()["items"]
    assert [item["version"] for item in only] == [told["version"]]


def test_conflicting_edits_are_told_both_versions_and_where_they_differ(
    desk: Desk, manager: dict[str, str], patent: UUID
) -> None:
    path = f"/instruments/{patent}"
    seen = desk.read(f"{path}/history", manager).json()["version"]
    assert desk.send(f"{path}/description", PATENT, manager, **{"If-Match": f'"{seen}"'}).status_code == 200
    late = desk.send(f"{path}/description", PATENT, manager, **{"If-Match": f'"{seen}"', "Accept-Language": "en"})
    assert late.status_code == 412
    (broken,) = late.json()["violations"]
    assert (broken["parameters"]["expected"], broken["parameters"]["actual"]) == (seen, seen + 1)
    where = f"/streams/{patent}?since={seen}"
    assert where in broken["message"]
    told = desk.read(f"/streams/{patent}", manager, since=seen).json()
    assert [event["type"] for event in told["events"]] == ["resources.ResourceDescribed"]
    assert "described.kind" in {change["field"] for change in told["changes"]}


def test_a_return_by_field_is_seen_conceded_and_checked(
    desk: Desk, province: Province, manager: dict[str, str], patent: UUID
) -> None:
    path, receiver = f"/instruments/{patent}", desk.bearer(Role.RECEIVING_PLATFORM, organisation=province.customer)
    desk.send(f"{path}/description", PATENT, manager)
    desk.send(f"{path}/submission", SUBMIT, manager)
    item = {"field": "values.number", "reason": "与登记簿不符"}
    assert desk.send(f"{path}/submission/return", {"items": [item]}, receiver).status_code == 200
    check = {
        "dimension": "accuracy",
        "passed": False,
        "finding": "专利号有误",
        "fields": ["number"],
        "evidence": "登记簿",
    }
    assert desk.send(f"{path}/quality-checks", check, receiver).status_code == 200
    desk.project()
    row = desk.read(f"/registry/resources/{patent}", manager).json()
    assert (row["returns"], row["corrections"]["items"], row["submitted_at"]) == (1, [item], None)
    assert row["failed_dimensions"] == ["accuracy"]
    assert row["quality"]["accuracy"]["by_role"] == "receiving_platform"
    conceded = desk.send(f"{path}/submission/return/concession", {"reason": "登记簿未更新"}, receiver)
    assert conceded.status_code == 200, conceded.text
    desk.project()
    assert desk.read(f"/registry/resources/{patent}", manager).json()["submitted_at"] is not None


def test_the_forms_say_what_to_fill_in_and_that_secrets_stay_out(desk: Desk) -> None:
    told = desk.read("/registry/schemas", jurisdiction=desk.name).json()
    assert [form["type"] for form in told["items"]] == ["talent", "carrier", "condition", "results", "service"]
    assert "国家秘密" in told["notice"]["zh"]
    (rights,) = [kind for kind in told["items"][3]["kinds"] if kind["name"] == "intellectual_property"]
    assert rights["fields"][0]["answers"]["design"] == {"zh": "外观设计", "en": "design"}


def test_an_undeclared_description_hears_everything_else_that_is_wrong_too(
    desk: Desk, manager: dict[str, str], patent: UUID
) -> None:
    wrong = {"kind": "intellectual_property", "values": {"colour": "red", "granted_on": "soon"}}
    answer = desk.send(f"/instruments/{patent}/description", wrong, manager)
    assert answer.status_code == 422
    assert {broken["code"] for broken in answer.json()["violations"]} == {
        "resources.secrecy_not_declared",
        "resources.unknown_field",
        "resources.field_invalid",
    }


def test_acceptance_names_a_standard_in_force(
    desk: Desk, province: Province, manager: dict[str, str], patent: UUID
) -> None:
    path, receiver = f"/instruments/{patent}", desk.bearer(Role.RECEIVING_PLATFORM, organisation=province.customer)
    desk.send(f"{path}/description", PATENT, manager)
    desk.send(f"{path}/submission", SUBMIT, manager)
    draft = desk.system(
        DraftDocument(kind="technical_standard", title_zh="汇交标准", title_en="Data standard", digest="a" * 64)
    ).id
    refused = desk.send(
        f"{path}/submission/acceptance", {"standard": str(draft)}, receiver, **{"Accept-Language": "en"}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "resources.standard_not_in_force")
    (broken,) = refused.json()["violations"]
    assert (broken["field"], broken["citation"]["article"]) == ("standard", "JS 6")
    assert "no version in force on 2026-03-02; put one in force by a registered decision first" in broken["message"]
    free_text = desk.send(f"{path}/submission/acceptance", {"standard": "GB/T 36073"}, receiver)
    assert free_text.status_code == 422
    adopted = str(standard_in_force(desk.jurisdiction))
    assert desk.send(f"{path}/submission/acceptance", {"standard": adopted}, receiver).status_code == 200


def test_a_purchase_without_its_review_is_read_with_the_rule_it_breaks(
    desk: Desk, province: Province, manager: dict[str, str]
) -> None:
    row = desk.read(f"/registry/resources/{province.instrument}", manager).json()
    assert (row["review_gap"], row["purchase_review"]) == ("review_missing", None)
    assert (row["review"]["band"], row["review"]["limit_fen"]) == ("upper", 200_000_000)
    assert row["review"]["citation"]["article"] == "JS 12"
    assert "单价200万元以上" in row["review"]["citation"]["quotation"]
    listed = desk.read("/registry", manager, review_gap="review_missing").json()["items"]
    assert [item["id"] for item in listed] == [str(province.instrument)]
    assert desk.read("/registry", manager, assessed="false").json()["items"] == []
