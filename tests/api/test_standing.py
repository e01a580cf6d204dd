# SPDX-License-Identifier: Apache-2.0
"""Who sees how a user stands with a unit: its own staff, the user, those who control; nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from application.resources.publish_house_rules import PublishHouseRules
from domain.kernel.actor import Role
from domain.kernel.house_rules import ConductRule, HouseRules, TrainingRule

if TYPE_CHECKING:
    from tests.api.desk import Desk, Province

RULES = HouseRules(conduct=ConductRule(), training=TrainingRule(valid_months=12))
BAN = {"until": "2026-04-01T00:00:00+08:00", "ground": "safety", "reason": "违规操作"}


@pytest.fixture
def story(desk: Desk, province: Province) -> dict[str, Any]:
    """A user with a tag, a qualification from a training, and a ban that was lifted."""
    desk.system(PublishHouseRules(resource=province.instrument, rules=RULES))
    unit, user, staff = str(province.unit), str(province.user), desk.manager(province)
    tag = desk.send(f"/standing/{user}/tags", {"unit": unit, "tag": "trained", "reason": "合作"}, staff)
    assert tag.status_code == 200, tag.text
    people = [{"user": user, "attended": True, "passed": True}]
    training = {
        "resource": str(province.instrument),
        "held_at": "2026-03-02T09:00:00+08:00",
        "topic": "上机培训",
        "participants": people,
    }
    held = desk.send("/instrument-trainings", training, staff)
    assert held.status_code == 201, held.text
    ban = {"unit": unit, "resource": str(province.instrument), **BAN}
    banned = desk.send(f"/standing/{user}/bans", ban, staff)
    assert banned.status_code == 200, banned.text
    number = banned.json()["data"]["ban"] if "data" in banned.json() else banned.json()["ban"]
    lifted = desk.send(f"/standing/{user}/bans/{number}/lifting", {"unit": unit, "reason": "考核合格"}, staff)
    assert lifted.status_code == 200, lifted.text
    desk.project()
    return {"training": held.json()["id"], "ban": number}


def test_staff_see_their_unit_and_users_themselves(desk: Desk, province: Province, story: dict[str, Any]) -> None:
    seen = desk.read(f"/standing/{province.user}", desk.manager(province))
    assert seen.status_code == 200, seen.text
    (with_unit,) = seen.json()["standings"]
    assert [tag["tag"] for tag in with_unit["tags"]] == ["trained"]
    assert [held["step"] for held in with_unit["qualifications"]] == ["held"]
    assert with_unit["qualifications"][0]["ends_on"] == "2027-03-02"
    assert with_unit["bans"] == []
    own = desk.read("/me/standing", desk.customer(province)).json()
    assert own["standings"] == seen.json()["standings"]
    assert desk.read(f"/standing/{province.user}", desk.customer(province)).status_code == 200
    trained = desk.read(f"/instrument-trainings/{story['training']}", desk.manager(province))
    assert trained.json()["participants"][0]["passed"]


def test_the_history_of_a_ban_keeps_who_lifted_it_and_why(
    desk: Desk, province: Province, story: dict[str, Any]
) -> None:
    (ban,) = desk.read("/bans", desk.manager(province)).json()["items"]
    assert (ban["id"], ban["lift_reason"], ban["lifted_by"]) == (story["ban"], "考核合格", str(province.manager))
    assert desk.read("/bans", desk.manager(province), in_force="true").json()["items"] == []
    assert len(desk.read("/bans", desk.customer(province)).json()["items"]) == 1


@pytest.mark.usefixtures("story")
def test_another_unit_and_another_user_see_nothing(desk: Desk, province: Province) -> None:
    other_unit = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    other_user = desk.bearer(Role.USER, organisation=province.customer)
    for stranger in (other_unit, other_user):
        assert desk.read(f"/standing/{province.user}", stranger).status_code == 404
        assert desk.read("/bans", stranger).json()["items"] == []
        assert desk.read("/attendance", stranger).json()["items"] == []
    assert desk.read("/bans", other_unit, unit=str(province.unit)).status_code == 403
    assert desk.read("/bans", other_user, user=str(province.user)).status_code == 403
    assert desk.read("/instrument-trainings", other_user).status_code == 403
    for role in (Role.FINANCE_CLERK, Role.COUNCIL, Role.OPERATOR):
        assert desk.read("/bans", desk.bearer(role, organisation=province.customer)).status_code == 403
    assert desk.read(f"/standing/{province.user}", desk.bearer(Role.AUDITOR)).status_code == 200


@pytest.mark.usefixtures("story")
def test_an_older_version_of_a_standing_is_not_overwritten(desk: Desk, province: Province) -> None:
    body = {"unit": str(province.unit), "tag": "expert", "reason": "合作"}
    headers = desk.manager(province) | {"If-Match": '"1"'}
    assert desk.send(f"/standing/{province.user}/tags", body, headers).status_code == 412
    (with_unit,) = desk.read(f"/standing/{province.user}", desk.manager(province)).json()["standings"]
    headers["If-Match"] = f'"{with_unit["version"]}"'
    assert desk.send(f"/standing/{province.user}/tags", body, headers).status_code == 200
