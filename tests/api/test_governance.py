# SPDX-License-Identifier: Apache-2.0
"""Governance from outside: a standard from its draft to the public page, and who sees what of a decision."""

from typing import Any

from application.resources.claim_exemption import ClaimExemption
from domain.kernel.actor import Role
from tests.api.desk import DIGEST, Desk, Province

DECISION: dict[str, Any] = {
    "number": "苏科统理〔2026〕1号",
    "title": "审定技术标准",
    "decided_on": "2026-02-27",
    "digest": DIGEST,
    "minutes": {
        "seats": [{"seat": "省科学技术厅"}, {"seat": "省财政厅"}],
        "conflicts": [{"seat": "省财政厅", "reason": "…"}],
        "votes": [{"seat": "省科学技术厅", "choice": "for"}],
    },
    "names": {"省科学技术厅": "孟知微"},
}


def body(answer: Any, status: int) -> dict[str, Any]:  # noqa: ANN401 - a response
    assert answer.status_code == status, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_a_standard_becomes_public_on_its_day(desk: Desk) -> None:
    centre, council = desk.bearer(Role.SERVICE_CENTRE), desk.bearer(Role.COUNCIL)
    committee, clerk = desk.bearer(Role.EXPERT_COMMITTEE), desk.bearer(Role.MANAGING_UNIT)
    draft = {"kind": "technical_standard", "title_zh": "开放服务技术标准", "digest": DIGEST}
    document = body(desk.send("/documents", draft, centre), 201)["id"]
    opinion = {"document_version": 1, "stance": "agreed", "opinion": "同意", "given_on": "2026-02-26"}
    body(desk.send(f"/documents/{document}/opinions", opinion, committee), 200)
    desk.project()
    assert desk.read(f"/documents/{document}", jurisdiction="jiangsu").status_code == 404
    assert desk.read("/documents", clerk, state="draft").status_code == 403
    assert desk.read("/documents", jurisdiction="jiangsu", state="draft").status_code == 401
    assert [row["title_zh"] for row in desk.read("/documents", centre, state="draft").json()["items"]] == [
        "开放服务技术标准"
    ]

    adoption = {
        "document_version": 1,
        "decision_reference": DECISION["number"],
        "effective_from": "2026-03-02",
    }
    refused = body(desk.send(f"/documents/{document}/adoption", adoption, council), 422)["violations"][0]
    assert (refused["code"], refused["field"]) == ("governance.decision_not_registered", "decision_reference")
    assert refused["citation"]["article"] == "JS 5"
    body(desk.send("/decisions", DECISION, council), 201)
    body(desk.send(f"/documents/{document}/adoption", adoption, council), 200)
    desk.project()
    (public,) = desk.read("/documents", jurisdiction="jiangsu").json()["items"]
    assert (public["effective_from"], public["opinions"][0]["stance"]) == ("2026-03-02", "agreed")
    assert desk.read("/documents", jurisdiction="jiangsu", as_of="2026-03-01").json()["items"] == []
    shown = desk.read(f"/documents/{document}", jurisdiction="jiangsu").json()
    assert [row["decision_reference"] for row in shown["versions"]] == [DECISION["number"]]


def test_who_sat_and_voted_is_for_the_council_its_office_and_auditors(desk: Desk) -> None:
    decision = body(desk.send("/decisions", DECISION, desk.bearer(Role.COUNCIL)), 201)["id"]
    desk.project()
    for role in (Role.COUNCIL, Role.COUNCIL_OFFICE, Role.AUDITOR):
        seen = desk.read(f"/decisions/{decision}", desk.bearer(role)).json()
        assert seen["names"] == DECISION["names"]
        assert seen["minutes"]["conflicts"][0]["seat"] == "省财政厅"
    seen = desk.read(f"/decisions/{decision}", desk.bearer(Role.SCIENCE_DEPARTMENT)).json()
    assert not {"names", "minutes"} & seen.keys()
    listed = desk.read("/decisions", desk.bearer(Role.FINANCE_DEPARTMENT), number=DECISION["number"]).json()["items"]
    assert [row["title"] for row in listed] == ["审定技术标准"]
    assert "minutes" not in listed[0]
    assert desk.read("/decisions", desk.bearer(Role.USER)).status_code == 403


