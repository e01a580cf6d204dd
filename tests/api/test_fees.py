# SPDX-License-Identifier: Apache-2.0
"""A fee standard published over HTTP, read by everybody, compared, and quoted line by line."""

from typing import Any

from tests.api.desk import MORNING, Desk, Province, wish

JIANGSU = {"jurisdiction": "jiangsu"}
NIGHT = {"name": "night", "weekdays": [1, 2, 3, 4, 5, 6, 7], "start_minute": 600, "end_minute": 1440}


def standard(price_fen: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a standard
    hour = {"user_kind": "enterprise", "kind": "machine_time", "model": "used_time", "price_fen": price_fen}
    free = {"user_kind": "internal", "kind": "machine_time", "model": "used_time", "price_fen": 0}
    return {"lines": [hour, free], **more}


DISCOUNTED = standard(
    20000,
    bands=[NIGHT],
    band_discounts=[{"band": "night", "rate": "0.5"}],
    tag_discounts=[{"tag": "partner", "rate": "0.9"}],
)


def publish(desk: Desk, province: Province, stated: dict[str, Any], since: str = "2026-03-02") -> None:
    path = f"/instruments/{province.instrument}/fee-standards"
    body = {"effective_from": since, "standard": stated}
    answer = desk.send(path, body, desk.manager(province))
    assert answer.status_code == 200, answer.text
    desk.project()


def test_a_quote_is_explained_step_by_step_to_anybody(desk: Desk, province: Province) -> None:
    publish(desk, province, DISCOUNTED)
    path = f"/instruments/{province.instrument}/quote"
    asked = {"from": MORNING["start"], "to": MORNING["end"], "user_kind": "enterprise"}
    quoted = desk.read(path, **JIANGSU, **asked)
    assert quoted.status_code == 200, quoted.text
    found = quoted.json()
    assert (found["tariff_version"], found["total_fen"]) == (2, 30000)
    assert [(step["what"], step["amount_fen"]) for step in found["steps"]] == [
        ("price", 20000),
        ("price", 20000),
        ("band_discount", -10000),
    ]
    assert found["steps"][2]["text"] == "时段 night 折扣，应付 0.5：−100.00元"
    english = desk.read(path, {"Accept-Language": "en"}, **JIANGSU, **asked).json()
    assert english["steps"][0]["text"] == "machine time: 1 h × 200.00 yuan (version 2) = 200.00 yuan"


def test_a_signed_in_user_is_quoted_with_own_tags_and_the_request_costs_the_same(
    desk: Desk, province: Province
) -> None:
    publish(desk, province, DISCOUNTED)
    tag = {"unit": str(province.unit), "tag": "partner", "reason": "合作"}
    assert desk.send(f"/standing/{province.user}/tags", tag, desk.manager(province)).status_code == 200
    desk.project()
    path = f"/instruments/{province.instrument}/quote"
    times = {"from": MORNING["start"], "to": MORNING["end"]}
    mine = desk.read(path, desk.customer(province), **times).json()
    assert (mine["user_kind"], mine["facts"]["tags"], mine["total_fen"]) == ("enterprise", ["partner"], 27000)
    named = desk.read(path, desk.customer(province), **times, user_kind="enterprise").json()
    assert (named["facts"]["tags"], named["total_fen"]) == (["partner"], 27000)
    made = desk.send("/reservations", wish(province), desk.customer(province))
    assert made.json()["data"]["quote_fen"] == 27000


def test_versions_are_read_and_compared_by_everybody(desk: Desk, province: Province) -> None:
    publish(desk, province, DISCOUNTED)
    publish(desk, province, standard(15000), "2026-04-01")
    path = f"/instruments/{province.instrument}/fee-standards"
    listed = desk.read(path, **JIANGSU).json()
    assert ([each["tariff_version"] for each in listed["items"]], listed["in_force"]) == ([3, 2, 1], 2)
    found = desk.read(f"{path}/diff", **JIANGSU, **{"from": 2, "to": 3}).json()
    (changed,) = found["changed"]
    assert (changed["user_kind"], changed["from_fen"], changed["to_fen"]) == ("enterprise", 20000, 15000)
    assert (found["added"], found["removed"]) == ([], [])
    assert set(found["terms"]) == {"bands", "band_discounts", "tag_discounts"}
    missing = desk.read(f"{path}/diff", **JIANGSU, **{"from": 2, "to": 4})
    assert missing.status_code == 422


def test_bad_fee_standards_and_quotes_are_refused_with_all_reasons(desk: Desk, province: Province) -> None:
    wrong = standard(-1, bands=[NIGHT], tiers=[{"from_hours": 5, "until_hours": None, "rate": "1.2"}])
    wrong["lines"][0]["band"] = "night"
    path = f"/instruments/{province.instrument}/fee-standards"
    answer = desk.send(path, {"effective_from": "2026-03-01", "standard": wrong}, desk.manager(province))
    codes = {each["code"] for each in answer.json()["violations"]}
    assert codes == {
        "resources.price_negative",
        "resources.bands_leave_gap",
        "resources.tiers_leave_gap",
        "resources.discount_out_of_range",
        "resources.tariff_backdated",
        "resources.tariff_goes_backwards",
    }
    quote = f"/instruments/{province.instrument}/quote"
    times = {"from": MORNING["start"], "to": MORNING["end"]}
    assert desk.read(quote, **JIANGSU, **times).status_code == 422
    backwards = {"from": MORNING["end"], "to": MORNING["start"], "user_kind": "enterprise"}
    assert desk.read(quote, **JIANGSU, **backwards).status_code == 422
    unknown = desk.read(quote, **JIANGSU, **times, user_kind="enterprise", items="gold:1")
    assert unknown.json()["code"] == "resources.no_price_for_item"
