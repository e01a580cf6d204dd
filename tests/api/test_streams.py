# SPDX-License-Identifier: Apache-2.0
"""Any thing as it stood: then and now, for those it belongs to, without other people's names."""

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, wish


@pytest.fixture
def user(desk: Desk, province: Province) -> dict[str, str]:
    return desk.customer(province)


@pytest.fixture
def made(desk: Desk, province: Province, user: dict[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = desk.send("/reservations", wish(province), user).json()
    desk.send(f"/reservations/{document['id']}/cancellation", {"reason": "样品未到"}, user)
    return document


def test_then_and_now(desk: Desk, user: dict[str, str], made: dict[str, Any]) -> None:
    now = desk.read(f"/streams/{made['id']}", user)
    then = desk.read(f"/streams/{made['id']}", user, at=made["position"]).json()
    assert (now.json()["aggregate"], now.json()["state"]["state"]) == ("reservations.Reservation", "cancelled")
    assert now.headers["ETag"] == f'"{now.json()["version"]}"'
    assert then["state"]["state"] == "confirmed"
    assert len(now.json()["events"]) == len(then["events"]) + 1
    assert all(event["sentence"]["zh"] for event in now.json()["events"])


def test_a_time_before_it_began_is_404(desk: Desk, user: dict[str, str], made: dict[str, Any]) -> None:
    assert desk.read(f"/streams/{made['id']}", user, at="2020-01-01T00:00:00+08:00").status_code == 404
    assert desk.read(f"/streams/{made['id']}", user, at="2199-01-01").status_code == 200
    assert desk.read(f"/streams/{made['id']}", user, at="yesterday").status_code == 422
    assert desk.read(f"/streams/{made['id']}", user, at="2999-01-01").status_code == 422


def test_a_stream_is_for_those_it_belongs_to(desk: Desk, province: Province, made: dict[str, Any]) -> None:
    for headers in (desk.manager(province), desk.bearer(Role.AUDITOR)):
        assert desk.read(f"/streams/{made['id']}", headers).status_code == 200
    strangers = [
        desk.bearer(Role.USER, organisation=province.provider),
        desk.bearer(Role.MANAGING_UNIT, unit=UUID(int=3), organisation=province.provider),
        desk.bearer(Role.COUNCIL),
    ]
    for headers in strangers:
        assert desk.read(f"/streams/{made['id']}", headers).status_code == 404


def test_a_name_is_for_the_person_alone(desk: Desk, province: Province, user: dict[str, str]) -> None:
    own = desk.read(f"/streams/{province.user}", user).json()
    assert own["state"]["name"] == {"subject": str(province.user), "value": "孟知微"}
    seen = desk.read(f"/streams/{province.user}", desk.bearer(Role.AUDITOR))
    assert seen.json()["state"]["name"]["value"] is None
    assert "孟知微" not in seen.text


@pytest.mark.parametrize("kind", ["provider", "unit", "user", "instrument"])
def test_every_kind_of_thing_can_be_shown(desk: Desk, province: Province, kind: str) -> None:
    answer = desk.read(f"/streams/{getattr(province, kind)}", desk.bearer(Role.AUDITOR))
    assert answer.status_code == 200, answer.text
    assert answer.json()["events"]


def test_auditors_see_no_hash_of_a_token(desk: Desk, province: Province) -> None:
    issued = desk.send(
        f"/users/{province.manager}/tokens",
        {"role": "managing_unit", "token_hash": "a" * 64, "unit": str(province.unit)},
        desk.bearer(Role.ADMINISTRATOR),
    )
    assert issued.status_code == 200, issued.text
    desk.project()
    auditor = desk.bearer(Role.AUDITOR)
    for answer in (desk.read(f"/streams/{province.manager}", auditor), desk.read("/events", auditor, limit=200)):
        assert "AccessTokenIssued" in answer.text
        assert "token_hash" not in answer.text


def test_what_governs_can_be_shown_as_it_stood(desk: Desk) -> None:
    centre = desk.bearer(Role.SERVICE_CENTRE)
    draft = {"kind": "technical_standard", "title_zh": "开放服务技术标准", "digest": "a" * 64}
    document = desk.send("/documents", draft, centre).json()["id"]
    assert desk.read(f"/streams/{document}", centre).json()["aggregate"] == "governance.Document"
    assert desk.read(f"/streams/{document}", desk.bearer(Role.USER)).status_code == 404


def test_who_sat_in_the_council_is_for_the_council_and_its_office(desk: Desk) -> None:
    decision = {"number": "苏科统理〔2026〕7号", "title": "…", "decided_on": "2026-02-27", "digest": "a" * 64}
    minutes = {"seats": [{"seat": "省财政厅"}]}
    made = desk.send("/decisions", decision | {"minutes": minutes}, desk.bearer(Role.COUNCIL)).json()["id"]
    assert "省财政厅" in desk.read(f"/streams/{made}", desk.bearer(Role.COUNCIL_OFFICE)).text
    assert desk.read(f"/streams/{made}", desk.bearer(Role.SCIENCE_DEPARTMENT)).status_code == 404


def test_a_demand_as_it_stood_is_not_for_every_broker(desk: Desk, province: Province, user: dict[str, str]) -> None:
    demand = desk.send("/demands", {"text": "测断口", "keywords": ["电镜"]}, user).json()["id"]
    assert desk.read(f"/streams/{demand}", user).status_code == 200
    assert desk.read(f"/streams/{demand}", desk.bearer(Role.SERVICE_CENTRE)).status_code == 200
    for stranger in (desk.bearer(Role.BROKER), desk.bearer(Role.USER, organisation=province.provider)):
        assert desk.read(f"/streams/{demand}", stranger).status_code == 404
