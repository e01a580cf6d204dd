# SPDX-License-Identifier: Apache-2.0
"""The main job through the API alone: contract, reservation, use, bill; and who may read what became of it."""

import csv
from io import StringIO
from typing import Any

import pytest

from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, at, wish

AUTHORITY = {"kind": "legal_representative"}
SIGNING = {"method": "e_signature", "reference": "ESIGN-1"}


@pytest.fixture
def contract(desk: Desk, province: Province) -> dict[str, Any]:
    """Drafted by the unit and signed by both sides."""
    terms = {**EXAMPLE_TERMS, "resources": [str(province.instrument)]}
    body = {"unit_id": str(province.unit), "customer_user_id": str(province.user), "terms": terms}
    drafted = desk.send("/contracts", {**body, "clauses": EXAMPLE_CLAUSES}, desk.manager(province))
    assert drafted.status_code == 201, drafted.text
    document: dict[str, Any] = drafted.json()
    version = {name: document["data"][name] for name in ("document_version", "digest")}
    for headers, name in ((desk.manager(province), "甲方代表"), (desk.customer(province), "乙方代表")):
        signature = {**version, "signatory": name, "authority": AUTHORITY, "signing": SIGNING}
        signed = desk.send(f"/contracts/{document['id']}/signatures", signature, headers)
        assert signed.status_code == 200, signed.text
    desk.project()
    return document


@pytest.fixture
def order(desk: Desk, province: Province, contract: dict[str, Any]) -> dict[str, Any]:
    """The order that a completed use opens, accepted and billed."""
    manager, user = desk.manager(province), desk.customer(province)
    made = desk.send("/reservations", wish(province, contract_id=contract["id"]), user).json()
    for hour, path, body in (
        (9, "usage", {}),
        (11, "usage/completion", {"samples": 3, "persons": 2}),
    ):
        desk.platform.clock.now = at(4, hour)  # type: ignore[attr-defined]
        done = desk.send(f"/reservations/{made['id']}/{path}", body, manager)
        assert done.status_code == 200, done.text
    desk.project()
    [row] = desk.read("/orders", user, reservation=made["id"]).json()["items"]
    for headers, path in ((user, "acceptance"), (manager, "bill")):
        answer = desk.send(f"/orders/{row['id']}/{path}", {}, headers)
        assert answer.status_code == 200, answer.text
    desk.project()
    found: dict[str, Any] = row
    return found


def test_the_kind_of_project_stands_with_the_order_and_in_its_export(
    desk: Desk, province: Province, order: dict[str, Any]
) -> None:
    """At plain prices the charge says nothing of it; the reservation does."""
    user = desk.customer(province)
    assert order["project_type"] == "research"
    assert desk.read(f"/orders/{order['id']}", user).json()["project_type"] == "research"
    assert desk.read("/receivables", desk.manager(province)).json()["items"][0]["project_type"] == "research"
    top, row, *_ = csv.reader(StringIO(desk.read("/orders", user, format="csv").content.decode("utf-8-sig")))
    assert row[top.index("项目类型")] in ("research", "科研项目")


def test_contracts_are_found_by_what_they_name(desk: Desk, province: Province, contract: dict[str, Any]) -> None:
    manager, named, other = desk.manager(province), str(province.instrument), str(province.unit)
    for query, found in (({"resource": named}, [contract["id"]]), ({"resource": other}, [])):
        for each in (query, {**query, "instrument": named}):
            assert [row["id"] for row in desk.read("/contracts", manager, **each).json()["items"]] == found


def test_the_text_of_a_contract_is_for_its_parties_and_the_auditor(
    desk: Desk, province: Province, contract: dict[str, Any]
) -> None:
    for headers in (desk.manager(province), desk.customer(province), desk.bearer(Role.AUDITOR)):
        seen = desk.read(f"/contracts/{contract['id']}", headers).json()
        assert seen["clauses"]["service_content"] == EXAMPLE_CLAUSES["service_content"]
        assert [each["signatory"] for each in seen["signatories"]] == ["甲方代表", "乙方代表"]
        assert len(desk.read("/contracts", headers).json()["items"]) == 1
    stranger = desk.bearer(Role.USER, organisation=province.provider)
    assert desk.read(f"/contracts/{contract['id']}", stranger).status_code == 404
    assert desk.read("/contracts", stranger).json()["items"] == []
    assert desk.read(f"/contracts/{contract['id']}", desk.bearer(Role.ADMINISTRATOR)).status_code == 403


def test_the_history_of_a_contract_hides_its_text_from_the_administrator(
    desk: Desk, province: Province, contract: dict[str, Any]
) -> None:
    path, secret = f"/streams/{contract['id']}", str(EXAMPLE_CLAUSES["service_content"])
    for headers in (desk.customer(province), desk.bearer(Role.AUDITOR)):
        assert secret in desk.read(path, headers).text
    seen = desk.read(path, desk.bearer(Role.ADMINISTRATOR))
    assert seen.status_code == 200
    assert secret not in seen.text
    assert "甲方代表" not in seen.text


def test_a_bill_is_read_by_both_sides_and_stands_among_the_debts(
    desk: Desk, province: Province, order: dict[str, Any]
) -> None:
    for headers in (desk.manager(province), desk.customer(province)):
        seen = desk.read(f"/orders/{order['id']}", headers)
        assert seen.status_code == 200
        assert (seen.json()["state"], seen.json()["open_fen"]) == ("invoiced", 56000)
        assert desk.read(f"/streams/{order['id']}", headers).status_code == 200
    clerk = desk.bearer(Role.FINANCE_CLERK, organisation=province.provider)
    debts = desk.read("/receivables", clerk).json()
    assert [row["id"] for row in debts["items"]] == [order["id"]]
    assert debts["by_age"][0]["by_age"]["0-30"] == 56000
    strangers = desk.bearer(Role.FINANCE_CLERK, organisation=province.customer)
    assert desk.read("/receivables", strangers).json()["items"] == []


@pytest.mark.usefixtures("order")
def test_the_figures_know_the_use(desk: Desk, province: Province) -> None:
    months = {"from": "2026-03", "to": "2026-03"}
    [rate] = desk.read("/utilisation", desk.manager(province), **months).json()["items"]
    assert (rate["used_minutes"], rate["external_minutes"], rate["external_share"]) == (120, 120, "1.0000")
    [total] = desk.read("/service-totals", desk.manager(province), **months).json()["items"]
    assert (total["uses"], total["person_times"], total["distinct_users"]) == (1, 2, 1)
    assert total["hours_to_opened"] == rate["utilisation"]
