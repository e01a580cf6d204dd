# SPDX-License-Identifier: Apache-2.0
"""Protected data by role: in lists, histories and the audit trail (JS 20.b, CQ 17.c)."""

from typing import Any
from uuid import UUID

import pytest

from application.bus import Bus
from application.contracts.document import EXAMPLE_CLAUSES
from application.errors import Unavailable
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province
from tests.api.test_main_job import contract, order

__all__ = ["contract", "order"]
AUDITOR = UUID(int=44)


def accesses(desk: Desk, province: Province, contract: dict[str, Any]) -> list[tuple[str, str]]:
    desk.project()
    items = desk.read(f"/contracts/{contract['id']}/accesses", desk.customer(province)).json()["items"]
    return [(item["viewer"], item["part"]) for item in items]


def test_a_list_leaves_out_what_an_auditor_must_open(desk: Desk, province: Province, contract: dict[str, Any]) -> None:
    [row] = desk.read("/contracts", desk.bearer(Role.AUDITOR, user=AUDITOR)).json()["items"]
    assert {"ip_shares", "ceiling_fen"} & row.keys() == set()
    assert accesses(desk, province, contract) == []
    [own] = desk.read("/contracts", desk.customer(province)).json()["items"]
    assert own["ip_shares"]


@pytest.mark.parametrize(("role", "seen"), [(Role.AUDITOR, True), (Role.ADMINISTRATOR, False)])
def test_the_history_of_a_contract(
    desk: Desk,
    province: Province,
    contract: dict[str, Any],
    role: Role,
    seen: bool,  # noqa: FBT001 - an example
) -> None:
    answer = desk.read(f"/streams/{contract['id']}", desk.bearer(role, user=AUDITOR))
    drafted = answer.json()["events"][0]["data"]
    assert bool(drafted["terms"]["ip_shares"]) is seen
    assert (str(EXAMPLE_CLAUSES["service_content"]) in answer.text) is seen
    assert accesses(desk, province, contract) == ([(str(AUDITOR), "history")] if seen else [])


def test_the_audit_trail_shows_that_it_happened_and_no_shares(
    desk: Desk, province: Province, contract: dict[str, Any]
) -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        page = desk.read("/events", desk.bearer(role), type="contracts.ContractDrafted").json()
        [item] = page["items"]
        assert item["sentence"]["zh"]
        assert item["parameters"]["terms"]["ip_shares"] == []
    assert accesses(desk, province, contract) == []


def test_the_record_of_a_use(desk: Desk, province: Province, order: dict[str, Any]) -> None:
    path = f"/streams/{order['reservation']}"
    for role in (Role.SERVICE_CENTRE, Role.ADMINISTRATOR, Role.AUDITOR):
        assert desk.read(path, desk.bearer(role, user=AUDITOR)).status_code == 200
    assert desk.read(path, desk.bearer(Role.USER)).status_code == 404
    desk.project()
    seen = desk.read(f"/reservations/{order['reservation']}/accesses", desk.customer(province)).json()["items"]
    assert [(item["viewer"], item["part"]) for item in seen] == [(str(AUDITOR), "use")]


def test_nothing_is_shown_where_the_look_cannot_be_written_down(
    desk: Desk, contract: dict[str, Any], order: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = desk.bearer(Role.AUDITOR, user=AUDITOR)
    paths = (
        f"/contracts/{contract['id']}",
        f"/contracts/{contract['id']}/versions",
        f"/contracts/{contract['id']}/versions/1/compare/1",
        f"/contracts/{contract['id']}.pdf",
        f"/streams/{contract['id']}",
        f"/streams/{order['reservation']}",
    )
    assert {path: desk.read(path, auditor).status_code for path in paths} == dict.fromkeys(paths, 200)

    def broken(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(Bus, "execute", broken)
    for path in paths:
        answer = desk.read(path, auditor)
        assert answer.status_code == 503, path
        assert str(EXAMPLE_CLAUSES["service_content"]) not in answer.text
