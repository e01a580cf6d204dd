# SPDX-License-Identifier: Apache-2.0
"""The regulations over HTTP: public, with citations; a decision from its draft to the value it sets."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from api.http.reading.regimes import follower
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from tests.api.desk import NOTHING, Desk, found_province
from tests.application.deciding import decided as registered
from tests.application.office import Office
from tests.fixtures import NOON

NUMBER = "测科统理〔2026〕7号"
TODAY = local_date(NOON).isoformat()
MARGIN = {"parameter": "fee.max_margin", "value": "0.05"}
STOCK = {"list": "resource.types", "code": "consumable_stock", "name_zh": "耗材库", "name_en": "Stock"}


def drafted(desk: Desk, **changes: Any) -> str:  # noqa: ANN401 - any field
    body = {"title": "参数", "reason": "授权", "values": [MARGIN], "entries": [STOCK], **changes}
    answer = desk.send("/policy-versions", body, desk.bearer(Role.SERVICE_CENTRE))
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/api/v1/policy-versions/{answer.json()['id']}"
    return str(answer.json()["id"])


def approval(desk: Desk, effective_from: str = TODAY) -> dict[str, str]:
    number = registered(desk.jurisdiction, NUMBER, decided_on=local_date(NOON))
    return {"decision": number, "decided_by": "理事会", "decided_on": TODAY, "effective_from": effective_from}


def approved(desk: Desk, effective_from: str = TODAY) -> str:
    version = drafted(desk)
    path, body = f"/policy-versions/{version}/approval", approval(desk, effective_from)
    answer = desk.send(path, body, desk.bearer(Role.COUNCIL))
    assert answer.status_code == 200, answer.text
    return version


def regime(desk: Desk, path: str = "", **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = desk.read(f"/regimes/{desk.name}{path}", jurisdiction=desk.name, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("path", ["", "/diff", "/check", "/parameters/fee.max_margin"])
def test_the_name_of_a_regulation_says_whose_it_is(desk: Desk, path: str) -> None:
    approved(desk)
    for name in ("jiangsu", "chongqing"):
        bare = desk.read(f"/regimes/{name}{path}")
        assert bare.status_code == 200, bare.text
        assert bare.json() == desk.read(f"/regimes/{name}{path}", jurisdiction=name).json()
    margin = desk.read("/regimes/jiangsu/parameters/fee.max_margin").json()["parameter"]
    assert margin["in_force"] == "0.05"
    assert desk.read("/regimes/atlantis").status_code == 404


@dataclass(frozen=True)
class Follows:
    """As much of a jurisdiction and a platform as the question needs."""

    name: str
    regime: Any = None


@pytest.mark.parametrize(
    ("followed", "whose"),
    [
        ({"east": "one", "west": "two"}, "east"),
        ({"east": "two", "west": "one"}, "west"),
        ({"east": "two", "west": "two"}, "east"),
        ({"east": "one", "west": "one"}, None),
    ],
    ids=["the first", "the second", "nobody follows it", "two follow it"],
)
def test_a_regulation_is_its_only_followers(followed: dict[str, str], whose: str | None) -> None:
    jurisdictions = {name: Follows(name, Follows(regime)) for name, regime in followed.items()}
    platform: Any = SimpleNamespace(jurisdictions=jurisdictions)
    assert follower(platform, {"name": "one"}) == whose


def test_everybody_reads_every_regulation(desk: Desk) -> None:
    items = desk.read("/regimes", jurisdiction=desk.name).json()["items"]
    assert {each["regime"]: each["followed"] for each in items} == {"jiangsu": True, "chongqing": False}
    whole = regime(desk)
    assert whole["document_no"] == "苏科技规〔2020〕217号"
    cap = next(each for each in whole["parameters"] if each["name"] == "reward.cap")
    assert (cap["in_force"], cap["unit"], cap["origin"]) == ("500000.00", "yuan", "T")
    assert (cap["articles"], cap["settable"]) == (["JS 30"], False)
    other = desk.read("/regimes/chongqing", jurisdiction=desk.name).json()
    assert other["document_no"] == "渝科委发〔2016〕127号"


def test_a_decision_takes_effect_on_its_day_and_is_found_again(desk: Desk) -> None:
    version = approved(desk, "2026-04-01")
    before, after = (regime(desk, "/parameters/fee.max_margin", on=day) for day in ("2026-03-31", "2026-04-01"))
    assert (before["parameter"]["in_force"], after["parameter"]["in_force"]) == ("0.00", "0.05")
    (decision,) = after["parameter"]["decisions"]
    assert (decision["reference"], decision["decided_by"], decision["effective_from"]) == (
        NUMBER,
        "理事会",
        "2026-04-01",
    )
    assert [step["from"] for step in after["history"]] == ["2020-10-01", "2026-04-01"]
    found = desk.read(f"/policy-versions/{version}", jurisdiction=desk.name).json()
    assert (found["state"], found["values"], found["decision"]["reference"]) == ("approved", [MARGIN], NUMBER)
    compared = regime(desk, "/diff", on="2026-03-31", with_on="2026-04-01")["differences"]
    assert {each["name"] for each in compared} == {"fee.max_margin", "resource.types"}


def test_two_regulations_differ_with_both_citations(desk: Desk) -> None:
    differences = regime(desk, "/diff", **{"with": "chongqing"})["differences"]
    handler = next(each for each in differences if each["name"] == "fraud.handler")
    assert (handler["one"]["articles"], handler["other"]["articles"]) == (["JS 31"], ["CQ 24"])
    assert (handler["one"]["value"], handler["other"]["value"]) == ("competent_department", "science_department")


def test_what_is_undecided_is_public(desk: Desk) -> None:
    check = regime(desk, "/check")
    assert "voucher.subsidy_ratio" in {each["name"] for each in check["missing"]}
    assert "fee.max_margin" in {each["name"] for each in check["unadopted"]}
    approved(desk)
    assert "fee.max_margin" not in {each["name"] for each in regime(desk, "/check")["unadopted"]}


def test_a_draft_is_seen_by_those_who_draft_and_decide(desk: Desk) -> None:
    version = drafted(desk)
    path = f"/policy-versions/{version}"
    assert desk.read(path, jurisdiction=desk.name).status_code == 404
    assert desk.read(path, desk.bearer(Role.USER)).status_code == 404
    assert desk.read(path, desk.bearer(Role.COUNCIL)).json()["state"] == "drafted"
    assert desk.read("/policy-versions", jurisdiction=desk.name).json()["items"] == []
    assert len(desk.read("/policy-versions", desk.bearer(Role.AUDITOR)).json()["items"]) == 1


def test_a_decision_of_no_register_and_one_for_the_past_are_refused(desk: Desk) -> None:
    path, council = f"/policy-versions/{drafted(desk)}/approval", desk.bearer(Role.COUNCIL)
    unknown = desk.send(path, {**approval(desk), "decision": "无此决定"}, council)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "governance.decision_not_registered")
    past = desk.send(path, approval(desk, "2026-03-01"), council)
    assert (past.status_code, past.json()["code"]) == (422, "policy.retroactive")
    assert desk.send(path, approval(desk), council).status_code == 200
    assert desk.send(path, approval(desk), council).json()["code"] == "policy.wrong_state"


def test_a_value_fixed_by_the_text_is_refused_with_its_article(desk: Desk) -> None:
    body = {"title": "a", "reason": "b", "values": [{"parameter": "reward.rate_max", "value": "0.06"}]}
    refused = desk.send("/policy-versions", body, desk.bearer(Role.SERVICE_CENTRE)).json()
    assert refused["code"] == "policy.fixed_by_text"
    assert refused["violations"][0]["citation"]["article"] == "JS 30"
    floating = {**body, "values": [{"parameter": "fee.max_margin", "value": 0.06}]}
    assert desk.send("/policy-versions", floating, desk.bearer(Role.SERVICE_CENTRE)).status_code == 422
    office = desk.send("/policy-versions", {**body, "values": [MARGIN]}, desk.bearer(Role.COUNCIL_OFFICE)).json()
    assert office["code"] == "policy.not_a_drafter"


def test_a_new_type_is_searched_for_and_registered_once_it_is_decided(desk: Desk) -> None:
    wanted = {"jurisdiction": desk.name, "type": "consumable_stock"}
    assert desk.read("/instruments", **wanted).status_code == 422
    approved(desk)
    assert desk.read("/instruments", **wanted).status_code == 200


def test_a_draft_is_withdrawn_and_a_decision_repealed(desk: Desk) -> None:
    version = drafted(desk)
    gone = desk.send(f"/policy-versions/{version}/withdrawal", {"reason": "重算"}, desk.bearer(Role.SERVICE_CENTRE))
    assert gone.status_code == 200
    version = approved(desk)
    body = {**approval(desk, "2026-05-01"), "reason": "期满"}
    assert desk.send(f"/policy-versions/{version}/repeal", body, desk.bearer(Role.COUNCIL)).status_code == 200
    history = regime(desk, "/parameters/fee.max_margin")["history"]
    assert [step["in_force"] for step in history] == ["0.00", "0.05", "0.00"]
    shown = desk.read(f"/policy-versions/{version}", jurisdiction=desk.name).json()
    assert (shown["state"], shown["repeal"]["effective_from"]) == ("repealed", "2026-05-01")


SPLIT = {"parameter": "voucher.funding_split", "value": {"province": "0.40", "prefecture_city": "0.60"}}


def measures(government: UUID, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "legal_person": str(government),
        "title": "实施办法",
        "document_number": "苏府规〔2026〕3号",
        "decided_by": "苏州市人民政府",
        "decided_on": TODAY,
        "effective_from": TODAY,
        "values": [value],
    }


def test_a_city_decides_for_itself_what_is_local(desk: Desk) -> None:
    province = found_province(desk)
    government = city(desk)
    mayor = desk.bearer(Role.LOCAL_GOVERNMENT, organisation=government)
    wrong = desk.send("/local-measures", measures(government, MARGIN), mayor).json()
    assert (wrong["code"], wrong["violations"][0]["citation"]["article"]) == ("policy.not_local", "JS 21")
    foreign = desk.send("/local-measures", measures(province.provider, SPLIT), mayor)
    assert foreign.status_code == 403
    made = desk.send("/local-measures", measures(government, SPLIT), mayor).json()["id"]
    path = "/parameters/voucher.funding_split"
    assert regime(desk, path)["parameter"]["in_force"] is None
    assert regime(desk, path, territory="苏州市")["parameter"]["in_force"]["province"] == "0.40"
    assert desk.read(f"/local-measures/{made}", jurisdiction=desk.name).json()["territory"] == "苏州市"
    end = {name: value for name, value in measures(government, SPLIT).items() if name not in ("title", "values")}
    end = {**{key: end[key] for key in end if key != "legal_person"}, "reason": "期满"}
    stranger = desk.bearer(Role.LOCAL_GOVERNMENT, organisation=NOTHING)
    assert desk.send(f"/local-measures/{made}/repeal", end, stranger).status_code == 403
    assert desk.send(f"/local-measures/{made}/repeal", end, mayor).status_code == 200
    assert regime(desk, path, territory="苏州市")["parameter"]["in_force"] is None


def city(desk: Desk) -> UUID:
    return Office(desk.jurisdiction).legal_person(
        "11993205DEMJ00011A", kind="city_government", name_zh="苏州市人民政府", city="苏州市"
    )


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/regimes/atlantis", {}, 404, "application.not_found"),
        ("/regimes/jiangsu/parameters/reward.rate_maximum", {}, 404, "application.not_found"),
        ("/regimes/jiangsu", {"on": "2020-09-30"}, 422, "policy.not_in_force"),
        ("/regimes/jiangsu", {"on": "yesterday"}, 422, None),
        ("/regimes/jiangsu/diff", {"with": "atlantis"}, 404, "application.not_found"),
    ],
)
def test_what_is_not_there_is_said(desk: Desk, path: str, query: dict[str, str], status: int, code: str | None) -> None:
    answer = desk.read(path, jurisdiction=desk.name, **query)
    assert answer.status_code == status, answer.text
    assert code in (None, answer.json()["code"])
