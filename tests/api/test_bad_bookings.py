# SPDX-License-Identifier: Apache-2.0
"""Bad input of bookings, fees and contracts: each answers 4xx with the reason, the place in the input and a way out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from application.contracts.document import EXAMPLE_TERMS
from application.contracts.templates import EXAMPLE_CLAUSES
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, at, wish

LANGUAGES = ("zh", "en")
FIRST = {"start": "2026-03-04T09:00:00", "end": "2026-03-04T11:00:00"}
WAY_OUT = {
    "zh": re.compile("请|须|应|最早|至多|最远|只能"),
    "en": re.compile(r";|: |must|at most|apply|correct", re.IGNORECASE),
}
"""How a sentence goes on after the reason: with what to do."""
WEEK = [1, 2, 3, 4, 5, 6, 7]
HOURLY = {"user_kind": "enterprise", "kind": "running_cost", "model": "used_time", "price_fen": 100}
NIGHT = {"name": "night", "weekdays": WEEK, "start_minute": 0, "end_minute": 480}


def assert_told(desk: Desk, path: str, body: dict[str, Any], who: dict[str, str], told: dict[str, str]) -> None:
    """Refused in both languages with each code at its place, and no sentence without a way out."""
    for language in LANGUAGES:
        answer = desk.send(path, body, who, **{"Accept-Language": language})
        assert answer.status_code in (409, 422), answer.text
        violations = answer.json()["violations"]
        assert {each["code"]: each["field"] for each in violations} == told
        for each in violations:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in each["message"]) == (language == "zh")
            assert WAY_OUT[language].search(each["message"]), each["message"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"pattern": {"frequency": "daily"}}, "series_without_end", "pattern"),
        ({"pattern": {"frequency": "daily", "count": 1000}}, "series_too_long", "pattern.count"),
        ({"pattern": {"frequency": "daily", "until": "2099-12-31"}}, "series_too_long", "pattern.until"),
        (
            {"pattern": {"frequency": "weekly", "count": 2, "until": "2026-04-01"}},
            "series_with_two_ends",
            "pattern.count",
        ),
        (
            {"zone": "America/New_York", "first": {"start": "2026-03-08T02:30:00", "end": "2026-03-08T03:30:00"}},
            "time_does_not_exist",
            "first.start",
        ),
        (
            {"zone": "Europe/Berlin", "first": {"start": "2026-10-25T02:30:00", "end": "2026-10-25T04:30:00"}},
            "time_exists_twice",
            "first.start",
        ),
        ({"zone": "Mars/Olympus"}, "zone_unknown", "zone"),
    ],
)
@pytest.mark.parametrize("path", ["/series", "/series/check"])
def test_a_series_that_cannot_be(
    desk: Desk, province: Province, path: str, changes: dict[str, Any], code: str, field: str
) -> None:
    body = {"resource_id": str(province.instrument), "purpose": province.purpose, "first": FIRST}
    body |= {"pattern": {"frequency": "weekly", "count": 2}, **changes}
    assert_told(desk, path, body, desk.customer(province), {f"reservations.{code}": field})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_check_of_a_series_says_in_words_why_a_time_is_refused(desk: Desk, province: Province, language: str) -> None:
    first = {"start": "2026-03-07T09:00:00", "end": "2026-03-07T11:00:00"}  # a Saturday
    body = {"resource_id": str(province.instrument), "purpose": province.purpose, "first": first}
    body |= {"pattern": {"frequency": "weekly", "count": 1}}
    answer = desk.send("/series/check", body, desk.customer(province), **{"Accept-Language": language})
    [why] = answer.json()["items"][0]["why"]
    assert why["code"] == "reservations.outside_opening_hours"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in why["message"]) == (language == "zh")


@pytest.mark.parametrize("place", ["first.start", "first.end"])
def test_a_day_that_is_none_is_not_asked_for_an_offset(desk: Desk, province: Province, place: str) -> None:
    first = {**FIRST, place.removeprefix("first."): "2026-02-30T09:00:00"}
    body = {"resource_id": str(province.instrument), "purpose": province.purpose, "first": first}
    answer = desk.send("/series", body | {"pattern": {"frequency": "weekly", "count": 2}}, desk.customer(province))
    [violation] = answer.json()["violations"]
    assert violation["field"] == place
    assert violation["message"].startswith("没有这样的时刻")


def test_nothing_is_moved_into_the_past_nor_once_it_has_begun(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    made = desk.send("/reservations", wish(province), user).json()["id"]
    past = {"span": {"start": "2026-03-02T09:00:00+08:00", "end": "2026-03-02T11:00:00+08:00"}, "reason": "早些"}
    path = f"/reservations/{made}/move"
    assert_told(desk, path, past, user, {"reservations.start_in_past": "span.start"})
    desk.platform.clock.now = at(4, 10)  # type: ignore[attr-defined]
    begun = {"reservations.already_begun": "reservation_id"}
    longer = {"span": {"start": "2026-03-04T09:00:00+08:00", "end": "2026-03-04T12:00:00+08:00"}, "reason": "延长"}
    assert_told(desk, path, longer, user, {**begun, "reservations.start_in_past": "span.start"})
    tomorrow = {"span": {"start": "2026-03-05T09:00:00+08:00", "end": "2026-03-05T11:00:00+08:00"}, "reason": "改天"}
    assert_told(desk, path, tomorrow, user, begun)


def test_nothing_is_passed_on_to_a_user_who_is_not_qualified(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    made = desk.send("/reservations", wish(province), user).json()["id"]
    rules = {"rules": {"training": {"valid_months": 12}}}
    published = desk.send(f"/instruments/{province.instrument}/house-rules", rules, desk.manager(province))
    assert published.status_code == 200, published.text
    colleague = desk.system(RegisterUser(name="同事", user_kind="enterprise", legal_person=province.customer)).id
    passed = {"to_user": str(colleague), "reason": "出差"}
    told = {"reservations.not_qualified": "to_user"}
    assert_told(desk, f"/reservations/{made}/transfer", passed, user, told)
    [refused] = desk.send(f"/reservations/{made}/transfer", passed, user).json()["violations"]
    [version] = refused["published"]
    assert (version["what"], version["version"], refused["rule"]) == ("instrument", 1, "training.qualification")
    assert "第 1 版" in version["words"]
    stranger = desk.system(RegisterUser(name="外人", user_kind="university", legal_person=province.provider)).id
    told = {"reservations.not_qualified": "to_user", "reservations.transfer_to_another_customer": "to_user"}
    passed |= {"to_user": str(stranger)}
    answer = desk.send(f"/reservations/{made}/transfer", passed, user)
    assert told.items() <= {each["code"]: each["field"] for each in answer.json()["violations"]}.items()


@pytest.mark.parametrize(
    ("standard", "code", "field"),
    [
        (
            {"bands": [NIGHT, {**NIGHT, "name": "day", "start_minute": 470, "end_minute": 1440}]},
            "bands_overlap",
            "lines",
        ),
        (
            {"bands": [NIGHT, {**NIGHT, "name": "day", "start_minute": 490, "end_minute": 1440}]},
            "bands_leave_gap",
            "lines",
        ),
        ({"tag_discounts": [{"tag": "partner", "rate": "-0.1"}]}, "discount_out_of_range", "tag_discounts"),
        ({"tiers": [{"from_hours": 0, "until_hours": None, "rate": "-1"}]}, "discount_out_of_range", "tiers"),
        (
            {"tiers": [{"from_hours": 0, "until_hours": 9, "rate": "1"}, {"from_hours": 10, "rate": "1"}]},
            "tiers_leave_gap",
            "tiers",
        ),
        ({"lines": [{**HOURLY, "price_fen": -1}]}, "price_negative", "lines"),
        ({"lines": [{**HOURLY, "price_fen": 10**9}]}, "above_cost", "lines"),
    ],
)
def test_a_fee_standard_that_cannot_be(
    desk: Desk, province: Province, standard: dict[str, Any], code: str, field: str
) -> None:
    banded = [{**HOURLY, "band": band["name"]} for band in standard.get("bands", ())]
    body = {"effective_from": "2026-03-02", "standard": {"lines": banded or [HOURLY], **standard}}
    path = f"/instruments/{province.instrument}/fee-standards"
    assert_told(desk, path, body, desk.manager(province), {f"resources.{code}": f"standard.{field}"})


def test_a_discount_far_below_zero_is_refused_in_the_readers_language(desk: Desk, province: Province) -> None:
    body = {"effective_from": "2026-03-02"}
    body |= {"standard": {"lines": [HOURLY], "tag_discounts": [{"tag": "partner", "rate": "-2000"}]}}  # type: ignore[dict-item]
    path = f"/instruments/{province.instrument}/fee-standards"
    assert_told(desk, path, body, desk.manager(province), {"request.invalid": "standard.tag_discounts.0.rate"})


def draft(province: Province, **terms: object) -> dict[str, Any]:
    stated = {**EXAMPLE_TERMS, "resources": [str(province.instrument)], **terms}
    parties = {"unit_id": str(province.unit), "customer_user_id": str(province.user)}
    return {**parties, "terms": stated, "clauses": EXAMPLE_CLAUSES}


def signature(document: dict[str, Any]) -> dict[str, Any]:
    version = {name: document["data"][name] for name in ("document_version", "digest")}
    signing = {"method": "e_signature", "reference": "ESIGN-1"}
    return {**version, "signatory": "张三", "authority": {"kind": "legal_representative"}, "signing": signing}


@pytest.mark.parametrize(("provider", "user"), [("60.00", "39.99"), ("60.00", "40.01")])
def test_shares_that_are_not_whole_are_not_written_down(
    desk: Desk, province: Province, provider: str, user: str
) -> None:
    shares = [{"party": "provider", "percent": provider}, {"party": "user", "percent": user}]
    told = {"contracts.ip_shares_not_whole": "terms.ip_shares"}
    assert_told(desk, "/contracts", draft(province, ip_shares=shares), desk.manager(province), told)


def test_an_old_version_is_not_signed(desk: Desk, province: Province) -> None:
    manager, user = desk.manager(province), desk.customer(province)
    old = desk.send("/contracts", draft(province), manager).json()
    path = f"/contracts/{old['id']}"
    assert desk.send(f"{path}/signatures", signature(old), user).status_code == 200
    stated = draft(province, valid_until="2026-11-30")
    revised = {"terms": stated["terms"], "clauses": EXAMPLE_CLAUSES, "reason": "缩短期限"}
    key = {"Idempotency-Key": "revise-once", **manager}
    assert desk.client.put(f"/api/v1{path}/document", json=revised, headers=key).status_code == 200
    told = {"contracts.another_version": "digest"}
    assert_told(desk, f"{path}/signatures", signature(old), manager, told)


def test_only_users_of_the_platform_take_over(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    made = desk.send("/reservations", wish(province), user).json()["id"]
    passed = {"to_user": "018bcfe5-0000-7000-8000-000000000001", "reason": "出差"}
    answer = desk.send(f"/reservations/{made}/transfer", passed, user)
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (404, "to_user")
    stranger = desk.bearer(Role.USER, organisation=province.customer)
    assert desk.send(f"/reservations/{made}/transfer", passed, stranger).status_code == 403
