# SPDX-License-Identifier: Apache-2.0
"""House rules through the API: published by the unit, read by everybody, refused with the reason and what to do."""

from typing import Any

from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, wish

QUOTA = {"name": "每周机时", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 60}


def publish(desk: Desk, province: Province, **rules: Any) -> Any:  # noqa: ANN401 - the answer of the client
    return desk.send(f"/instruments/{province.instrument}/house-rules", {"rules": rules}, desk.manager(province))


def test_every_version_is_public_with_the_moment_from_which_it_binds(desk: Desk, province: Province) -> None:
    assert publish(desk, province, must_read=["开机前检查真空"]).json()["data"] == {"rules_version": 1, "exceeding": []}
    assert publish(desk, province, must_read=["开机前检查真空", "戴手套"]).json()["data"] == {
        "rules_version": 2,
        "exceeding": [],
    }
    body = {"rules": {"lead": {"latest_minutes": 60}, "must_read": ["本单位须知"]}}
    assert desk.send(f"/units/{province.unit}/house-rules", body, desk.manager(province)).status_code == 200
    desk.project()
    shown = desk.read(f"/instruments/{province.instrument}/house-rules", jurisdiction="jiangsu").json()
    assert [item["version"] for item in shown["items"]] == [2, 1]
    assert shown["items"][1]["rules"]["must_read"] == ["开机前检查真空"]
    assert shown["items"][0]["published_at"].startswith("2026-03-02T")
    assert (shown["together"]["must_read"], shown["together"]["lead"]["latest_minutes"]) == (
        ["开机前检查真空", "戴手套"],
        60,
    )
    of_unit = desk.read(f"/units/{province.unit}/house-rules", jurisdiction="jiangsu").json()
    assert [item["rules"]["must_read"] for item in of_unit["items"]] == [["本单位须知"]]


def test_where_nothing_is_published_nothing_is_shown(desk: Desk, province: Province) -> None:
    desk.project()
    shown = desk.read(f"/instruments/{province.instrument}/house-rules", jurisdiction="jiangsu").json()
    assert (shown["items"], shown["unit_in_force"], shown["together"]) == ([], None, None)
    nowhere = desk.read("/units/9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55/house-rules", jurisdiction="jiangsu")
    assert nowhere.status_code == 404


def test_rules_that_contradict_themselves_are_refused_with_all_reasons_in_both_languages(
    desk: Desk, province: Province
) -> None:
    wrong = {
        "lengths": [{"band": "night", "min_minutes": 90, "max_minutes": 60}],
        "quotas": [QUOTA, QUOTA],
        "approval": [{"approver": "group_leader", "on_time_out": "approve"}],
    }
    refused = publish(desk, province, **wrong)
    assert refused.status_code == 422
    codes = {each["code"] for each in refused.json()["violations"]}
    assert codes == {
        "house_rules.named_twice",
        "house_rules.band_unknown",
        "house_rules.min_above_max",
        "house_rules.outcome_without_limit",
    }
    assert all(each["message"] and each["field"].startswith("rules.") for each in refused.json()["violations"])


def test_the_same_rules_again_are_refused_and_an_old_version_is_no_ground(desk: Desk, province: Province) -> None:
    first = publish(desk, province, quotas=[QUOTA])
    assert publish(desk, province, quotas=[QUOTA]).json()["violations"][0]["code"] == "resources.house_rules_unchanged"
    stale = desk.send(
        f"/instruments/{province.instrument}/house-rules",
        {"rules": {"use_types": ["use"]}},
        {**desk.manager(province), "If-Match": f'"{first.json()["version"] - 1}"'},
    )
    assert stale.status_code == 412


def test_a_refusal_names_rule_version_article_and_who_may_set_it_aside(desk: Desk, province: Province) -> None:
    publish(desk, province, quotas=[QUOTA], must_read=["须知"])
    user, manager = desk.customer(province), desk.manager(province)
    refused = desk.send("/reservations", wish(province), user).json()["violations"]
    told = {each["code"]: each for each in refused}
    quota = told["reservations.quota_exceeded"]
    assert set(told) == {"reservations.notices_not_read", "reservations.quota_exceeded"}
    assert (quota["parameters"]["limit"], quota["parameters"]["used"], quota["parameters"]["asked"]) == (60, 0, 120)
    assert (quota["overridable_by"], quota["citation"]["article"], quota["field"]) == ("managing_unit", "JS 15", "span")
    overrides = {"reservations.quota_exceeded": "重点研发课题", "reservations.notices_not_read": "当面告知"}
    by_user = desk.send("/reservations", wish(province, overrides=overrides), user)
    assert "reservations.override_by_unit_only" in {each["code"] for each in by_user.json()["violations"]}
    asked = wish(province, overrides=overrides, on_behalf_of=str(province.user))
    assert desk.send("/reservations", asked, manager).status_code == 201


def test_house_rules_of_others_are_not_published_by_strangers(desk: Desk, province: Province) -> None:
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    for path in (f"/instruments/{province.instrument}/house-rules", f"/units/{province.unit}/house-rules"):
        assert desk.send(path, {"rules": {}}, stranger).status_code == 403
