# SPDX-License-Identifier: Apache-2.0
"""One booking of each kind, from the request to its rating, over HTTP on the real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.kernel.actor import Role
from infrastructure.history.verify import verify
from tests.scenarios.bookings import Bookings, assert_on_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.desk import Desk, Province


@pytest.fixture
def bookings(desk: Desk, province: Province) -> Iterator[Bookings]:
    """Whatever a scenario did, everything shown follows from the log; claims do but for the tokens of the tests."""
    made = Bookings(desk, province)
    yield made
    desk.project()
    checks = verify(desk.platform).checks
    problems = [problem for check in checks.values() for problem in check.problems]
    assert [problem for problem in problems if "token" not in str(problem)] == []


def test_a_plain_booking_that_is_confirmed_at_once(bookings: Bookings) -> None:
    made = bookings.post("/reservations", bookings.wish(contract_id=bookings.contract()), bookings.user)
    assert (made["data"]["state"], made["data"]["quote_fen"]) == ("confirmed", 56_000)
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_booking_that_the_staff_answers(bookings: Bookings) -> None:
    bookings.opening("manual")
    made = bookings.post("/reservations", bookings.wish(contract_id=bookings.contract()), bookings.user)
    assert made["data"]["state"] == "requested"
    assert "reservation_requested" in bookings.told(bookings.manager)
    bookings.post(f"/reservations/{made['id']}/answers", {"text": "样品是否含磁性成分"}, bookings.manager)
    bookings.post(f"/reservations/{made['id']}/confirmation", {}, bookings.manager)
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_answered", "reservation_confirmed"})


def test_a_booking_under_house_rules_of_every_kind(bookings: Bookings) -> None:
    bookings.house_rules(
        lead={"latest_minutes": 60},
        quotas=[{"name": "每周", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 120}],
        accessories=[{"name": "能谱仪", "quantity": 1}],
        must_read=["须知"],
        feedback={"block_after_hours": 24, "questions": ["仪器状态"]},
    )
    wish = bookings.wish(contract_id=bookings.contract(), accessories=["能谱仪"])
    refused = bookings.desk.send("/reservations", wish, bookings.user)
    assert [each["code"] for each in refused.json()["violations"]] == ["reservations.notices_not_read"]
    made = bookings.post("/reservations", {**wish, "rules_read": True}, bookings.user)
    bookings.use(made["id"])
    bookings.post(f"/reservations/{made['id']}/feedback", {"answers": {"仪器状态": "正常"}}, bookings.user)
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_booking_that_a_broker_makes(bookings: Bookings) -> None:
    broker = bookings.desk.bearer(Role.BROKER)
    wish = bookings.wish(contract_id=bookings.contract(), on_behalf_of=str(bookings.province.user))
    made = bookings.post("/reservations", wish, broker)
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_booking_that_a_proxy_makes_and_the_user_pays(bookings: Bookings) -> None:
    colleague = bookings.register("示例同事")
    as_colleague = bookings.desk.bearer(Role.USER, user=colleague, organisation=bookings.province.customer)
    wish = bookings.wish(contract_id=bookings.contract(), on_behalf_of=str(bookings.province.user))
    assert bookings.desk.send("/reservations", wish, as_colleague).status_code == 403
    appointed = {"proxy": str(colleague), "until": "2026-12-31T00:00:00+08:00", "unit": str(bookings.province.unit)}
    bookings.post(f"/users/{bookings.province.user}/proxies", appointed, bookings.user)
    made = bookings.post("/reservations", wish, as_colleague)
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_booking_of_a_group_that_its_leader_and_the_unit_approve(bookings: Bookings) -> None:
    leader = bookings.register("示例组长")
    as_leader = bookings.desk.bearer(Role.USER, user=leader, organisation=bookings.province.customer)
    body = {"legal_person": str(bookings.province.customer), "name": "示例课题组", "leader": str(leader)}
    group = bookings.post("/groups", body, bookings.desk.bearer(Role.SERVICE_CENTRE))["id"]
    bookings.post(f"/groups/{group}/members", {"user": str(bookings.province.user)}, as_leader)
    bookings.house_rules(approval=[{"approver": "group_leader"}, {"approver": "instrument_manager"}])
    wish = bookings.wish(contract_id=bookings.contract(), group_id=group)
    made = bookings.post("/reservations", wish, bookings.user)
    assert made["data"]["state"] == "requested"
    for step, approver in ((1, as_leader), (2, bookings.manager)):
        bookings.post(f"/reservations/{made['id']}/approval", {"step": step, "decision": "approve"}, approver)
    assert bookings.state(made["id"]) == "confirmed"
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_use_that_the_units_own_platform_reports(bookings: Bookings) -> None:
    contract = bookings.contract()
    bookings.go_to(4, 12)
    use = bookings.wish(user_id=str(bookings.province.user), contract_id=contract, origin="other_platform")
    body = {**use, "samples": 3, "persons": 2, "external_id": "lims:1"}
    made = bookings.post("/uses", body, bookings.manager)
    again = bookings.post("/uses", body, bookings.manager)
    assert (again["id"], again["data"]["entered_before"]) == (made["id"], True)
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"bill_issued"})
    inbox = bookings.get("/me/notices", bookings.user)["items"]
    waiting = {notice["kind"] for notice in inbox if notice["state"] == "waiting"}
    assert "reservation_confirmed" not in waiting  # nobody is asked to cancel in time what is over


def test_a_booking_that_a_voucher_pays_a_part_of(bookings: Bookings) -> None:
    grant = bookings.voucher()
    wish = bookings.wish(contract_id=bookings.contract(), voucher_grant_id=grant)
    made = bookings.post("/reservations", wish, bookings.user)
    assert made["data"]["voucher_reserved_fen"] == 56_000 * 3 // 10
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    bookings.post(f"/orders/{order['id']}/voucher", {"grant_id": grant}, bookings.user)
    paid = bookings.get(f"/orders/{order['id']}", bookings.user)
    assert (paid["deducted_fen"], paid["open_fen"]) == (16_800, 39_200)
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_a_booking_that_a_framework_is_called_off_for(bookings: Bookings) -> None:
    framework = bookings.contract(framework=True)
    order = {
        "contract_id": framework,
        "resource_id": str(bookings.province.instrument),
        "minutes": 600,
        "ceiling_fen": 300_000,
        "valid_from": "2026-03-02",
        "valid_until": "2026-06-30",
        "subject": "第一批样品",
    }
    call_off = bookings.post("/call-offs", order, bookings.user)["id"]
    made = bookings.post("/reservations", bookings.wish(contract_id=framework), bookings.user)
    bookings.go_to(4, 9)
    started = bookings.post(f"/reservations/{made['id']}/usage", {"call_off_id": call_off}, bookings.manager)
    assert started["data"]["call_off_id"] == call_off
    bookings.go_to(4, 11)
    done = {"samples": 3, "persons": 2}
    bookings.post(f"/reservations/{made['id']}/usage/completion", done, bookings.manager)
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_confirmed"})


def test_one_time_of_a_series(bookings: Bookings) -> None:
    wish = bookings.wish(contract_id=bookings.contract())
    del wish["span"]
    first = {"start": "2026-03-04T09:00:00", "end": "2026-03-04T11:00:00"}
    pattern = {"frequency": "weekly", "weekdays": [3], "until": "2026-03-25"}
    series = bookings.post("/series", {**wish, "first": first, "pattern": pattern}, bookings.user)
    made = series["data"]["booked"]
    assert len(made) == 4
    one = made[0]["reservation"]
    bookings.use(one)
    order = bookings.settle_up(one)
    assert_on_record(bookings, one, order, told={"reservation_confirmed"})


def test_samples_that_are_sent_for_a_test(bookings: Bookings) -> None:
    applied = {
        "resource_id": str(bookings.province.instrument),
        "purpose": bookings.province.purpose,
        "contract_id": bookings.contract(),
        "sample_count": 3,
        "description": "合金粉末",
        "return_wanted": False,
        "no_state_secrets": True,
    }
    order = f"/sample-orders/{bookings.post('/sample-orders', applied, bookings.user)['id']}"
    bookings.post(f"{order}/acceptance", {"intake_day": "2026-03-03", "expected_minutes": 120}, bookings.manager)
    bookings.go_to(3, 9)
    bookings.post(f"{order}/reception", {"count": 3, "condition": "完好"}, bookings.manager)
    bookings.go_to(4, 12)
    span = bookings.wish()["span"]
    tested = bookings.post(f"{order}/tests", {"span": span, "succeeded": 3, "last": True}, bookings.manager)
    bookings.post(f"{order}/report", {"digest": "a" * 64, "title": "检测报告"}, bookings.manager)
    for _ in range(2):
        reviewer = bookings.desk.bearer(
            Role.MANAGING_UNIT, organisation=bookings.province.provider, unit=bookings.province.unit
        )
        bookings.post(f"{order}/report/review", {"digest": "a" * 64}, reviewer)
    bookings.post(f"{order}/report/delivery", {"method": "electronic"}, bookings.manager)
    bookings.post(f"{order}/acknowledgement", {}, bookings.user)
    bookings.post(f"{order}/rating", {"score": "4.5"}, bookings.user)
    use = tested["data"]["reservation_id"]
    shown = bookings.get(f"/reservations/{use}", bookings.user)
    assert (shown["state"], shown["rating"]) == ("completed", "4.5")


def test_a_booking_from_the_waiting_list(bookings: Bookings) -> None:
    bookings.house_rules(waiting_list=True)
    other = bookings.register("示例同事")
    as_other = bookings.desk.bearer(Role.USER, user=other, organisation=bookings.province.customer)
    held = bookings.post("/reservations", bookings.wish(), as_other)
    place = {
        "resources": [str(bookings.province.instrument)],
        "minutes": 120,
        "earliest": "2026-03-04T09:00:00+08:00",
        "latest": "2026-03-04T11:00:00+08:00",
        "purpose": bookings.province.purpose,
        "contract_id": bookings.contract(),
    }
    bookings.post("/waiting-list", place, bookings.user)
    assert bookings.due() == 0
    bookings.post(f"/reservations/{held['id']}/cancellation", {"reason": "样品未制备完成"}, as_other)
    assert bookings.due() == 1
    mine = bookings.get("/reservations", bookings.user, state="confirmed")["items"]
    assert [(item["starts_at"], item["user_id"]) for item in mine] == [
        ("2026-03-04T09:00:00+08:00", str(bookings.province.user))
    ]
    bookings.use(mine[0]["id"])
    order = bookings.settle_up(mine[0]["id"])
    assert_on_record(bookings, mine[0]["id"], order, told={"waiting_served"})


def test_a_booking_that_passes_to_a_colleague(bookings: Bookings) -> None:
    other = bookings.register("示例同事")
    as_other = bookings.desk.bearer(Role.USER, user=other, organisation=bookings.province.customer)
    made = bookings.post("/reservations", bookings.wish(contract_id=bookings.contract()), as_other)
    passed_on = {"to_user": str(bookings.province.user), "reason": "出差，由同组成员使用"}
    bookings.post(f"/reservations/{made['id']}/transfer", passed_on, as_other)
    bookings.use(made["id"])
    order = bookings.settle_up(made["id"])
    assert_on_record(bookings, made["id"], order, told={"reservation_transferred"})
