# SPDX-License-Identifier: Apache-2.0
"""Groups, approvals, waiting lists and proxies over HTTP: who does what, and who sees what of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from application.parties.register_user import RegisterUser
from application.resources.publish_house_rules import PublishHouseRules
from domain.kernel.actor import Role
from domain.kernel.house_rules import HouseRules
from tests.api.desk import MORNING

if TYPE_CHECKING:
    from tests.api.desk import Desk, Province

Headers = dict[str, str]
RULES = HouseRules.model_validate({"approval": [{"approver": "group_leader"}], "waiting_list": True})


@dataclass(frozen=True)
class Story:
    """A group of the customer: its leader is the province's user, `member` books for it, `stranger` works there."""

    leader: Headers
    member: Headers
    stranger: Headers
    staff: Headers
    group: str
    member_id: str
    reservation: str
    waiting: str


@pytest.fixture
def story(desk: Desk, province: Province) -> Story:
    desk.system(PublishHouseRules(resource=province.instrument, rules=RULES))
    member = desk.system(RegisterUser(name="示例", user_kind="enterprise", legal_person=province.customer)).id
    centre, leader = desk.bearer(Role.SERVICE_CENTRE), desk.customer(province)
    own: dict[str, Any] = {"organisation": province.customer}
    headers, stranger = desk.bearer(Role.USER, user=member, **own), desk.bearer(Role.USER, **own)
    group = {"legal_person": str(province.customer), "name": "低温物理课题组", "leader": str(province.user)}
    formed = _made(desk, "/groups", group, centre)
    _done(desk, f"/groups/{formed}/members", {"user": str(member)}, leader)
    _done(desk, f"/groups/{formed}/spending-limits", {"period": "monthly", "limit_fen": 500_000}, leader)
    asked = {"resource_id": str(province.instrument), "span": MORNING, "purpose": province.purpose}
    reservation = _made(desk, "/reservations", {**asked, "group_id": formed}, headers)
    waiting = {
        "resources": [str(province.instrument)],
        "minutes": 120,
        "earliest": MORNING["start"],
        "latest": MORNING["end"],
        "purpose": province.purpose,
    }
    waits = _made(desk, "/waiting-list", waiting, leader)
    desk.project()
    return Story(leader, headers, stranger, desk.manager(province), formed, str(member), reservation, waits)


def test_groups_are_seen_by_those_who_belong_to_them(desk: Desk, province: Province, story: Story) -> None:
    for seen in (story.leader, story.member):
        [group] = desk.read("/groups", seen).json()["items"]
        assert group["id"] == story.group
    assert desk.read("/groups", story.stranger).json()["items"] == []
    assert desk.read("/groups", story.staff).json()["items"] == []
    full = desk.read(f"/groups/{story.group}", story.leader).json()
    assert [each["user_id"] for each in full["members"]] == [story.member_id]
    assert full["limits"] == {"monthly": 500_000}
    for outside in (story.stranger, story.staff):
        assert desk.read(f"/groups/{story.group}", outside).status_code == 404
    assert desk.read("/groups", story.member, person=str(province.user)).status_code == 403
    assert desk.read(f"/groups/{story.group}", desk.bearer(Role.AUDITOR)).status_code == 200
    assert desk.read(f"/streams/{story.group}", story.leader).status_code == 200
    assert desk.read(f"/streams/{story.group}", story.stranger).status_code == 404


def test_approvals_are_seen_by_the_approver_the_user_and_the_unit(desk: Desk, story: Story) -> None:
    for seen in (story.leader, story.member, story.staff):
        [step] = desk.read("/approvals", seen).json()["items"]
        assert (step["reservation"], step["step"], step["state"]) == (story.reservation, 1, "waiting")
    assert desk.read("/approvals", story.stranger).json()["items"] == []
    other_unit = desk.bearer(Role.MANAGING_UNIT, organisation=desk.platform.ids(), unit=desk.platform.ids())
    assert desk.read("/approvals", other_unit).json()["items"] == []
    assert desk.read("/approvals", desk.bearer(Role.BROKER)).status_code == 403
    path = f"/reservations/{story.reservation}/approval"
    for outside in (story.member, story.stranger, story.staff):
        assert desk.send(path, {"step": 1, "decision": "approve"}, outside).status_code == 403
    blocked = desk.send(f"/reservations/{story.reservation}/confirmation", {}, story.staff)
    assert blocked.json()["violations"][0]["code"] == "reservations.approval_pending"
    refused = desk.send(path, {"step": 1, "decision": "reject"}, story.leader)
    assert refused.json()["violations"][0]["code"] == "reservations.reason_missing"
    approved = desk.send(path, {"step": 1, "decision": "approve"}, story.leader)
    assert approved.status_code == 200, approved.text
    desk.project()
    assert desk.read("/approvals", story.leader).json()["items"] == []
    [done] = desk.read("/approvals", story.leader, state="approve").json()["items"]
    assert done["approver"] == "group_leader"


def test_the_place_in_the_queue_is_seen_by_who_waits_and_by_the_unit(desk: Desk, story: Story) -> None:
    for seen in (story.leader, story.staff):
        [place] = desk.read("/waiting-list", seen).json()["items"]
        assert (place["id"], place["place"], place["state"]) == (story.waiting, 1, "queued")
        assert desk.read(f"/waiting-list/{story.waiting}", seen).json()["items"][0]["place"] == 1
    for outside in (story.member, story.stranger):
        assert desk.read("/waiting-list", outside).json()["items"] == []
        assert desk.read(f"/waiting-list/{story.waiting}", outside).status_code == 404
        left = desk.send(f"/waiting-list/{story.waiting}/leaving", {"reason": "不等了"}, outside)
        assert left.status_code == 403
    _done(desk, f"/waiting-list/{story.waiting}/leaving", {"reason": "不等了"}, story.leader)


def test_a_proxy_is_seen_by_both_and_acts_over_http(desk: Desk, province: Province, story: Story) -> None:
    appointment = {"proxy": story.member_id, "until": "2026-12-31T00:00:00+08:00"}
    _done(desk, f"/users/{province.user}/proxies", appointment, story.leader)
    desk.project()
    for seen in (story.leader, story.member):
        [known] = desk.read("/me/proxies", seen).json()["items"]
        assert (known["user_id"], known["proxy"]) == (str(province.user), story.member_id)
    assert desk.read("/me/proxies", story.stranger).json()["items"] == []
    assert desk.send(f"/users/{province.user}/proxies", appointment, story.stranger).status_code == 403
    _done(desk, f"/waiting-list/{story.waiting}/leaving", {"reason": "代为退出"}, story.member)
    dismissal = f"/users/{province.user}/proxies/{story.member_id}/dismissal"
    _done(desk, dismissal, {"reason": "换人"}, story.leader)


def test_a_reservation_passes_on_over_http(desk: Desk, province: Province, story: Story) -> None:
    path = f"/reservations/{story.reservation}"
    _done(desk, f"{path}/approval", {"step": 1, "decision": "approve"}, story.leader)
    passed = {"to_user": str(province.user), "reason": "出差"}
    assert desk.send(f"{path}/transfer", passed, story.stranger).status_code == 403
    _done(desk, f"{path}/transfer", passed, story.member)
    desk.project()
    assert desk.read(path, story.leader).json()["user_id"] == str(province.user)


def _made(desk: Desk, path: str, body: dict[str, Any], headers: Headers) -> str:
    answer = desk.send(path, body, headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _done(desk: Desk, path: str, body: dict[str, Any], headers: Headers) -> None:
    answer = desk.send(path, body, headers)
    assert answer.status_code == 200, answer.text
