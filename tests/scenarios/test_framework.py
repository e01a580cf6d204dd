# SPDX-License-Identifier: Apache-2.0
"""A framework contract from its template to the end: two call-offs, two uses, bills, outputs, a paper (JS 18, 20)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from application.contracts.document import EXAMPLE_TERMS
from application.contracts.templates import EXAMPLE_CLAUSES
from domain.kernel.actor import Role
from tests.api.conftest import app, client
from tests.api.desk import MORNING, Desk, Province, at, found_province, wish

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx2 import Response

    from infrastructure.bootstrap import Platform

__all__ = ["app", "client"]

AUTHORITY = {"kind": "legal_representative"}
SIGNING = {"method": "e_signature", "reference": "ESIGN-1"}
CEILING = 300_000
THURSDAY = {"start": "2026-03-05T09:00:00+08:00", "end": "2026-03-05T11:00:00+08:00"}


class Story:
    """Who acts on which side, and the framework between them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.place: Province = found_province(desk)
        self.unit, self.user = desk.manager(self.place), desk.customer(self.place)

    def done(self, path: str, body: dict[str, Any], who: dict[str, str]) -> dict[str, Any]:
        answer = self.desk.send(path, body, who)
        assert answer.status_code in (200, 201), answer.text
        self.desk.project()
        document: dict[str, Any] = answer.json()
        return document

    def refused(self, path: str, body: dict[str, Any], who: dict[str, str]) -> list[str]:
        answer = self.desk.send(path, body, who)
        assert answer.status_code in (409, 422), answer.text
        return [violation["code"] for violation in answer.json()["violations"]]

    def read(self, path: str, who: dict[str, str] | None = None, **query: str | int) -> Any:  # noqa: ANN401 - JSON
        answer = self.desk.read(path, who or self.user, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def framework(self) -> str:
        """Drafted from the province's template, signed by both."""
        body = {"kind": "framework", "title": "框架合同", "clauses": EXAMPLE_CLAUSES}
        template = self.done("/contract-templates", body, self.desk.bearer(Role.SERVICE_CENTRE))["id"]
        terms = {**EXAMPLE_TERMS, "resources": [], "framework": True, "ceiling_fen": CEILING}
        parties = {"unit_id": str(self.place.unit), "customer_user_id": str(self.place.user)}
        drafted = self.done("/contracts", {**parties, "terms": terms, "template_id": template}, self.unit)
        for who, name in ((self.unit, "甲方代表"), (self.user, "乙方代表")):
            version = {name: drafted["data"][name] for name in ("document_version", "digest")}
            signature = {**version, "signatory": name, "authority": AUTHORITY, "signing": SIGNING}
            self.done(f"/contracts/{drafted['id']}/signatures", signature, who)
        return str(drafted["id"])

    def order(self, framework: str, **changes: object) -> dict[str, Any]:
        body = {"contract_id": framework, "resource_id": str(self.place.instrument), "minutes": 240}
        dates = {"valid_from": "2026-03-02", "valid_until": "2026-06-30"}
        return {**body, **dates, "ceiling_fen": 100_000, "subject": "第一批样品", **changes}

    def use(self, day: int, span: dict[str, str], **start: str) -> dict[str, Any]:
        """Reserve, use for two hours and pay; the order with what was charged."""
        self.desk.platform.clock.now = at(2, 12)  # type: ignore[attr-defined]
        made = self.done("/reservations", wish(self.place, span=span), self.user)
        for hour, path, body in ((9, "usage", start), (11, "usage/completion", {"samples": 3})):
            self.desk.platform.clock.now = at(day, hour)  # type: ignore[attr-defined]
            self.done(f"/reservations/{made['id']}/{path}", body, self.unit)
        [order] = self.read("/orders", reservation=made["id"])["items"]
        return {"reservation": made["id"], **order}

    def pay(self, order: dict[str, Any], reference: str) -> None:
        path = f"/orders/{order['id']}"
        self.done(f"{path}/acceptance", {}, self.user)
        bill = self.done(f"{path}/bill", {}, self.unit)["data"]
        payment = {"amount_fen": bill["open_fen"], "bank_reference": reference, "received_on": "2026-03-04"}
        clerk = self.desk.bearer(Role.FINANCE_CLERK, organisation=self.place.provider)
        self.done(f"{path}/payments", payment, clerk)
        self.done(f"{path}/settlement", {}, clerk)


@pytest.fixture
def story(platform: Platform, client: TestClient) -> Story:
    return Story(Desk(platform, client))


def test_a_framework_with_two_call_offs_from_draft_to_settlement(story: Story) -> None:
    framework = story.framework()
    assert story.refused("/call-offs", story.order(framework, ceiling_fen=CEILING + 1), story.user) == [
        "contracts.call_off_beyond_ceiling"
    ]
    assert story.refused("/call-offs", story.order(framework, valid_until="2027-01-01"), story.user) == [
        "contracts.call_off_outside_period"
    ]
    first = story.done("/call-offs", story.order(framework, ceiling_fen=200_000), story.user)
    second = story.done("/call-offs", story.order(framework, ceiling_fen=100_000, subject="第二批"), story.unit)
    assert second["data"]["number"] == first["data"]["number"][:-1] + "2"
    assert story.refused("/call-offs", story.order(framework, ceiling_fen=1), story.user) == [
        "contracts.call_off_beyond_ceiling"
    ]

    used = story.use(4, MORNING, call_off_id=first["id"])
    also = story.use(5, THURSDAY, call_off_id=second["id"])
    listed = story.read("/call-offs")["items"]
    assert {each["id"] for each in listed} == {first["id"], second["id"]}
    assert all(each["left_fen"] < each["ceiling_fen"] for each in listed)
    seen = story.read(f"/contracts/{framework}/call-offs")
    assert [item["uses"] for item in seen["items"]] == [1, 1]
    assert seen["framework"]["left_fen"] == 0
    fulfil = {"reservations": [used["reservation"], also["reservation"]]}
    assert story.refused(f"/contracts/{framework}/fulfilment", fulfil, story.unit) == [
        "contracts.call_off_open",
        "contracts.call_off_open",
        "contracts.call_offs_running",
    ]
    assert story.refused(f"/call-offs/{first['id']}/settlement", {}, story.unit) == ["contracts.call_off_open"]
    for number, order in enumerate((used, also)):
        story.pay(order, f"BANK-{number}")
    for call_off, order in ((first, used), (second, also)):
        settled = story.done(f"/call-offs/{call_off['id']}/settlement", {}, story.user)["data"]
        assert (settled["state"], settled["used_fen"]) == ("settled", order["delivered_fen"])
    held = story.read(f"/contracts/{framework}/call-offs")["framework"]
    assert held["held_fen"] == used["delivered_fen"] + also["delivered_fen"]
    assert held["left_fen"] == CEILING - held["held_fen"]
    assert story.done(f"/contracts/{framework}/fulfilment", fulfil, story.unit)["data"]["state"] == "fulfilled"
    assert "contracts.wrong_state" in story.refused("/call-offs", story.order(framework, ceiling_fen=1), story.user)


def test_a_use_without_call_off_opens_its_own_and_settles_with_its_order(story: Story) -> None:
    framework = story.framework()
    used = story.use(4, MORNING, contract_id=framework)
    [opened] = story.read(f"/contracts/{framework}/call-offs")["items"]
    assert (opened["opened_by_use"], opened["reservation"], opened["state"]) == (True, used["reservation"], "placed")
    story.pay(used, "BANK-1")
    [settled] = story.read(f"/contracts/{framework}/call-offs")["items"]
    assert (settled["state"], settled["used_fen"]) == ("settled", used["delivered_fen"])
    body = {"reservations": [used["reservation"]]}
    assert story.done(f"/contracts/{framework}/fulfilment", body, story.unit)["data"]["state"] == "fulfilled"


def test_what_was_never_used_is_cancelled_and_gives_its_amount_back(story: Story) -> None:
    framework = story.framework()
    placed = story.done("/call-offs", story.order(framework, ceiling_fen=CEILING), story.user)
    story.done(f"/call-offs/{placed['id']}/cancellation", {"reason": "样品未到"}, story.user)
    assert story.read(f"/contracts/{framework}/call-offs")["framework"]["left_fen"] == CEILING
    assert story.done("/call-offs", story.order(framework, ceiling_fen=CEILING), story.user)["id"]


def test_the_paper_shows_all_and_is_for_the_parties(story: Story) -> None:
    framework = story.framework()
    answer: Response = story.desk.read(f"/contracts/{framework}.pdf", story.user)
    assert answer.headers["content-type"] == "application/pdf"
    assert story.desk.read(f"/contracts/{framework}.pdf", story.user).content == answer.content
    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    contract = story.read(f"/contracts/{framework}")
    clauses = contract["clauses"]
    assert clauses["ip_ownership"] == "管理单位享有40.00%，用户享有60.00%"
    for shown in (*(value[:12] for value in clauses.values() if isinstance(value, str)), "甲方代表", "乙方代表"):
        assert shown in text
    assert contract["digest"] in text
    pages = len(reader.pages)
    assert f"第{pages}页，共{pages}页" in text
    assert all("FontFile" in key for key in _embedded(reader))


def _embedded(reader: PdfReader) -> set[str]:
    """The keys under which each font of the first page is embedded."""
    found = set()
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        found.add(next((key for key in descriptor if "FontFile" in key), "none"))
    return found


def test_versions_are_compared_and_an_old_one_is_not_signed(story: Story) -> None:
    framework = story.framework()
    contract = story.read(f"/contracts/{framework}")
    clauses = {**contract["clauses"], "damage_liability": "责任方按实际损失赔偿，以合同金额为限"}
    terms = {**EXAMPLE_TERMS, "resources": [], "framework": True, "ceiling_fen": CEILING, "valid_until": "2027-06-30"}
    amendment = {"terms": terms, "clauses": clauses, "reason": "延长期限"}
    story.done(f"/contracts/{framework}/amendment", amendment, story.unit)
    old = {"document_version": 1, "digest": contract["digest"], "signatory": "乙方代表"}
    path = f"/contracts/{framework}/amendment/signatures"
    signature = {**old, "authority": AUTHORITY, "signing": SIGNING}
    answer = story.desk.send(path, signature, story.user).json()
    [violation] = answer["violations"]
    assert violation["code"] == "contracts.another_version"
    assert (violation["parameters"]["signed_version"], violation["parameters"]["current"]) == (1, 2)
    found = story.read(f"/contracts/{framework}/versions")["items"]
    assert [(item["document_version"], item["standing"]) for item in found] == [(1, "in_force"), (2, "proposed")]
    compared = story.read(f"/contracts/{framework}/versions/1/compare/2")
    changed = {each["name"]: each for each in compared["clauses"] if each["change"] != "same"}
    assert [(piece["how"], piece["text"]) for piece in changed["damage_liability"]["pieces"]] == [
        ("same", "责任方按实际损失赔偿"),
        ("added", "，以合同金额为限"),
    ]
    assert {each["name"] for each in compared["terms"] if each["change"] != "same"} == {"valid_until"}
    missing = story.desk.read(f"/contracts/{framework}/versions/1/compare/9", story.user)
    assert (missing.status_code, missing.json()["violations"][0]["parameters"]["there"]) == (404, "1, 2")


def test_outputs_meet_the_duties_of_the_contract(story: Story) -> None:
    framework = story.framework()
    story.use(4, MORNING, contract_id=framework)
    [owing] = story.read(f"/contracts/{framework}/duties")["items"]
    assert owing["duties"] == [{"output": "paper", "met": False}]
    assert len(story.read("/acknowledgement-duties", story.unit, state="open")["items"]) == 1
    story.desk.platform.clock.now = at(6, 9)  # type: ignore[attr-defined]
    paper = {"kind": "paper", "title": "论文", "published_on": "2026-03-05", "contract_id": framework}
    for wrong in ("10.12/x", "978-0-306-40615-8"):
        assert story.refused("/outputs", {**paper, "identifier": wrong, "acknowledged": True}, story.user) == [
            "contracts.identifier_malformed"
        ]
    silent = story.done("/outputs", {**paper, "identifier": "10.1000/1", "acknowledged": False}, story.user)
    assert story.read(f"/contracts/{framework}/duties")["items"][0]["duties"][0]["met"] is False
    named = story.done("/outputs", {**paper, "identifier": "10.1000/2", "acknowledged": True}, story.user)
    assert story.read(f"/contracts/{framework}/duties")["items"][0]["duties"][0]["met"] is True
    assert story.read("/acknowledgement-duties", story.unit, state="open")["items"] == []
    counted = story.read("/output-counts", story.unit)["items"]
    assert counted == [{"year": 2026, "kind": "paper", "outputs": 2, "acknowledged": 1}]
    story.done(f"/outputs/{named['id']}/withdrawal", {"reason": "误填"}, story.user)
    assert story.read(f"/contracts/{framework}/duties")["items"][0]["duties"][0]["met"] is False
    assert [item["id"] for item in story.read("/outputs")["items"]] == [silent["id"]]


def test_a_dispute_goes_through_its_stages_while_orders_are_held(story: Story) -> None:
    framework = story.framework()
    path, body = f"/contracts/{framework}/dispute", {"body": "双方", "begun_on": "2026-03-02"}
    story.done(path, {"reason": "数据与约定不符"}, story.user)
    assert story.refused(f"{path}/stages", {**body, "stage": "arbitration"}, story.user) == [
        "contracts.stage_out_of_order"
    ]
    for stage in ("negotiation", "mediation"):
        story.done(f"{path}/stages", {**body, "stage": stage, "due_on": "2026-03-20"}, story.unit)
        ended = {"stage": stage, "outcome": "failed", "ended_on": "2026-03-02", "findings": "未达成一致"}
        story.done(f"{path}/stage-results", ended, story.user)
    assert story.refused(f"{path}/stages", {**body, "stage": "court"}, story.user) == ["contracts.stage_not_agreed"]
    story.done(f"{path}/stages", {**body, "stage": "arbitration", "due_on": "2026-06-01"}, story.user)
    [due] = story.read("/deadlines", story.unit, kind="dispute_stage")["items"]
    assert due["due_on"] == "2026-06-01"
    stages = story.read(f"/contracts/{framework}")["dispute_stages"]
    assert [(held["stage"], held["outcome"]) for held in stages] == [
        ("negotiation", "failed"),
        ("mediation", "failed"),
        ("arbitration", None),
    ]


def test_a_template_that_nothing_fills_is_refused(story: Story) -> None:
    clauses = {**EXAMPLE_CLAUSES, "service_mode": "{{colour}}"}
    body = {"unit_id": str(story.place.unit), "kind": "remote", "title": "远程", "clauses": clauses}
    assert story.refused("/contract-templates", body, story.unit) == ["contracts.placeholder_unknown"]
    made = story.done("/contract-templates", {**body, "clauses": EXAMPLE_CLAUSES}, story.unit)
    story.desk.client.put(
        f"/api/v1/contract-templates/{made['id']}",
        json={"title": "远程服务", "clauses": EXAMPLE_CLAUSES},
        headers={"Idempotency-Key": "t-2", **story.unit},
    )
    story.desk.project()
    shown = story.read(f"/contract-templates/{made['id']}")
    assert [version["template_version"] for version in shown["versions"]] == [2, 1]
    assert shown["versions"][0]["placeholders"] == ["unit", "customer", "resources", "provider_share", "user_share"]


def test_a_termination_ends_the_call_offs_that_nobody_used(story: Story) -> None:
    """One that was used stays until it is paid: what took place under the contract is owed under it."""
    framework = story.framework()
    first = story.done("/call-offs", story.order(framework, ceiling_fen=200_000), story.user)
    other = story.done("/call-offs", story.order(framework, ceiling_fen=100_000), story.user)
    used = story.use(4, MORNING, call_off_id=first["id"])
    reserved = story.done("/reservations", {**wish(story.place, span=THURSDAY), "contract_id": framework}, story.user)
    ended = story.done(f"/contracts/{framework}/termination", {"by": "user", "reason": "项目终止"}, story.user)["data"]
    assert (ended["call_offs_cancelled"], ended["cancelled"]) == ([other["id"]], [reserved["id"]])
    seen = story.read(f"/contracts/{framework}/call-offs")
    assert [item["state"] for item in seen["items"]] == ["placed", "cancelled"]
    assert "contracts.wrong_state" in story.refused("/call-offs", story.order(framework), story.user)
    story.pay(used, "BANK-1")
    settled = story.done(f"/call-offs/{first['id']}/settlement", {}, story.unit)["data"]
    assert (settled["state"], settled["used_fen"]) == ("settled", used["delivered_fen"])


def test_a_use_entered_afterwards_counts_under_the_call_off_it_names(story: Story) -> None:
    framework = story.framework()
    order = story.done("/call-offs", story.order(framework, ceiling_fen=CEILING), story.user)
    story.desk.platform.clock.now = at(6, 9)  # type: ignore[attr-defined]
    use = {
        "resource_id": str(story.place.instrument),
        "user_id": str(story.place.user),
        "purpose": story.place.purpose,
        "span": MORNING,
        "external_id": "lims:1",
    }
    # The framework has nothing left for a call-off of its own.
    assert story.refused("/uses", {**use, "contract_id": framework}, story.unit) == [
        "contracts.call_off_beyond_ceiling"
    ]
    entered = story.done("/uses", {**use, "call_off_id": order["id"]}, story.unit)
    [seen] = story.read(f"/contracts/{framework}/call-offs")["items"]
    assert (seen["id"], seen["uses"], seen["used_minutes"]) == (order["id"], 1, 120)
    again = story.done("/uses", {**use, "call_off_id": order["id"]}, story.unit)
    assert (again["id"], again["data"]["entered_before"]) == (entered["id"], True)