def test_a_declared_conflict_may_not_vote(desk: Desk) -> None:
    minutes = DECISION["minutes"]
    voted = {**minutes, "votes": [{"seat": "省财政厅", "choice": "against"}]}
    answer = body(desk.send("/decisions", {**DECISION, "minutes": voted}, desk.bearer(Role.COUNCIL)), 422)
    (violation,) = answer["violations"]
    assert (violation["code"], violation["field"]) == ("governance.vote_despite_conflict", "minutes.votes")
    assert "省财政厅" in violation["message"]


def test_a_task_shows_how_it_stands_to_its_day(desk: Desk) -> None:
    office, centre = desk.bearer(Role.COUNCIL_OFFICE), desk.bearer(Role.SERVICE_CENTRE)
    wish = {"title": "简报", "description": "…", "assignee": "service_centre", "due_on": "2026-03-02"}
    task = body(desk.send("/office-tasks", wish, office), 201)["id"]
    desk.project()
    assert desk.read(f"/office-tasks/{task}", centre).json()["due"] == "today"
    body(desk.send(f"/office-tasks/{task}/reports", {"report": "完成"}, centre), 200)
    body(desk.send(f"/office-tasks/{task}/completion", {"remark": "…"}, office), 200)
    desk.project()
    assert [row["state"] for row in desk.read("/office-tasks", office).json()["items"]] == ["done"]


def test_a_training_is_counted_and_struck(desk: Desk) -> None:
    centre = desk.bearer(Role.SERVICE_CENTRE)
    training = {"kind": "training", "topic": "…", "held_on": "2026-02-18", "minutes": 60}
    training |= {"participants": 30, "organisations": 5, "place": "南京"}
    made = body(desk.send("/trainings", training, centre), 201)["id"]
    desk.project()
    assert desk.read("/activity-counts", centre).json()["items"][0]["participants"] == 30
    body(desk.send(f"/activities/{made}/strike", {"reason": "重复"}, centre), 200)
    desk.project()
    assert desk.read("/activity-counts", centre).json()["items"] == []
    assert desk.read(f"/trainings/{made}", centre).json()["struck"] is True


def test_a_deadline_is_seen_by_its_unit_the_office_and_auditors(desk: Desk, province: Province) -> None:
    claim = ClaimExemption.model_validate(
        {"resource": province.instrument, "ground": "secrecy", "reason": "…", "review_on": "2026-09-01"}
    )
    desk.system(claim)
    desk.project()
    for reader in (desk.manager(province), desk.bearer(Role.COUNCIL_OFFICE), desk.bearer(Role.AUDITOR)):
        rows = desk.read("/deadlines", reader, kind="exemption_review").json()["items"]
        assert [(row["subject"], row["due_on"], row["standing"]) for row in rows] == [
            (str(province.instrument), "2026-09-01", "ahead")
        ]
    office = desk.bearer(Role.COUNCIL_OFFICE)
    assert len(desk.read("/deadlines", office, since="2026-09-01").json()["items"]) == 1
    assert desk.read("/deadlines", office, since="2026-09-02").json()["items"] == []
    assert desk.read("/deadlines", desk.customer(province)).json()["items"] == []
    stranger = desk.bearer(Role.MANAGING_UNIT, unit=desk.platform.ids())
    assert desk.read("/deadlines", stranger).json()["items"] == []
    assert desk.read("/deadlines", stranger, unit=str(province.unit)).status_code == 403
    assert desk.read("/deadlines", desk.bearer(Role.BROKER)).json()["items"] == []
    assert desk.read("/deadlines", jurisdiction="jiangsu").status_code == 401
