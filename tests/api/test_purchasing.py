# SPDX-License-Identifier: Apache-2.0
"""A purchase review over HTTP: who sees it, what a refusal says, and the public catalogue."""

from typing import Any
from uuid import UUID

import pytest

from application.parties.merge_unit import MergeUnit
from application.purchasing.request_purchase_review import RequestPurchaseReview
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, publish_instrument
from tests.application.deciding import decided
from tests.application.office import Office

PRICE_FEN = 200_000_000


@pytest.fixture
def manager(desk: Desk, province: Province) -> dict[str, str]:
    return desk.manager(province)


def wish(province: Province, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    example: Any = RequestPurchaseReview.model_config["json_schema_extra"]
    purchase = example["example"]["purchase"] | {
        "funding": [{"source": "provincial_fiscal_funds", "amount_fen": PRICE_FEN}],
        "items": [
            {
                "name": "扫描电子显微镜",
                "class_code": "010102",
                "model": "regulus8100",
                "quantity": 1,
                "price": {"bare": PRICE_FEN - 1, "freight": 1},
            }
        ],
    }
    return {"unit": str(province.unit), "purchase": purchase | changes}


@pytest.fixture
def review(desk: Desk, province: Province, manager: dict[str, str]) -> dict[str, Any]:
    answer = desk.send("/purchase-reviews", wish(province), manager)
    assert answer.status_code == 201, answer.text
    desk.project()
    document: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"/api/v1/purchase-reviews/{document['id']}"
    return document


def test_the_answer_says_why_and_what_is_shared_already(review: dict[str, Any], province: Province) -> None:
    data = review["data"]
    assert (data["finding"]["required"], data["finding"]["band"]) == (True, "upper")
    [candidate] = data["shared_facilities"]["candidates"]
    assert candidate["resource"] == str(province.instrument)
    assert {reason["code"] for reason in candidate["reasons"]} >= {"same_class", "same_model", "same_unit"}


def test_a_review_is_for_its_unit_and_for_those_who_organise_review_and_decide(
    desk: Desk, province: Province, manager: dict[str, str], review: dict[str, Any]
) -> None:
    path = f"/purchase-reviews/{review['id']}"
    everywhere = (Role.FINANCE_DEPARTMENT, Role.COUNCIL_OFFICE, Role.SCIENCE_DEPARTMENT, Role.SERVICE_CENTRE)
    for headers in (manager, *(desk.bearer(role) for role in (*everywhere, Role.AUDITOR))):
        assert desk.read(path, headers).status_code == 200
        assert [row["id"] for row in desk.read("/purchase-reviews", headers).json()["items"]] == [review["id"]]
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=UUID(int=5))
    third = desk.bearer(Role.THIRD_PARTY_INSTITUTION, organisation=province.customer)
    for headers in (stranger, third):
        assert desk.read(path, headers).status_code == 404
        assert desk.read("/purchase-reviews", headers).json()["items"] == []
        assert desk.read(f"/streams/{review['id']}", headers).status_code == 404
    over = Office(desk.jurisdiction).legal_person(
        "11993205DEMJ00011A", name_zh="江苏省教育厅", kind="government_department"
    )
    desk.project()
    department = desk.bearer(Role.COMPETENT_DEPARTMENT, organisation=over)
    assert desk.read(path, department).status_code == 200
    assert [row["id"] for row in desk.read("/purchase-reviews", department).json()["items"]] == [review["id"]]
    unrelated = desk.bearer(Role.COMPETENT_DEPARTMENT, organisation=province.customer)
    assert desk.read(path, unrelated).status_code == 404
    assert desk.read(f"/streams/{review['id']}", unrelated).status_code in (403, 404)
    for listed in ("/purchase-reviews", "/purchased-assets"):
        assert desk.read(listed, unrelated).json()["items"] == []
        assert desk.read(listed, desk.bearer(Role.LOCAL_GOVERNMENT)).status_code == 403
        assert desk.read(listed, desk.bearer(Role.EXPERT_COMMITTEE)).status_code == 403
    assert desk.read("/purchase-reviews", desk.bearer(Role.USER)).status_code == 403
    assert desk.read("/purchase-reviews", manager, unit=str(province.customer)).status_code == 403
    history = desk.read(f"/streams/{review['id']}", manager).json()
    assert history["events"][0]["sentence"]["zh"].startswith("提出购置评议申请 PY-")


