# SPDX-License-Identifier: Apache-2.0
"""Bad input: each a clear 4xx that names the field and the rule; nothing is half-done."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.kernel.actor import Role
from tests.api.desk import NOWHERE, Desk, Province, wish

HOUR = ("2026-03-04T09:00:00+08:00", "2026-03-04T10:00:00+08:00")


@pytest.fixture
def user(desk: Desk) -> dict[str, str]:
    return desk.bearer(Role.USER, user=NOWHERE.user, organisation=NOWHERE.customer)


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"colour": "red"}, "colour", "extra_forbidden"),
        ({"samples": "many"}, "samples", "int_type"),
        ({"samples": "3"}, "samples", "int_type"),
        ({"samples": True}, "samples", "int_type"),
        ({"samples": 3.0}, "samples", "int_type"),
        ({"samples": 1.5}, "samples", "int_type"),
        ({"samples": -1}, "samples", "greater_than_equal"),
        ({"resource_id": "x"}, "resource_id", "uuid_parsing"),
        ({"resource_id": None}, "resource_id", "uuid_type"),
        ({"purpose": ""}, "purpose", "string_too_short"),
        ({"purpose": 7}, "purpose", "string_type"),
        ({"use_type": "sleep"}, "use_type", "literal_error"),
        ({"span": {"start": HOUR[1], "end": HOUR[0]}}, "span", "value_error"),
        ({"span": {"start": HOUR[0], "end": HOUR[0]}}, "span", "value_error"),
        ({"span": {"start": "2026-03-04T09:00:00", "end": HOUR[1]}}, "span.start", "timezone_aware"),
        ({"span": {"start": 1772586000, "end": HOUR[1]}}, "span.start", "value_error"),
        ({"span": {"start": "tomorrow", "end": HOUR[1]}}, "span.start", "datetime_from_date_parsing"),
        ({"span": None}, "span", "model_type"),
        ({"answers": {"a": "b\x00c"}}, "answers.a", "value_error"),
        ({"purpose": "a\x00b"}, "purpose", "value_error"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_field_is_named_with_its_rule(
    desk: Desk,
    user: dict[str, str],
    changes: dict[str, Any],
    field: str,
    rule: str,
    language: str,
) -> None:
    answer = desk.send("/reservations", wish(NOWHERE, **changes), user, **{"Accept-Language": language})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "request.invalid"), answer.text
    [violation] = problem["violations"]
    assert (violation["field"], violation["parameters"]["rule"]) == (field, rule)
    in_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in violation["message"])
    assert in_chinese == (language == "zh"), violation["message"]


def test_all_wrong_fields_are_named_at_once(desk: Desk, user: dict[str, str]) -> None:
    answer = desk.send("/reservations", {"samples": -1, "colour": "red"}, user)
    named = {violation["field"] for violation in answer.json()["violations"]}
    assert named == {"samples", "colour", "resource_id", "span", "purpose"}


def test_an_amount_has_no_decimals(desk: Desk) -> None:
    manager = desk.bearer(Role.MANAGING_UNIT)
    line = {"user_kind": "enterprise", "kind": "running_cost", "unit": "hour", "price_fen": 100.005}
    body = {"effective_from": "2026-03-01", "lines": [line]}
    answer = desk.send(f"/instruments/{NOWHERE.instrument}/tariffs", body, manager)
    [violation] = answer.json()["violations"]
    assert (answer.status_code, violation["field"]) == (422, "lines.0.price_fen")


@pytest.mark.parametrize(
    ("path", "body", "field", "rule"),
    [
        ("/reservations/{id}/rating", {"score": 4.5}, "score", "decimal_type"),
        ("/reservations/{id}/rating", {"score": True}, "score", "decimal_type"),
        ("/legal-persons/{id}/membership", {"joined_on": 1772323200}, "joined_on", "date_type"),
        ("/legal-persons/{id}/membership", {"joined_on": "1772323200"}, "joined_on", "date_type"),
        ("/instruments/{id}/openings", {"windows": [{"weekday": "1"}]}, "windows.0.weekday", "int_type"),
        ("/instruments", {"bookable": "yes"}, "bookable", "bool_type"),
        ("/instruments", {"bookable": 1}, "bookable", "bool_type"),
    ],
)
def test_json_has_types_of_its_own(desk: Desk, path: str, body: dict[str, Any], field: str, rule: str) -> None:
    roles = {"reservations": Role.USER, "legal-persons": Role.SERVICE_CENTRE, "instruments": Role.MANAGING_UNIT}
    role = roles[path.split("/")[1]]
    answer = desk.send(path.format(id=NOWHERE.instrument), body, desk.bearer(role))
    found = {violation["field"]: violation["parameters"]["rule"] for violation in answer.json()["violations"]}
    assert (answer.status_code, found.get(field)) == (422, rule), answer.text


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-03-04T09:10:00+08:00", "2026-03-04T10:10:00+08:00", "reservations.off_grid"),
        ("2026-03-02T09:00:00+08:00", "2026-03-02T10:00:00+08:00", "reservations.start_in_past"),
    ],
)
def test_a_slot_off_the_grid_or_past_is_refused_by_its_rule(
    desk: Desk, province: Province, start: str, end: str, code: str
) -> None:
    user = desk.customer(province)
    answer = desk.send("/reservations", wish(province, span={"start": start, "end": end}), user)
    assert answer.status_code == 422
    assert code in [violation["code"] for violation in answer.json()["violations"]], answer.text


@pytest.mark.parametrize(
    "code", ["12993200DEMJ00011X", "123", "１２９９３２００ＤＥＭＪ０００１１Ｙ", "12993200DEMJ0001OY"]
)
def test_a_credit_code_that_is_none_is_refused(desk: Desk, code: str) -> None:
    centre = desk.bearer(Role.SERVICE_CENTRE)
    answer = desk.send("/legal-persons", {**UNIVERSITY, "credit_code": code}, centre)
    assert answer.status_code == 422, answer.text
    assert answer.json()["violations"][0]["field"] == "credit_code"


@pytest.mark.usefixtures("province")
def test_a_code_given_twice_is_a_conflict(desk: Desk) -> None:
    centre = desk.bearer(Role.SERVICE_CENTRE)
    answer = desk.send("/legal-persons", UNIVERSITY, centre)
    assert (answer.status_code, answer.json()["code"]) == (409, "application.key_taken"), answer.text
    assert answer.json()["violations"][0]["field"] == "credit_code"


UNIVERSITY = {
    "credit_code": "12993200DEMJ00011Y",
    "name_zh": "扬子理工大学",
    "kind": "university",
    "budget_status": "departmental_budget",
    "city": "南京市",
}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b"\xff\xfe", 400, "malformed_json"),
        (b'{"samples": NaN}', 400, "malformed_json"),
        (b'{"purpose": "\\ud800"}', 400, "malformed_json"),
        (b"[" * 100_000, 400, "malformed_json"),
        (b"[]", 422, "request.invalid"),
        (b'"text"', 422, "request.invalid"),
        (b"", 422, "request.invalid"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    desk: Desk, user: dict[str, str], body: bytes, status: int, code: str
) -> None:
    headers = {**user, "Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = desk.client.post("/api/v1/reservations", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_another_kind_of_content_is_refused(desk: Desk, user: dict[str, str]) -> None:
    headers = {**user, "Idempotency-Key": "k", "Content-Type": "application/x-www-form-urlencoded"}
    answer = desk.client.post("/api/v1/reservations", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "not_json")


def test_ten_megabytes_are_refused_whether_announced_or_streamed(desk: Desk, user: dict[str, str]) -> None:
    headers = {**user, "Idempotency-Key": "k", "Content-Type": "application/json"}
    announced = desk.client.post("/api/v1/reservations", content=b" " * 10_000_000, headers=headers)
    streamed = desk.client.post("/api/v1/reservations", content=_pieces(), headers=headers)
    assert [announced.status_code, streamed.status_code] == [413, 413]
    assert streamed.json()["code"] == "body_too_large"


def _pieces() -> Iterator[bytes]:
    for _ in range(100):
        yield b" " * 100_000


def test_a_name_in_the_path_cannot_stand_in_the_body_too(desk: Desk) -> None:
    manager = desk.bearer(Role.MANAGING_UNIT)
    path = f"/reservations/{NOWHERE.instrument}/confirmation"
    answer = desk.send(path, {"reservation_id": str(NOWHERE.instrument)}, manager)
    [violation] = answer.json()["violations"]
    assert (answer.status_code, violation["field"]) == (422, "reservation_id")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/instruments?limit=0", "limit"),
        ("/instruments?limit=201", "limit"),
        ("/instruments?limit=x", "limit"),
        ("/instruments?colour=red", "colour"),
        ("/instruments?q=%00", "q"),
        ("/instruments?unit=x", "unit"),
        ("/instruments?min_price_fen=1.5", "min_price_fen"),
        ("/instruments/x", "id"),
        ("/utilisation?from=2026-13", "from"),
        ("/utilisation?by=colour", "by"),
        ("/utilisation?from=2026-03&to=2026-02", "to"),
        ("/utilisation?from=2020-01&to=2026-02", "to"),
        ("/instruments?type=x", "type"),
        ("/instruments?state=nonsense", "state"),
        ("/instruments?min_price_fen=2&max_price_fen=1", "max_price_fen"),
    ],
)
def test_a_wrong_parameter_of_a_read_is_named(desk: Desk, path: str, field: str) -> None:
    answer = desk.client.get(f"/api/v1{path}{'&' if '?' in path else '?'}jurisdiction=jiangsu")
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (422, field), answer.text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/reservations?state=nonsense", "state"),
        ("/reservations?state=requested,nonsense", "state"),
        ("/reservations?starts_from=2026-03-02&starts_before=2026-03-01", "starts_before"),
        ("/contracts?state=nonsense", "state"),
        ("/orders?state=nonsense", "state"),
        ("/voucher-grants?state=nonsense", "state"),
        ("/voucher-redemptions?state=nonsense", "state"),
        ("/legal-persons?kind=nonsense", "kind"),
        ("/events?room=nonsense", "room"),
        ("/events?type=x", "type"),
        ("/events?position_from=2&position_to=1", "position_to"),
        ("/events?from=2026-03-02&to=2026-03-01", "to"),
        (f"/streams/{NOWHERE.instrument}?at=abc", "at"),
    ],
)
def test_a_filter_outside_what_is_known_is_one_clear_error(desk: Desk, path: str, field: str) -> None:
    answer = desk.client.get(f"/api/v1{path}", headers=desk.bearer(Role.AUDITOR))
    named = [violation["field"] for violation in answer.json()["violations"]]
    assert (answer.status_code, named) == (422, [field]), answer.text


def test_choices_are_told_with_their_words(desk: Desk) -> None:
    answer = desk.read("/instruments", {"Accept-Language": "zh"}, jurisdiction="jiangsu", state="nonsense")
    [violation] = answer.json()["violations"]
    assert violation["message"] == "须为以下之一：已发布（published）、已暂停（suspended）"


@pytest.mark.parametrize("cursor", ["x", "!!", "W10=", "WyJ4Il0=", "é"])
def test_a_cursor_that_was_never_given_out_is_refused(desk: Desk, cursor: str) -> None:
    answer = desk.read("/instruments", jurisdiction="jiangsu", cursor=cursor)
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_malformed")


def test_unknown_addresses_and_methods(desk: Desk) -> None:
    unknown = desk.client.get("/api/v1/unicorns")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_route")
    wrong = desk.client.delete("/api/v1/reservations")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert wrong.headers["Allow"]
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert desk.client.get(path).status_code == 404
