# SPDX-License-Identifier: Apache-2.0
"""What a unit's own platform sends line by line, and who sees uses and sample orders."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from application.parties.link_external_identity import LinkExternalIdentity
from application.resources.publish_tariff import PublishTariff
from domain.kernel.actor import Role
from tests.api.desk import TODAY, Desk, Province

LINE = {
    "source_id": "77",
    "instrument": "JS-U01-1",
    "user": "S2023-0117",
    "start": "2026-03-02 09:00",
    "end": "2026-03-02 11:00",
    "samples": 2,
}


@pytest.fixture
def linked(desk: Desk, province: Province) -> Province:
    """The unit's manager, who uses the instrument for the unit's own work, is known in its platform."""
    link = LinkExternalIdentity(
        user=province.manager,
        unit=province.unit,
        source="lims",
        external_user=LINE["user"],  # type: ignore[arg-type]
    )
    desk.system(link)
    own = {"user_kind": "internal", "kind": "running_cost", "unit": "hour", "price_fen": 10_000}
    lines = {"resource": province.instrument, "effective_from": TODAY, "lines": [own]}
    desk.system(PublishTariff.model_validate(lines))
    return province


def send(
    desk: Desk,
    province: Province,
    *lines: dict[str, object] | str,
    headers: dict[str, str] | None = None,
    query: str = "source=lims",
) -> Any:  # noqa: ANN401 - JSON
    body = "\n".join(
        line if isinstance(line, str) else json.dumps({"purpose": province.purpose, **line}) for line in lines
    )
    return desk.client.post(f"/api/v1/imports/uses?{query}", content=body, headers=headers or desk.manager(province))


def test_each_line_is_taken_once_and_a_bad_one_stops_no_other(desk: Desk, linked: Province) -> None:
    bad = {**LINE, "source_id": "78", "start": 1772413200}
    answer = send(desk, linked, LINE, bad, "{", {**LINE, "nonsense": "1"}).json()
    fates = [line["fate"] for line in answer["lines"]]
    assert fates == ["taken", "refused", "refused", "refused"], answer["lines"][0]["reasons"]
    codes = [line["reasons"][0]["code"] for line in answer["lines"][1:]]
    assert codes == ["import.epoch_time", "import.bad_line", "import.unknown_field"]
    again = send(desk, linked, LINE).json()
    assert (again["taken"], again["already_there"]) == (0, 1)
    assert again["lines"][0]["reservation"] == answer["lines"][0]["reservation"]


def test_the_same_under_another_identity_is_flagged_and_listed_to_the_unit(desk: Desk, linked: Province) -> None:
    first = send(desk, linked, LINE).json()["lines"][0]
    second = send(desk, linked, {**LINE, "source_id": "79"}).json()
    assert second["suspected_duplicates"] == 1
    desk.project()
    listed = desk.read("/uses", desk.manager(linked), suspected_duplicates="true").json()["items"]
    assert [(row["id"], row["duplicate_of"]) for row in listed] == [
        (second["lines"][0]["reservation"], first["reservation"])
    ]
    path = f"/uses/{second['lines'][0]['reservation']}/duplicate-dismissal"
    assert desk.send(path, {"reason": "两个工位"}, desk.manager(linked)).status_code == 200
    desk.project()
    assert desk.read("/uses", desk.manager(linked), suspected_duplicates="true").json()["items"] == []
    one = desk.read(f"/uses/{first['reservation']}", desk.manager(linked))
    assert (one.status_code, one.json()["external_id"]) == (200, "lims:77")
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    assert desk.read("/uses", stranger).json().get("items") == [], desk.read("/uses", stranger).text
    assert desk.read(f"/uses/{first['reservation']}", stranger).status_code == 404
    assert desk.read("/uses", desk.bearer(Role.COUNCIL)).status_code == 403


def test_only_a_units_token_sends_and_the_source_is_named(desk: Desk, linked: Province) -> None:
    assert send(desk, linked, LINE, headers={"X": "y"}).status_code == 401
    assert send(desk, linked, LINE, headers=desk.customer(linked)).status_code == 403
    refused = send(desk, linked, LINE, query="source=")
    assert (refused.status_code, "source" in refused.text) == (422, True)
    assert send(desk, linked, *["{}"] * 1001).status_code == 413


def apply(desk: Desk, province: Province) -> str:
    body = {
        "resource_id": str(province.instrument),
        "purpose": province.purpose,
        "sample_count": 2,
        "description": "合金粉末",
        "return_wanted": False,
        "no_state_secrets": True,
        "invoice": {"title": "示例材料有限公司", "tax_number": "91993205DEMJ00142X"},
    }
    answer = desk.send("/sample-orders", body, desk.customer(province))
    assert answer.status_code == 201, answer.text
    desk.project()
    return str(answer.json()["id"])


def test_a_sample_order_is_seen_by_its_customer_and_unit_alone(desk: Desk, province: Province) -> None:
    order = apply(desk, province)
    for mine in (desk.customer(province), desk.manager(province), desk.bearer(Role.AUDITOR)):
        seen = desk.read(f"/sample-orders/{order}", mine)
        assert seen.json()["withdrawal"] == {"possible": True, "owed_fen": 0}
        assert [row["id"] for row in desk.read("/sample-orders", mine).json()["items"]] == [order]
    others = (
        desk.bearer(Role.USER, organisation=uuid4()),
        desk.bearer(Role.USER),
        desk.bearer(Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4()),
    )
    for other in others:
        assert desk.read(f"/sample-orders/{order}", other).status_code == 404
        assert desk.read("/sample-orders", other).json()["items"] == []
    assert desk.read("/sample-orders", desk.bearer(Role.BROKER)).status_code == 403


def test_what_the_samples_are_is_for_both_sides_and_an_auditor_leaves_a_trace(desk: Desk, province: Province) -> None:
    order = apply(desk, province)
    shown = "合金粉末"
    for mine in (desk.customer(province), desk.manager(province)):
        assert desk.read(f"/sample-orders/{order}", mine).json()["description"] == shown
        assert shown in desk.read("/sample-orders", mine).text
    for role in (Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
        other = desk.bearer(role)
        for path in ("/sample-orders", "/events?room=samples", "/sample-orders?format=csv"):
            assert shown not in desk.client.get(f"/api/v1{path}", headers=other).text, (role, path)
        one = desk.read(f"/sample-orders/{order}", other)
        stream = desk.read(f"/streams/{order}", other)
        assert (shown in one.text, shown in stream.text) == (role is Role.AUDITOR,) * 2, role
    with desk.jurisdiction.database.reading() as cursor:
        noted = cursor.execute("SELECT count(*) FROM events WHERE type = 'contracts.ProtectedDataViewed'").fetchone()
    assert noted is not None
    assert noted[0] == 2, "the auditor's look at the order and at its history"


def test_invoice_particulars_open_to_unit_and_customer_alone(desk: Desk, province: Province) -> None:
    order = apply(desk, province)
    for mine in (desk.customer(province), desk.manager(province)):
        assert (
            desk.read(f"/sample-orders/{order}/invoice-particulars", mine).json()["tax_number"] == "91993205DEMJ00142X"
        )
    assert desk.read(f"/sample-orders/{order}/invoice-particulars", desk.bearer(Role.AUDITOR)).status_code == 403
    stranger = desk.bearer(Role.USER, organisation=uuid4())
    assert desk.read(f"/sample-orders/{order}/invoice-particulars", stranger).status_code == 404


def test_the_turnaround_names_its_definition_and_position(desk: Desk, province: Province) -> None:
    query = {"from": "2026-03-01", "to": "2026-03-31"}
    answer = desk.read("/sample-turnaround", desk.manager(province), **query).json()
    assert (answer["items"], "SamplesReceived" in answer["definition"], answer["position"] >= 0) == ([], True, True)
    assert desk.read("/sample-turnaround", desk.customer(province), **query).status_code == 403


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"must_read": ["开机前检查真空"]}, "reservations.notices_not_read"),
        ({"lengths": [{"max_minutes": 60}]}, "reservations.longer_than_house_rules"),
        ({"use_types": ["training"]}, "reservations.use_type_not_offered"),
    ],
)
def test_a_booking_sent_by_another_platform_is_judged_by_the_house_rules(
    desk: Desk, linked: Province, rules: dict[str, Any], code: str
) -> None:
    """Peers skip the policy there; here the line is refused by the same rule as a request, and holds nothing."""
    published = desk.send(f"/instruments/{linked.instrument}/house-rules", {"rules": rules}, desk.manager(linked))
    assert published.status_code == 200, published.text
    line = {**LINE, "start": "2026-03-04 09:00", "end": "2026-03-04 11:00", "purpose": linked.purpose}
    del line["samples"]
    sent = desk.client.post(
        "/api/v1/imports/bookings?source=lims", content=json.dumps(line), headers=desk.manager(linked)
    ).json()
    assert [reason["code"] for reason in sent["lines"][0]["reasons"]] == [code], sent
    with desk.jurisdiction.database.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM slot_claims").fetchone() == (0,)


def test_a_booking_sent_says_that_notices_were_read_and_what_was_answered(desk: Desk, linked: Province) -> None:
    rules = {"must_read": ["开机前检查真空"], "questions": ["样品名称？"]}
    desk.send(f"/instruments/{linked.instrument}/house-rules", {"rules": rules}, desk.manager(linked))
    ahead = {
        **LINE,
        "start": "2026-03-04 09:00",
        "end": "2026-03-04 11:00",
        "purpose": linked.purpose,
        "rules_read": "是",
    }
    del ahead["samples"]
    sent = [
        {**ahead, "rules_read": "读过"},
        {**ahead, "answers": "样品名称"},
        {**ahead, "answers": "样品名称？＝TiO2；"},
        {**ahead, "start": "2026-02-04 09:00", "end": "2026-02-04 11:00"},
    ]
    answer = desk.client.post(
        "/api/v1/imports/bookings?source=lims",
        content="\n".join(json.dumps({**each, "source_id": f"r{number}"}) for number, each in enumerate(sent)),
        headers=desk.manager(linked),
    ).json()
    codes = [[reason["code"] for reason in line["reasons"]] for line in answer["lines"]]
    assert codes == [["import.bad_flag"], ["import.bad_answers"], [], ["import.booking_over"]], answer