def test_lists_are_narrowed_by_state_and_signal(desk: Desk, manager: dict[str, str], review: dict[str, Any]) -> None:
    for query, found in (
        ({"state": "requested,approved"}, 1),
        ({"state": "procured"}, 0),
        ({"warned": "false"}, 1),
        ({"split": "true"}, 0),
    ):
        assert len(desk.read("/purchase-reviews", manager, **query).json()["items"]) == found, query
    assert desk.read("/purchase-reviews", manager, state="lost").status_code == 422
    assert "steps" in desk.read(f"/purchase-reviews/{review['id']}", manager).json()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_says_rule_article_and_what_is_needed(desk: Desk, review: dict[str, Any], language: str) -> None:
    finance = desk.bearer(Role.FINANCE_DEPARTMENT)
    body = {"decision_reference": "1号"}
    answer = desk.send(f"/purchase-reviews/{review['id']}/approval", body, finance, **{"Accept-Language": language})
    [violation] = answer.json()["violations"]
    assert (answer.status_code, violation["code"]) == (422, "purchasing.not_reviewed")
    assert violation["citation"]["article"] == "JS 12"
    assert violation["overridable_by"] == "finance_department"
    effects = {"zh": "不安排购置资金，不纳入政府采购", "en": "no purchase funds, no government procurement"}
    assert effects[language] in violation["message"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": []}, "purchase.items"),
        ({"act": "lease"}, "purchase.act"),
        ({"funding": [{"source": "lottery", "amount_fen": 1}]}, "purchase.funding.0.source"),
        ({"colour": "red"}, "purchase.colour"),
    ],
)
def test_a_wrong_field_is_named(
    desk: Desk, province: Province, manager: dict[str, str], changes: dict[str, Any], field: str
) -> None:
    answer = desk.send("/purchase-reviews", wish(province, **changes), manager)
    assert answer.status_code == 422, answer.text
    assert [violation["field"] for violation in answer.json()["violations"]] == [field]


def test_what_is_shared_is_looked_for_before_a_request(desk: Desk, province: Province, manager: dict[str, str]) -> None:
    found = desk.read("/shared-facilities", manager, model="REGULUS-8100").json()
    assert [item["resource"] for item in found["candidates"]] == [str(province.instrument)]
    assert found["candidates"][0]["usage"]["opened_minutes"] >= 0
    assert desk.read("/shared-facilities", manager).json()["count"] == 0
    assert desk.read("/shared-facilities", desk.bearer(Role.USER)).status_code == 403


@pytest.mark.usefixtures("province")
def test_the_catalogue_is_public_and_its_drafts_are_not(desk: Desk) -> None:
    finance = desk.bearer(Role.FINANCE_DEPARTMENT)
    desk.platform.clock.now = desk.platform.clock().replace(day=6)  # type: ignore[attr-defined]
    drafted = desk.send("/warning-catalogue/drafts", {"threshold": "0.30", "least_instruments": 1}, finance)
    assert drafted.status_code == 200, drafted.text
    desk.project()
    assert desk.read("/warning-catalogue", jurisdiction="jiangsu").json()["items"] == []
    [draft] = desk.read("/warning-catalogue", finance).json()["items"]
    assert (draft["draft"], draft["threshold"], draft["catalogue_version"]) == (1, "0.30", None)
    body = {"draft": 1, "document_number": "苏财教〔2026〕77号"}
    assert desk.send("/warning-catalogue/versions", body, finance).status_code == 200
    desk.project()
    [version] = desk.read("/warning-catalogue", jurisdiction="jiangsu", version=1).json()["items"]
    [entry] = version["entries"]
    assert (entry["class_code"], entry["utilisation"]) == ("010102", "0.0000")
    assert entry["class_name"]


def test_what_became_exempt_is_no_longer_named_among_what_was_found(
    desk: Desk, province: Province, manager: dict[str, str], review: dict[str, Any]
) -> None:
    """Today's rule for yesterday's data (ruling 8.23); how many there were stays as it was recorded."""
    claim = {"ground": "secrecy", "reason": "涉密", "review_on": "2027-01-01"}
    assert desk.send(f"/instruments/{province.instrument}/exemption", claim, manager).status_code == 200
    desk.project()
    finance, paths = desk.bearer(Role.FINANCE_DEPARTMENT), ("purchase-reviews", "streams")
    for path in paths:
        assert str(province.instrument) not in desk.read(f"/{path}/{review['id']}", finance).text
        assert str(province.instrument) in desk.read(f"/{path}/{review['id']}", desk.bearer(Role.AUDITOR)).text
    shown = desk.read(f"/purchase-reviews/{review['id']}", finance).json()["shown"]
    assert (shown["count"], shown["candidates"]) == (1, [])


