# SPDX-License-Identifier: Apache-2.0
"""The network through the API with tokens, in both regimes.

Sites and coverage, a demand that ends in a reservation, products, qualifications, operators and their payments, a
lease, and a duty-free import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from application.parties.register_legal_person import RegisterLegalPerson
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Role
from infrastructure.history.verify import verify
from tests.api.conftest import app, client, desk
from tests.api.desk import DIGEST, Desk, Province, wish
from tests.application.deciding import decided
from tests.scenarios.places import PLACES
from tests.scenarios.story import Story

if TYPE_CHECKING:
    from httpx2 import Response

    from infrastructure.bootstrap import Platform

__all__ = ["app", "client", "desk"]

HOST = {"jiangsu": ("regional_site", "district"), "chongqing": ("service_base", "university")}
EDGES = ("2026-06-30", "2026-07-01")
HOME = {"jiangsu": "南京市", "chongqing": "重庆市"}
Headers = dict[str, str]


@pytest.fixture(params=["jiangsu", "chongqing"])
def there(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """The counter of each jurisdiction."""
    desk.name = request.param
    return desk


@pytest.fixture
def province(there: Desk) -> Province:
    """A university with a published instrument, and an enterprise that wants something."""
    story = Story(there.platform, PLACES[there.name])
    story.register_parties()
    story.publish_instrument()
    there.project()
    ids = story.ids
    return Province(
        provider=ids["university"],
        unit=ids["unit"],
        manager=ids["staff"],
        instrument=ids["instrument"],
        customer=ids["enterprise"],
        user=ids["customer"],
        purpose=story.place.purpose,
    )


def done(answer: Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    body: dict[str, Any] = answer.json()
    return body


def codes(answer: Response) -> list[str]:
    assert answer.status_code in (403, 409, 422), answer.text
    return [each["code"] for each in answer.json()["violations"]]


def shown(there: Desk, path: str, headers: Headers | None = None, /, **query: Any) -> dict[str, Any]:  # noqa: ANN401
    there.project()
    asked = query if headers else {"jurisdiction": there.name, **query}
    return done(there.read(path, headers, **asked))


def centre(there: Desk) -> Headers:
    return there.bearer(Role.SERVICE_CENTRE)


def open_site(there: Desk, **changes: Any) -> Response:  # noqa: ANN401 - any field
    kind, host_kind = HOST[there.name]
    stated = {
        "kind": kind,
        "host_kind": host_kind,
        "name_zh": "玄武区科技资源服务站",
        "city": "南京市",
        "district": "玄武区",
        "services": ["资源对接"],
        "opened_on": "2026-03-01",
    }
    return there.send("/sites", stated | changes, centre(there))


def test_sites_cover_districts(there: Desk) -> None:
    """A customer who sits in another province does not make its district one of this."""
    place = {"city": HOME[there.name], "district": "玄武区"}
    company(there, **place)
    before = shown(there, "/sites/coverage")
    assert before["uncovered"] == before["districts"] > 0
    elsewhere = company(there, credit_code="91993205DEMJ00142X", city="北京市", district="西城区")
    assert shown(there, f"/legal-persons/{elsewhere}", centre(there))["district"] == "西城区"
    assert shown(there, "/sites/coverage") | {"position": 0} == before | {"position": 0}
    site = done(open_site(there, **place))["id"]
    (covered,) = [each for each in shown(there, "/sites/coverage")["items"] if each["covered"]]
    assert (covered["city"], covered["district"]) == tuple(place.values())
    assert covered["carriers"] == {HOST[there.name][0]: 1}
    assert shown(there, "/sites/coverage", on="2026-02-28")["uncovered"] == before["districts"]
    moved = there.client.patch(
        f"/api/v1/sites/{site}",
        json={"reason": "迁址", "place": "示例路2号"},
        headers={**centre(there), "Idempotency-Key": "move"},
    )
    assert done(moved)["version"] == 2
    done(there.send(f"/sites/{site}/closure", {"reason": "并站", "closed_on": "2026-03-02"}, centre(there)))
    assert shown(there, "/sites/coverage", uncovered="true")["uncovered"] == before["districts"]
    (row,) = shown(there, "/sites")["items"]
    assert (row["place"], row["closed_on"], "staff" in row) == ("示例路2号", "2026-03-02", False)
    assert shown(there, "/sites", open_on="2026-03-02")["items"] == []
    assert codes(open_site(there, kind="embassy", host_reason="…")) == ["network.unknown_site_kind"]


def person(there: Desk, name: str) -> UUID:
    return there.system(RegisterUser(name=name, user_kind="individual")).id


def matcher(there: Desk) -> tuple[Headers, dict[str, str]]:
    """Who may match here: a registered broker, or where there are none the staff of a site."""
    user = person(there, "对接人")
    headers = there.bearer(Role.BROKER, user=user)
    if there.name == "jiangsu":
        stated = {"kind": "technology_manager", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
        registered = done(there.send("/brokers", {"user": str(user), **stated}, centre(there)))["id"]
        return headers, {"broker": registered}
    refused = there.send(
        "/brokers",
        {"user": str(user), "kind": "technology_manager", "valid_from": "2026-01-01", "valid_until": "2026-12-31"},
        centre(there),
    )
    assert codes(refused) == ["policy.decision_missing"]
    site = done(open_site(there))["id"]
    done(there.send(f"/sites/{site}/staff", {"user": str(user)}, centre(there)))
    return headers, {"site": site}


def test_what_leads_to_a_broker_s_name_is_not_public(there: Desk) -> None:
    """Where there are no brokers there is no name to lead to."""
    if there.name != "jiangsu":
        for reader in (None, centre(there)):
            assert shown(there, "/brokers", reader)["items"] == []
        return
    user, employer = person(there, "对接人"), company(there)
    stated = {"kind": "technology_manager", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    body = {"user": str(user), "employer": str(employer), "certificate": "JSJJR-2026-001", **stated}
    registered = done(there.send("/brokers", body, centre(there)))["id"]
    inside = (centre(there), there.bearer(Role.BROKER, user=user))
    for reader, seen in ((None, False), (there.bearer(Role.BROKER), False), *((each, True) for each in inside)):
        for document in (shown(there, f"/brokers/{registered}", reader), shown(there, "/brokers", reader)["items"][0]):
            for personal in ("user_id", "certificate", "ended_reason"):
                assert (personal in document) is seen, personal
            assert "对接人" not in str(document)
            assert document["organisation"] == {"id": str(employer), "name_zh": "示例运营公司", "name_en": ""}
            assert document["qualification"] == {
                "kind": "technology_manager",
                "name": {"zh": "技术经理人", "en": "technology manager"},
                "certified": True,
                "valid_until": "2026-12-31",
                "registered": True,
            }
    for reader, count in ((None, 0), (there.bearer(Role.BROKER), 0), *((each, 1) for each in inside)):
        assert len(shown(there, "/brokers", reader, user=str(user))["items"]) == count


def test_a_broker_of_a_site_alone_is_shown_with_its_host(there: Desk) -> None:
    if there.name != "jiangsu":
        return
    host = company(there)
    site = done(open_site(there, host=str(host)))["id"]
    stated = {"kind": "technology_manager", "valid_from": "2024-01-01", "valid_until": "2025-12-31"}
    for name, at in (("甲", {"site": site}), ("乙", {})):
        done(there.send("/brokers", {"user": str(person(there, name)), **at, **stated}, centre(there)))
    listed = {str(row["site"]): row for row in shown(there, "/brokers")["items"]}
    assert listed[site]["organisation"]["id"] == str(host)
    assert listed["None"]["organisation"] is None
    assert not any(row["qualification"]["certified"] or row["qualification"]["registered"] for row in listed.values())


def state_demand(there: Desk, province: Province, **changes: Any) -> str:  # noqa: ANN401 - any field
    stated = {"text": "观察粉体形貌", "keywords": ["电子显微镜"], "needed_by": "2026-03-31", "minutes": 120}
    answer = there.send("/demands", stated | {"budget_fen": 10**7} | changes, there.customer(province))
    return str(done(answer)["id"])


def test_a_demand_ends_in_a_reservation(there: Desk, province: Province) -> None:
    demand, customer = state_demand(there, province), there.customer(province)
    stranger = there.bearer(Role.BROKER, user=person(there, "路人"))
    assert shown(there, "/demands", stranger)["items"] == []
    body = {"resource": str(province.instrument), "note": "近期有空档"}
    assert codes(there.send(f"/demands/{demand}/matches", body, stranger)) == ["network.not_registered_to_match"]

    headers, capacity = matcher(there)
    (listed,) = shown(there, "/demands", headers)["items"]
    assert (listed["id"], listed["state"]) == (demand, "open")
    found = shown(there, f"/demands/{demand}/recommendations", headers)
    (best,) = found["items"]
    assert best["resource"] == str(province.instrument)
    assert {reason["part"] for reason in best["reasons"]} == {"words", "price", "free_time"}
    assert best["points"] == sum(reason["points"] for reason in best["reasons"]) == best["of"]
    assert shown(there, f"/demands/{demand}/recommendations", customer)["items"] == found["items"]

    site = {"site": capacity["site"]} if "site" in capacity else {}
    match = done(there.send(f"/demands/{demand}/matches", body | site, headers))["data"]["match"]
    (seen,) = shown(there, f"/demands/{demand}", customer)["matches"]
    assert (seen["match"], seen["outcome"], seen["capacity"]) == (match, None, "site_staff" if site else "broker")
    assert {reason["part"] for reason in seen["reasons"]} >= {"words", "price"}

    reservation = done(there.send("/reservations", wish(province), customer))["id"]
    outcome = {"outcome": "reservation_made", "reservation": reservation}
    assert there.send(f"/demands/{demand}/matches/{match}/outcome", outcome, stranger).status_code == 403
    done(there.send(f"/demands/{demand}/matches/{match}/outcome", outcome, customer))
    row = shown(there, f"/demands/{demand}", customer)
    assert (row["state"], row["matches"][0]["reservation"]) == ("closed", reservation)
    if "broker" in capacity:
        broker = shown(there, f"/brokers/{capacity['broker']}")
        assert (broker["matches"], broker["reservations"]) == (1, 1)
    assert codes(there.send(f"/demands/{demand}/withdrawal", {"reason": "…"}, customer)) == ["network.demand_not_open"]


def test_a_recommendation_leaves_out_what_does_not_fit_and_says_what_is_dear(there: Desk, province: Province) -> None:
    dear, other = state_demand(there, province, budget_fen=1), state_demand(there, province, keywords=["离心机"])
    customer = there.customer(province)
    (found,) = shown(there, f"/demands/{dear}/recommendations", customer)["items"]
    (price,) = [reason for reason in found["reasons"] if reason["part"] == "price"]
    assert (price["points"], price["asked"]) == (0, "1")
    assert shown(there, f"/demands/{other}/recommendations", customer)["items"] == []
    foreign = there.bearer(Role.USER, user=person(there, "别家"))
    assert there.read(f"/demands/{dear}", foreign).status_code == 404


def test_another_name_of_the_same_thing_is_found_and_counts_half(there: Desk, province: Province) -> None:
    demand = state_demand(there, province, keywords=["扫描电镜"])
    (found,) = shown(there, f"/demands/{demand}/recommendations", there.customer(province))["items"]
    (words,) = [reason for reason in found["reasons"] if reason["part"] == "words"]
    assert (found["name_zh"], words["found"], words["points"]) == ("扫描电子显微镜", "扫描电镜", 15)


def test_a_product_is_public_while_one_of_its_resources_is(there: Desk, province: Province) -> None:
    unit = there.manager(province)
    stated = {
        "unit": str(province.unit),
        "name_zh": "失效分析套餐",
        "description": "联合分析",
        "base_resources": [],
        "value_added": True,
        "price_text": "每样 2,800 元",
    }
    assert codes(there.send("/products", stated, unit)) == ["network.product_without_base"]
    base = {"base_resources": [str(province.instrument)]}
    product = done(there.send("/products", stated | base, unit))["id"]
    (seen,) = shown(there, "/products")["items"]
    assert [each["id"] for each in seen["base_resources"]] == [str(province.instrument)]
    assert shown(there, "/products", instrument=str(province.instrument))["items"] == [seen]
    claim = {"ground": "secrecy", "reason": "涉密", "review_on": "2027-01-01"}
    grounds = there.jurisdiction.regime.editions[0].value("scope.exemption_grounds")
    hidden = there.send(f"/instruments/{province.instrument}/exemption", claim | {"ground": grounds[-1]}, unit)
    done(hidden)
    assert shown(there, "/products")["items"] == []
    assert there.read(f"/products/{product}", jurisdiction=there.name).status_code == 404
    assert [each["id"] for each in shown(there, "/products", unit, unit=str(province.unit))["items"]] == [product]
    done(there.send(f"/products/{product}/withdrawal", {"reason": "…"}, unit))


def test_a_qualification_is_shown_while_it_holds(there: Desk, province: Province) -> None:
    unit = there.manager(province)
    stated = {
        "unit": str(province.unit),
        "kind": "CMA",
        "number": "CMA-DEMO-1",
        "issuer": "示例局",
        "scope": "力学性能",
        "resources": [str(province.instrument)],
        "valid_from": "2026-01-01",
        "valid_until": "2026-03-02",
        "digest": DIGEST,
    }
    qualification = done(there.send("/qualifications", stated, unit))["id"]
    assert there.send("/qualifications", stated, unit).status_code == 409
    public = {"instrument": str(province.instrument)}
    assert [each["id"] for each in shown(there, "/qualifications", **public)["items"]] == [qualification]
    assert shown(there, "/qualifications", as_of="2026-03-03", **public)["items"] == []
    withdrawal = {"reason": "暂停", "withdrawn_on": "2026-03-02"}
    done(there.send(f"/qualifications/{qualification}/withdrawal", withdrawal, unit))
    assert shown(there, "/qualifications", **public)["items"] == []
    assert there.read(f"/qualifications/{qualification}", jurisdiction=there.name).status_code == 404
    mine = shown(there, "/qualifications", unit, unit=str(province.unit))["items"]
    assert [(each["id"], each["withdrawn_on"]) for each in mine] == [(qualification, "2026-03-02")]


def company(there: Desk, **changes: str) -> UUID:
    particulars: dict[str, Any] = {
        "credit_code": "12991000DEMJ00038K",
        "name_zh": "示例运营公司",
        "kind": "operator",
        "budget_status": "other",
        "city": "南京市",
        "district": "",
    }
    return there.system(RegisterLegalPerson.model_validate(particulars | changes)).id


def test_an_operator_is_shown_and_paid(there: Desk, province: Province, platform: Platform) -> None:
    operator, unit = company(there), there.manager(province)
    finance, instrument = there.bearer(Role.FINANCE_DEPARTMENT), f"/instruments/{province.instrument}"
    payment = {
        "operator": str(operator),
        "resource": str(province.instrument),
        "kind": "guidance_fund",
        "amount_fen": 5_000_000,
        "period_from": "2026-01-01",
        "period_until": "2026-12-31",
        "decision_reference": decided(there.jurisdiction, "财教〔2026〕8号"),
        "paid_on": "2026-03-02",
        "bank_reference": "B-1",
    }
    assert codes(there.send("/operator-payments", payment, finance)) == ["network.operator_without_authorisation"]
    period = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    done(there.send(f"{instrument}/operators", {"operator": str(operator), "scope": "运行", **period}, unit))
    running = shown(there, f"{instrument}/operation")
    assert (running["owner"], running["unit"]) == (str(province.provider), str(province.unit))
    assert [(each["operator"], each["mode"]) for each in running["operators"]] == [(str(operator), "agency_model")]

    first = done(there.send("/operator-payments", payment, finance))["id"]
    assert there.send("/operator-payments", payment, finance).status_code == 409, "the same transfer twice"
    second = payment | {"bank_reference": "B-2", "kind": "cost_compensation", "amount_fen": 1}
    done(there.send("/operator-payments", second, finance))
    mine = there.bearer(Role.OPERATOR, organisation=operator)
    assert shown(there, "/operator-payments/totals", mine)["total_fen"] == 5_000_001
    annulment = {"reason": "退回", "decision_reference": decided(there.jurisdiction, "财教〔2026〕9号")}
    done(there.send(f"/operator-payments/{first}/annulment", annulment, finance))
    totals = shown(there, "/operator-payments/totals", finance, operator=str(operator))
    assert [(each["kind"], each["amount_fen"]) for each in totals["items"]] == [("cost_compensation", 1)]
    other = there.bearer(Role.OPERATOR, organisation=province.provider)
    assert shown(there, "/operator-payments", other)["items"] == []
    rebuilt = verify(platform).checks[f"{there.name}.read_models"]
    assert not rebuilt.problems, "the read models are what their events say"


def test_a_lease_shows_the_lessor_as_owner(there: Desk, province: Province) -> None:
    lessor, unit, instrument = company(there), there.manager(province), f"/instruments/{province.instrument}"
    lease = {
        "lessee": str(province.provider),
        "contract_number": "RZ-1",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
    }
    assert codes(there.send(f"{instrument}/lease", lease, unit)) == ["resources.lease_without_lessor"]
    version = done(there.send(f"{instrument}/lease", lease | {"lessor": str(lessor)}, unit))["version"]
    running = shown(there, f"{instrument}/operation")
    assert running["owner"] == str(lessor)
    assert [each["mode"] for each in running["operators"]] == ["finance_lease_model"]
    assert shown(there, f"{instrument}/operation", on="2027-01-01")["owner"] == str(province.provider)
    assert there.read(instrument, unit).headers["ETag"] == f'"{version}"'
    ended = {"ended_on": "2026-03-02", "title_to": "lessee", "reason": "买断"}
    done(there.send(f"{instrument}/lease/end", ended, unit))
    assert shown(there, f"{instrument}/operation")["owner"] == str(province.provider)


def test_a_lapse_with_customs_is_listed_and_suspends_nothing(there: Desk, province: Province) -> None:
    unit = there.manager(province)
    resource = duty_free(there, province, unit)
    listed = shown(there, "/customs-conditions", unit, lapsing_by="2026-06-30")["items"]
    assert [(each["id"], each["standing"]) for each in listed] == [(resource, "missing")]
    assert len(shown(there, "/customs-conditions", unit, uncovered_on="2026-03-02")["items"]) == 1
    condition = {"notice_number": "N-1", "valid_from": "2026-01-01", "valid_until": "2026-06-30"}
    done(there.send(f"/instruments/{resource}/customs-conditions", condition, unit))
    outside = {"place": "产业园", "purpose": "试验", "notice_number": "N-2", "valid_from": "2026-06-01"}
    late = there.send(f"/instruments/{resource}/outside-uses", outside | {"valid_until": "2026-07-01"}, unit)
    assert codes(late) == ["resources.outside_condition"]
    done(there.send(f"/instruments/{resource}/outside-uses", outside | {"valid_until": "2026-06-30"}, unit))
    assert shown(there, "/customs-conditions", unit, lapsing_by="2026-06-29")["items"] == []
    uncovered = [len(shown(there, "/customs-conditions", unit, uncovered_on=day)["items"]) for day in EDGES]
    assert uncovered == [0, 1]
    (lapsing,) = shown(there, "/customs-conditions", unit, lapsing_by="2026-06-30")["items"]
    assert (lapsing["standing"], lapsing["outside_uses"][0]["place"]) == ("valid", "产业园")
    release = {"ended_on": "2026-03-02", "notice_number": "N-3", "ground": "period_over"}
    done(there.send(f"/instruments/{resource}/customs-release", release, unit))
    assert shown(there, "/customs-conditions", unit, lapsing_by="2026-12-31")["items"] == []
    (released,) = shown(there, "/customs-conditions", unit)["items"]
    assert released["standing"] == "released"


def duty_free(there: Desk, province: Province, unit: Headers) -> str:
    stated = {
        "unit": str(province.unit),
        "type": PLACES[there.name].resource_type,
        "bookable": True,
        "holding": "physical",
        "asset_number": "DF-1",
        "name_zh": "进口质谱仪",
        "city": "南京市",
        "original_value_fen": 300_000_000,
        "funding": [{"source": "central_fiscal_funds", "amount_fen": 300_000_000}],
        "duty_free": True,
    }
    return str(done(there.send("/instruments", stated, unit))["id"])


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/demands", {"text": "…", "class_code": "0"}, "class_code"),
        ("/demands", {"text": "…", "keywords": ["电镜"], "budget_fen": -1}, "budget_fen"),
        ("/demands", {"text": "…", "keywords": ["电镜"] * 9}, "keywords"),
        ("/sites", {"kind": "regional_site"}, "host_kind"),
        ("/brokers", {"user": "me"}, "user"),
        ("/qualifications", {"digest": "abc"}, "digest"),
        ("/operator-payments", {"kind": "gift"}, "kind"),
    ],
)
def test_bad_input_names_its_field(desk: Desk, path: str, body: dict[str, Any], field: str) -> None:
    role = Role.FINANCE_DEPARTMENT if path == "/operator-payments" else Role.SERVICE_CENTRE
    answer = desk.send(path, body, desk.bearer(role))
    assert answer.status_code in (400, 422), answer.text
    assert field in [each["field"] for each in answer.json()["violations"]]


def test_the_ends_of_time_break_nothing(there: Desk, province: Province) -> None:
    customer = there.customer(province)
    demand = state_demand(there, province, needed_by="9999-12-31", minutes=1_000_000, samples=100_000)
    assert shown(there, f"/demands/{demand}/recommendations", customer)["items"]
    for day in ("0001-01-01", "9999-12-31"):
        assert shown(there, "/sites/coverage", on=day)["uncovered"] >= 0
        assert shown(there, "/qualifications", as_of=day)["items"] == []
        assert shown(there, f"/instruments/{province.instrument}/operation", on=day)["owner"] == str(province.provider)
    unit = there.manager(province)
    assert shown(there, "/customs-conditions", unit, lapsing_by="9999-12-31", uncovered_on="0001-01-01")["items"] == []
