# SPDX-License-Identifier: Apache-2.0
"""Two people edit the same thing, in every room: the second is told both versions and where the difference stands."""

from collections.abc import Callable
from typing import Any

import pytest

from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.policy.decided import STREAM
from domain.purchasing.warning import CATALOGUE_ID
from tests.api.desk import Desk, Province, wish
from tests.api.test_main_job import contract, order
from tests.api.test_purchasing import wish as purchase
from tests.api.test_reports import publish
from tests.application.deciding import decided

__all__ = ["contract", "order"]

Edit = tuple[str, str, dict[str, Any], dict[str, str]]
"""The stream, the path of an edit of it, its body, and who edits."""
Case = Callable[[Desk, Province, pytest.FixtureRequest], Edit]


def made(desk: Desk, path: str, body: dict[str, Any], headers: dict[str, str]) -> str:
    answer = desk.send(path, body, headers)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def a_unit(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    body = {"name_zh": "大型仪器中心", "reason": "机构调整"}
    return str(province.unit), f"/units/{province.unit}/name", body, desk.bearer(Role.SERVICE_CENTRE)


def an_instrument(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    path = f"/instruments/{province.instrument}"
    return str(province.instrument), path, {"reason": "搬迁", "location": "B201"}, desk.manager(province)


def a_reservation(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    user = desk.customer(province)
    stream = made(desk, "/reservations", wish(province), user)
    return stream, f"/reservations/{stream}/cancellation", {"reason": "x"}, user


def a_contract(desk: Desk, province: Province, request: pytest.FixtureRequest) -> Edit:
    stream = request.getfixturevalue("contract")["id"]
    return stream, f"/contracts/{stream}/dispute", {"reason": "x"}, desk.manager(province)


def an_order(desk: Desk, province: Province, request: pytest.FixtureRequest) -> Edit:
    stream = request.getfixturevalue("order")["id"]
    return stream, f"/orders/{stream}/bill/voidance", {"reason": "x"}, desk.manager(province)


def a_programme(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    example: Any = EstablishVoucherProgramme.model_config["json_schema_extra"]
    stated = example["example"]
    number = decided(desk.jurisdiction, "苏科〔2026〕1号")
    terms = stated["programme"]
    funder = terms["funders"][0] | {"legal_person": str(province.provider)}
    department = desk.bearer(Role.SCIENCE_DEPARTMENT)
    body = stated | {
        "decision_reference": number,
        "decided_on": "2026-01-01",
        "programme": terms | {"funders": [funder]},
    }
    stream = made(desk, "/voucher-programmes", body, department)
    return stream, f"/voucher-programmes/{stream}/closure", {"reason": "x"}, department


def a_policy(desk: Desk, _province: Province, _: pytest.FixtureRequest) -> Edit:
    centre = desk.bearer(Role.SERVICE_CENTRE)
    body = {"title": "参数", "reason": "授权", "values": [{"parameter": "fee.max_margin", "value": "0.05"}]}
    made(desk, "/policy-versions", body, centre)
    return str(STREAM), "/policy-versions", body, centre


def a_task(desk: Desk, _province: Province, _: pytest.FixtureRequest) -> Edit:
    today = local_date(desk.platform.clock()).isoformat()
    body = {"title": "简报", "description": "…", "assignee": "service_centre", "due_on": today}
    stream = made(desk, "/office-tasks", body, desk.bearer(Role.COUNCIL_OFFICE))
    return stream, f"/office-tasks/{stream}/reports", {"report": "完成"}, desk.bearer(Role.SERVICE_CENTRE)


def a_review(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    stream = made(desk, "/purchase-reviews", purchase(province), desk.manager(province))
    return stream, f"/purchase-reviews/{stream}/cancellation", {"reason": "x"}, desk.manager(province)


def the_catalogue(desk: Desk, _province: Province, _: pytest.FixtureRequest) -> Edit:
    finance = desk.bearer(Role.FINANCE_DEPARTMENT)
    body = {"threshold": "0.30", "least_instruments": 5}
    made(desk, "/warning-catalogue/drafts", body, finance)
    return str(CATALOGUE_ID), "/warning-catalogue/drafts", body, finance


def a_demand(desk: Desk, province: Province, _: pytest.FixtureRequest) -> Edit:
    user = desk.customer(province)
    stream = made(desk, "/demands", {"text": "测断口", "keywords": ["电镜"]}, user)
    return stream, f"/demands/{stream}/withdrawal", {"reason": "x"}, user


def a_report(desk: Desk, _province: Province, _: pytest.FixtureRequest) -> Edit:
    stream = publish(desk)["id"]
    return stream, f"/reports/{stream}/withdrawal", {"reason": "x"}, desk.bearer(Role.SERVICE_CENTRE)


CASES: dict[str, Case] = {
    "parties": a_unit,
    "resources": an_instrument,
    "reservations": a_reservation,
    "contracts": a_contract,
    "billing": an_order,
    "vouchers": a_programme,
    "policy": a_policy,
    "governance": a_task,
    "purchasing": a_review,
    "the warning catalogue": the_catalogue,
    "network": a_demand,
    "statistics": a_report,
}


@pytest.mark.parametrize("room", CASES)
def test_the_second_of_two_edits_is_told_both_versions(
    room: str, desk: Desk, province: Province, request: pytest.FixtureRequest
) -> None:
    stream, path, body, editor = CASES[room](desk, province, request)
    auditor = desk.bearer(Role.AUDITOR)
    seen = desk.read(f"/streams/{stream}", auditor)
    version, tag = seen.json()["version"], seen.headers["ETag"]
    assert (version >= 1, tag) == (True, f'"{version}"')
    method = "PATCH" if room == "resources" else "POST"

    def edit(key: str) -> Any:  # noqa: ANN401 - a response
        headers = {**editor, "If-Match": tag, "Idempotency-Key": f"{room}-{key}".replace(" ", "-")}
        return desk.client.request(method, f"/api/v1{path}", json=body, headers=headers)

    first = edit("first")
    assert first.status_code in (200, 201), first.text
    assert first.json()["version"] > version
    assert first.headers["ETag"] == f'"{first.json()["version"]}"'
    second = edit("second")
    assert second.status_code == 412, second.text
    [told] = second.json()["violations"]
    assert told["field"] == "If-Match"
    now = first.json()["version"]
    where = f"/streams/{stream}?since={version}"
    assert told["parameters"] == {"stream": stream, "expected": version, "actual": now, "see": f"/api/v1{where}"}
    assert where in told["message"]
    difference = desk.client.get(f"/api/v1{where}", headers=auditor).json()
    assert (difference["version"], len(difference["events"])) == (now, now - version)


def test_what_governs_answers_the_version_of_its_history(desk: Desk) -> None:
    """Drafts and decisions share one, so that two bodies cannot decide past each other."""
    centre, body = desk.bearer(Role.SERVICE_CENTRE), {"title": "参数", "reason": "授权"}
    first = {**body, "values": [{"parameter": "fee.max_margin", "value": "0.05"}]}
    versions = [desk.send("/policy-versions", first, centre).json() for _ in range(2)]
    assert [each["version"] for each in versions] == [1, 2]
    back = desk.send(f"/policy-versions/{versions[0]['id']}/withdrawal", {"reason": "重算"}, centre)
    assert (back.json()["version"], back.headers["ETag"]) == (3, '"3"')
    for path in ("/policy-versions", f"/policy-versions/{versions[1]['id']}"):
        shown = desk.read(path, centre)
        assert (shown.json()["version"], shown.headers["ETag"]) == (3, '"3"')