def test_what_was_bought_and_is_in_no_registry_is_named_until_it_is(
    desk: Desk, province: Province, manager: dict[str, str]
) -> None:
    own = wish(province, funding=[{"source": "own_funds", "amount_fen": PRICE_FEN}])
    asked = desk.send("/purchase-reviews", own, manager).json()
    assert asked["data"]["state"] == "not_required"
    bought = {
        "contract_number": "CG-1",
        "prices": [own["purchase"]["items"][0]["price"]],
        "assets": [{"item": 0, "asset_number": "NEW-1"}],
        "accepted_on": "2026-03-02",
    }
    assert desk.send(f"/purchase-reviews/{asked['id']}/procurement", bought, manager).status_code == 200
    desk.project()
    [asset] = desk.read("/purchased-assets", manager, registered="false").json()["items"]
    assert (asset["asset_number"], asset["registered"]) == ("NEW-1", False)
    assert (asset["listing_due_on"], asset["listing_binding"]) == ("2026-04-01", False)
    publish_instrument(desk, province.unit, "NEW-1")
    desk.project()
    assert desk.read("/purchased-assets", manager, registered="false").json()["items"] == []
    [asset] = desk.read("/purchased-assets", manager).json()["items"]
    assert asset["registered"] is True


def merge(desk: Desk, unit: UUID, successor: UUID) -> None:
    number = decided(desk.jurisdiction, f"并入{unit}")
    Office(desk.jurisdiction).do(MergeUnit(unit=unit, successor=successor, decision_reference=number))
    desk.project()


def test_the_successor_sees_and_ends_what_the_merged_unit_asked_for(
    desk: Desk, province: Province, review: dict[str, Any]
) -> None:
    office = Office(desk.jurisdiction)
    middle, heir = office.unit(province.provider, "JS-U08"), office.unit(province.provider, "JS-U09")
    successor = desk.bearer(Role.MANAGING_UNIT, organisation=province.provider, unit=heir)
    merge(desk, province.unit, middle)
    assert desk.read(f"/purchase-reviews/{review['id']}", successor).status_code == 404
    merge(desk, middle, heir)
    for path in ("purchase-reviews", "streams"):
        assert desk.read(f"/{path}/{review['id']}", successor).status_code == 200, path
    for asked in ({}, {"unit": str(province.unit)}):
        rows = desk.read("/purchase-reviews", successor, **asked).json()["items"]
        assert [row["id"] for row in rows] == [review["id"]]
    assert desk.read("/purchase-reviews", successor, unit=str(province.customer)).status_code == 403
    ended = desk.send(f"/purchase-reviews/{review['id']}/cancellation", {"reason": "并入后共用"}, successor)
    assert ended.status_code == 200, ended.text


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_review_as_it_stood_is_for_those_who_organise_decide_and_control(
    desk: Desk, review: dict[str, Any], role: Role
) -> None:
    """By role alone: whoever needs an organisation or unit of their own has none here."""
    if role is Role.SYSTEM:
        return
    everything = {
        Role.SERVICE_CENTRE,
        Role.COUNCIL_OFFICE,
        Role.FINANCE_DEPARTMENT,
        Role.SCIENCE_DEPARTMENT,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
    answer = desk.read(f"/streams/{review['id']}", desk.bearer(role, organisation=UUID(int=8), unit=UUID(int=9)))
    assert answer.status_code == (200 if role in everything else 404), answer.text


def test_a_department_reads_the_history_of_its_own_units_purchases_and_of_nothing_else_of_theirs(
    desk: Desk, province: Province, review: dict[str, Any]
) -> None:
    office = Office(desk.jurisdiction)
    education = office.legal_person("11993205DEMJ00011A", name_zh="江苏省教育厅", kind="government_department")
    health = office.legal_person("11993200DEMJ00273R", name_zh="江苏省卫生健康委员会", kind="government_department")
    desk.project()
    own, other = (desk.bearer(Role.COMPETENT_DEPARTMENT, organisation=each) for each in (education, health))
    history = desk.read(f"/streams/{review['id']}", own)
    assert (history.status_code, history.json()["aggregate"]) == (200, "purchasing.PurchaseReview")
    assert [event["type"] for event in history.json()["events"]] == ["purchasing.PurchaseReviewRequested"]
    assert desk.read(f"/streams/{review['id']}", other).status_code == 404
    nobody = desk.bearer(Role.COMPETENT_DEPARTMENT)
    assert desk.read(f"/streams/{review['id']}", nobody).status_code == 404
    same_house = desk.bearer(Role.LOCAL_GOVERNMENT, organisation=education)
    assert desk.read(f"/streams/{review['id']}", same_house).status_code == 404
    for stream in (province.unit, province.provider, province.manager, province.user):
        assert desk.read(f"/streams/{stream}", own).status_code == 404, stream
