# SPDX-License-Identifier: Apache-2.0
"""The inbox over HTTP: one's own and one's unit's, in one's language, and nobody else's."""

from uuid import UUID

import pytest

from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, wish

PREVIEW = "/notice-templates/preview"


@pytest.fixture
def reserved(desk: Desk, province: Province) -> Province:
    assert desk.send("/reservations", wish(province), desk.customer(province)).status_code == 201
    desk.project()
    return province


def test_an_inbox_shows_ones_own_in_ones_language(desk: Desk, reserved: Province) -> None:
    headers = desk.customer(reserved)
    document = desk.read("/me/notices", headers | {"Accept-Language": "en"}).json()
    (item,) = document["items"]
    assert (item["kind"], document["unread"], item["read_at"]) == ("reservation_confirmed", 1, None)
    assert item["title"].startswith("Reservation confirmed")
    assert desk.read("/me/notices", headers).json()["items"][0]["title"].startswith("预约已确认")
    assert desk.read("/me/notices", desk.bearer(Role.USER)).json()["items"] == []


def test_reading_marks_ones_own_alone(desk: Desk, reserved: Province) -> None:
    headers = desk.customer(reserved)
    notice = desk.read("/me/notices", headers).json()["items"][0]["id"]
    assert desk.send("/me/notices/read", {"notices": [notice]}, desk.bearer(Role.USER)).status_code == 200
    desk.project()
    assert desk.read("/me/notices", headers).json()["unread"] == 1
    assert desk.send("/me/notices/read", {"notices": [notice]}, headers).json()["data"] == {"marked": 1}
    assert desk.send("/me/notices/read", {"notices": [notice]}, headers).json()["data"] == {"marked": 0}
    desk.project()
    assert desk.read("/me/notices", headers, unread="true").json()["items"] == []
    assert desk.read("/me/notices", headers).json()["items"][0]["read_at"] is not None


def test_marking_what_is_no_notice_touches_nothing(desk: Desk, reserved: Province) -> None:
    body = {"notices": [str(reserved.instrument)]}
    assert desk.send("/me/notices/read", body, desk.customer(reserved)).status_code == 200
    desk.project()
    assert desk.jurisdiction.log.stream(reserved.instrument)[-1].event.TYPE.startswith("resources.")


def test_staff_read_the_inbox_of_their_unit(desk: Desk, reserved: Province) -> None:
    manager = desk.manager(reserved)
    mine = desk.read("/reservations", desk.customer(reserved)).json()["items"][0]
    cancel = {"reason": "样品未到"}
    path = f"/reservations/{mine['id']}/cancellation"
    assert desk.send(path, cancel, desk.customer(reserved)).status_code == 200
    desk.project()
    (item,) = desk.read("/me/notices", manager).json()["items"]
    assert (item["kind"], item["addressee_kind"]) == ("reservation_cancelled", "unit")
    body = {"notices": [item["id"]], "owner": str(reserved.unit)}
    assert desk.send("/me/notices/read", body, desk.customer(reserved)).status_code == 403
    assert desk.send("/me/notices/read", body, manager).status_code == 200
    desk.project()
    assert desk.read("/me/notices", manager).json()["unread"] == 0


def test_preferences_are_told_without_addresses(desk: Desk, reserved: Province) -> None:
    headers = desk.customer(reserved)
    address = {"way": "email", "address": "meng@example.edu.cn"}
    assert desk.send(f"/inboxes/{reserved.user}/addresses", address, headers).status_code == 200
    assert desk.send(f"/inboxes/{reserved.user}/preferences", {"channel": "message"}, headers).json()["code"] == (
        "notices.no_address_for_channel"
    )
    wishes = {"language": "en", "quiet_from": 1320, "quiet_until": 420, "reminders": [30]}
    assert desk.send(f"/inboxes/{reserved.user}/preferences", wishes, headers).status_code == 200
    desk.project()
    answer = desk.read("/me/notice-preferences", headers)
    assert "meng@" not in answer.text
    found = answer.json()
    assert (found["told_by"], found["ways"], found["reminders"]) == ("email", ["email"], [30])
    assert desk.read("/me/notice-preferences", headers, unit=str(reserved.unit)).status_code == 403


def test_everybody_sees_what_was_given_up_but_only_those_who_look_after_it(desk: Desk, reserved: Province) -> None:
    assert desk.read("/notices", desk.customer(reserved)).status_code == 403
    found = desk.read("/notices", desk.bearer(Role.ADMINISTRATOR), kind="reservation_confirmed").json()["items"]
    assert [item["state"] for item in found] == ["in_app"]
    one = desk.read(f"/notices/{found[0]['id']}", desk.bearer(Role.AUDITOR))
    assert one.json()["addressee"] == str(reserved.user)
    retry = desk.send(f"/notices/{found[0]['id']}/retry", None, desk.bearer(Role.ADMINISTRATOR))
    assert retry.status_code == 404


def test_a_wording_is_tried_before_it_is_set(desk: Desk, reserved: Province) -> None:
    manager = desk.manager(reserved)
    shown = desk.read(PREVIEW, manager, kind="bill_issued", language="en").json()
    assert "¥600.00" in shown["subject"]
    tried = desk.read(PREVIEW, manager, subject="{instrument}", body="{starts_at}").json()
    assert (tried["subject"], tried["body"]) == ("Example 600", "2026-03-04 09:00+08:00")
    wrong = desk.read(PREVIEW, manager, subject="{user_name}")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "notices.unknown_placeholder")
    assert desk.read(PREVIEW, manager, kind="weather").status_code == 422


def test_a_units_wording_stands_beside_the_platforms(desk: Desk, reserved: Province) -> None:
    manager = desk.manager(reserved)
    own = {"kind": "bill_issued", "language": "zh", "subject": "账单", "body": "{amount_fen}", "reason": "更短"}
    path = f"/units/{reserved.unit}/notice-templates"
    assert desk.send(path, own, manager).status_code == 200
    assert desk.send(path, own | {"body": "{amount}"}, manager).json()["code"] == "notices.unknown_placeholder"
    assert desk.send(f"/units/{UUID(int=9)}/notice-templates", own, manager).status_code == 403
    desk.project()
    items = desk.read("/notice-templates", manager).json()["items"]
    (mine,) = [item for item in items if item["own"]]
    assert (mine["kind"], mine["own"]["number"]) == ("bill_issued", 1)
    back = {"kind": "bill_issued", "language": "zh", "reason": "平台的更好"}
    assert desk.send(f"{path}/restoration", back, manager).status_code == 200
    assert desk.send(f"{path}/restoration", back, manager).json()["code"] == "notices.no_own_wording"
