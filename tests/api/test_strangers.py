# SPDX-License-Identifier: Apache-2.0
"""What strangers try: ids of others in bodies, numbers beyond every measure, and what refusals tell them then."""

from __future__ import annotations

from typing import Any

import pytest

from application.catalogue import ENTRIES
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Actor, Role
from tests.api.desk import MORNING, NOTHING, Desk, Province, wish

BEYOND = 2**63
LIMITS = "earliest_minutes_before", "latest_minutes_before", "cancel_minutes_before", "grace_minutes"
FREE_OF_BOUNDS = frozenset({"document_version", "template_version", "draft", "item", "lanes"})
"""Whole numbers that are compared with something known, and refused where they name nothing."""


def other_user(desk: Desk) -> dict[str, str]:
    """A natural person who belongs to nobody here."""
    user = desk.system(RegisterUser(name="示例", user_kind="individual")).id
    desk.project()
    return desk.bearer(Role.USER, user=user)


@pytest.mark.parametrize("field", LIMITS)
def test_a_limit_beyond_the_calendar_breaks_no_search(desk: Desk, province: Province, field: str) -> None:
    for number in (10**13, BEYOND):
        body = {field: number, "text": "x"}
        path = f"/instruments/{province.instrument}/opening-limits"
        answer = desk.send(path, body, desk.manager(province))
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid"), answer.text
    desk.project()
    assert desk.read("/first-free", jurisdiction=desk.name).status_code == 200
    assert desk.send("/reservations", wish(province), desk.customer(province)).status_code == 201


@pytest.mark.parametrize("field", ["min_minutes", "max_minutes", "setup_minutes", "cleanup_minutes"])
def test_terms_beyond_the_calendar_break_no_search(desk: Desk, province: Province, field: str) -> None:
    terms = {"slot_minutes": 30, "min_minutes": 60, "max_minutes": 240, "confirmation": "automatic", field: 10**12}
    body = {
        "effective_from": "2026-03-03",
        "windows": [{"weekday": 1, "start_minute": 480, "end_minute": 1080}],
        "terms": terms,
        "rated_minutes_per_year": 86400,
    }
    answer = desk.send(f"/instruments/{province.instrument}/openings", body, desk.manager(province))
    assert answer.status_code == 422, answer.text


def test_a_count_beyond_every_measure_stops_no_read_model(desk: Desk, province: Province) -> None:
    line = {"asset_number": "A-1", "name": "x", "value_fen": 1, "acquired_on": "2026-01-01"}
    for number in (2_000_000, BEYOND):
        body = {"as_of": "2026-03-01", "file_name": "a.csv", "digest": "0" * 64, "lines": [line], "illegible": number}
        answer = desk.send(f"/units/{province.unit}/asset-ledgers", body, desk.manager(province))
        assert answer.status_code in (404, 422), answer.text
    desk.project()
    assert desk.client.get("/readyz").status_code == 200


def test_a_day_at_the_end_of_the_calendar_is_refused(desk: Desk, province: Province) -> None:
    body = {
        "resource_id": str(province.instrument),
        "first": {"start": "0001-01-01T09:00:00", "end": "0001-01-01T11:00:00"},
        "pattern": {"frequency": "weekly", "count": 2},
        "purpose": province.purpose,
    }
    assert desk.send("/series", body, desk.customer(province)).status_code == 422
    body["first"] = {"start": "9999-12-31T09:00:00", "end": "9999-12-31T23:59:59"}
    assert desk.send("/series", body, desk.customer(province)).status_code == 422


def test_a_group_of_others_is_not_named_to_them(desk: Desk, province: Province) -> None:
    group = {"legal_person": str(province.customer), "name": "保密课题组", "leader": str(province.user)}
    formed = desk.send("/groups", group, desk.bearer(Role.SERVICE_CENTRE)).json()["id"]
    stranger = other_user(desk)
    asked = wish(province, group_id=formed)
    refused = desk.send("/reservations", asked, stranger)
    checked = desk.client.post("/api/v1/reservations/check", json=asked, headers=stranger)
    assert refused.status_code == 422
    for answer in (refused, checked):
        assert "reservations.not_in_group" in answer.text
        assert "保密课题组" not in answer.text
        assert str(province.user) not in answer.text


def test_who_books_there_is_told_to_the_units_own_staff_alone(desk: Desk, province: Province) -> None:
    booked = desk.send("/reservations", wish(province), desk.customer(province)).json()["id"]
    elsewhere = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    for body in (wish(province), wish(province, external_id="lims:1"), wish(province, span=MORNING)):
        for path in ("/reservations", "/reservations/check"):
            for who in (elsewhere, other_user(desk)):
                answer = desk.send(path, body, who)
                assert booked not in answer.text
                assert str(province.user) not in answer.text


def test_a_refusal_keeps_no_more_of_what_was_sent_than_it_needs(desk: Desk) -> None:
    detail: dict[str, Any] = {"violations": [{"code": "x", "name": "长" * 1_000_000}] * 300, "few": ["a", 1, None]}
    actor, nobody = Actor(user=NOTHING, role=Role.USER), NOTHING
    desk.jurisdiction.refusals.note(actor=actor, command="x", code="x", detail=detail, correlation=nobody)
    [(*_, kept)] = desk.refusals()
    assert (len(kept["violations"]), kept["few"]) == (201, ["a", 1, None])
    assert all(len(each["name"]) == 2_001 for each in kept["violations"][:200])


def test_a_move_of_somebody_elses_booking_is_judged_for_nobody(desk: Desk, province: Province) -> None:
    booked = desk.send("/reservations", wish(province), desk.customer(province)).json()["id"]
    later = {"start": "2026-03-05T09:00:00+08:00", "end": "2026-03-05T11:00:00+08:00"}
    elsewhere = desk.bearer(Role.MANAGING_UNIT, organisation=NOTHING, unit=NOTHING)
    for who in (elsewhere, desk.bearer(Role.BROKER), other_user(desk)):
        asked = {"reservation_id": booked, "span": later}
        answer = desk.client.post("/api/v1/reservations/check", json=asked, headers=who)
        assert (answer.status_code, str(province.user) in answer.text) == (403, False)


def _whole_numbers(schema: dict[str, Any], known: dict[str, Any], name: str, seen: frozenset[str]) -> Any:  # noqa: ANN401
    if "$ref" in schema:
        target = schema["$ref"].rpartition("/")[2]
        if target not in seen:
            yield from _whole_numbers(known[target], known, name, seen | {target})
        return
    for part in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
        yield from _whole_numbers(part, known, name, seen)
    for inner, part in schema.get("properties", {}).items():
        yield from _whole_numbers(part, known, inner, seen)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _whole_numbers(schema[key], known, name, seen)
    if schema.get("type") == "integer":
        yield name


def test_no_command_takes_a_whole_number_that_no_table_holds() -> None:
    """Whichever field it stands in: the base of all commands looks before any field does."""
    tried = 0
    for entry in ENTRIES:
        schema = entry.command.model_json_schema()
        for name in set(_whole_numbers(schema, schema.get("$defs", {}), "", frozenset())):
            with pytest.raises(ValueError, match="a whole number lies between"):
                entry.command.model_validate({"deep": [{name: BEYOND}]})
            tried += 1
    assert tried > 100
