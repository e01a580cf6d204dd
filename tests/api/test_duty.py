# SPDX-License-Identifier: Apache-2.0
"""The duty roster through the API: who publishes it, who reads it, whose eyes names are for, and where it shows."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.parties.register_user import RegisterUser
from application.resources.authorise_operation import AuthoriseOperation
from domain.kernel.actor import Role
from tests.api.desk import MORNING, Desk, Province, wish
from tests.api.test_calendars import events, subscribed

WEEK = {"from": "2026-03-02", "to": "2026-03-09"}
ANYBODY = UUID(int=77)


@pytest.fixture
def teacher(desk: Desk, province: Province) -> UUID:
    """李老师, of the unit's staff."""
    person = RegisterUser(name="李老师", user_kind="university", legal_person=province.provider, unit=province.unit)
    return desk.system(person).id


def publish(desk: Desk, province: Province, teacher: UUID, **changes: Any) -> Any:  # noqa: ANN401 - the client's answer
    weekly = {"persons": [str(teacher)], "weekdays": [1, 2, 3, 4, 5], "start_minute": 540, "end_minute": 1020}
    body = {"effective_from": "2026-03-02", "entries": [weekly], "exceptions": [{"day": "2026-03-05"}]} | changes
    done = desk.send(f"/instruments/{province.instrument}/duty-roster", body, desk.manager(province))
    desk.project()
    return done


def test_who_comes_and_who_runs_it_reads_names_everybody_else_ids_or_nothing(
    desk: Desk, province: Province, teacher: UUID
) -> None:
    done = publish(desk, province, teacher)
    assert (done.status_code, done.json()["data"]) == (200, {"roster_version": 1})
    path = f"/instruments/{province.instrument}/duty"
    for reader in (desk.customer(province), desk.manager(province), desk.bearer(Role.BROKER, user=ANYBODY)):
        items = desk.read(path, reader, **WEEK).json()["items"]
        assert [item["from"][:10] for item in items] == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"]
        assert {(p["user"], p["name"]) for item in items for p in item["persons"]} == {(str(teacher), "李老师")}
    elsewhere = desk.bearer(Role.MANAGING_UNIT, unit=ANYBODY, organisation=ANYBODY)
    operator = desk.bearer(Role.OPERATOR, organisation=ANYBODY)
    for reader in (desk.bearer(Role.AUDITOR), desk.bearer(Role.SERVICE_CENTRE), elsewhere, operator):
        assert desk.read(path, reader, **WEEK).json()["items"][0]["persons"] == [{"user": str(teacher), "name": None}]
    for role in (Role.COUNCIL, Role.FINANCE_CLERK, Role.EXPERT_COMMITTEE, Role.COMPETENT_DEPARTMENT):
        assert desk.read(path, desk.bearer(role, organisation=ANYBODY), **WEEK).status_code == 403
    assert desk.read(path, jurisdiction="jiangsu", **WEEK).status_code == 401


def test_an_operator_reads_names_while_authorised(desk: Desk, province: Province, teacher: UUID) -> None:
    publish(desk, province, teacher)
    for first, name in ((date(2026, 3, 3), None), (date(2026, 3, 2), "李老师")):
        desk.system(
            AuthoriseOperation(
                resource=province.instrument,
                operator=province.customer,
                scope="日常运行",
                valid_from=first,
                valid_until=date(2026, 3, 31),
            )
        )
        desk.project()
        operator = desk.bearer(Role.OPERATOR, organisation=province.customer)
        items = desk.read(f"/instruments/{province.instrument}/duty", operator, **WEEK).json()["items"]
        assert items[0]["persons"] == [{"user": str(teacher), "name": name}]


def test_versions_are_for_whose_instrument_it_is_and_for_supervision(
    desk: Desk, province: Province, teacher: UUID
) -> None:
    publish(desk, province, teacher)
    path = f"/instruments/{province.instrument}/duty"
    assert "rosters" not in desk.read(path, desk.customer(province)).json()
    for reader in (desk.manager(province), desk.bearer(Role.AUDITOR)):
        assert desk.read(path, reader).json()["rosters"][0]["entries"][0]["persons"] == [str(teacher)]


def test_where_there_is_no_roster_there_is_nobody_and_a_span_has_a_limit(desk: Desk, province: Province) -> None:
    desk.project()
    path, reader = f"/instruments/{province.instrument}/duty", desk.customer(province)
    assert desk.read(path, reader).json()["items"] == []
    assert desk.read(path, reader, **{"from": "2026-03-02", "to": "2026-06-03"}).status_code == 422
    assert desk.read(f"/instruments/{ANYBODY}/duty", reader).status_code == 404


def test_only_the_staff_of_the_unit_publishes_and_reads_every_reason_of_a_refusal(
    desk: Desk, province: Province, teacher: UUID
) -> None:
    body: dict[str, Any] = {"effective_from": "2026-03-02", "entries": []}
    path = f"/instruments/{province.instrument}/duty-roster"
    for role in (desk.customer(province), desk.bearer(Role.MANAGING_UNIT, unit=ANYBODY, organisation=ANYBODY)):
        assert desk.send(path, body, role).status_code == 403
    both = {"weekdays": [1], "start_minute": 540, "end_minute": 600}
    entries = [{"persons": [str(teacher)], **both}, {"persons": [str(province.user), str(ANYBODY)], **both}]
    refused = publish(desk, province, teacher, effective_from="2026-03-01", entries=entries)
    assert refused.status_code == 422
    assert {each["code"] for each in refused.json()["violations"]} == {
        "resources.duty_backdated",
        "resources.duty_overlaps",
        "resources.duty_person_of_another",
        "resources.duty_person_unknown",
    }
    late = publish(desk, province, teacher, entries=[{"persons": [str(teacher)], **both, "end_minute": 1441}])
    assert late.json()["violations"][0]["field"].endswith("end_minute")


def test_a_reservation_says_who_is_on_duty_and_so_do_its_explanation_the_inbox_and_the_calendar(
    desk: Desk, province: Province, teacher: UUID
) -> None:
    publish(desk, province, teacher)
    customer = desk.customer(province)
    made = desk.send("/reservations", wish(province), customer).json()["id"]
    desk.project()
    [shown] = desk.read(f"/reservations/{made}", customer).json()["duty"]
    assert (shown["persons"][0]["name"], shown["from"][:16]) == ("李老师", MORNING["start"][:16])
    [seen] = desk.read(f"/reservations/{made}", desk.bearer(Role.AUDITOR)).json()["duty"]
    assert seen["persons"] == [{"user": str(teacher), "name": None}]

    told = desk.read(f"/reservations/{made}/explanation", customer).json()
    [line] = next(each["lines"] for each in told["sections"] if each["name"] == "duty")
    assert (line["persons"], line["version"]) == ([str(teacher)], 1)

    mine = desk.bearer(Role.USER, user=teacher, organisation=province.provider)
    [notice] = desk.read("/me/notices", mine).json()["items"]
    assert notice["kind"] == "duty_reservation_confirmed"
    entries = events(desk, subscribed(desk, mine, "person")[0])
    days = {entry.decoded("dtstart").date() for entry in entries if "值班" in str(entry["summary"])}
    assert date(2026, 3, 4) in days
    assert date(2026, 3, 5) not in days
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)


def test_an_explanation_knows_the_roster_published_before_the_start_and_none_without(
    desk: Desk, province: Province, teacher: UUID
) -> None:
    customer = desk.customer(province)
    made = desk.send("/reservations", wish(province), customer).json()["id"]
    path = f"/reservations/{made}/explanation"
    assert "duty" not in {each["name"] for each in desk.read(path, customer).json()["sections"]}
    publish(desk, province, teacher, exceptions=[{"day": "2026-03-04"}])
    sections = desk.read(path, customer).json()["sections"]
    [line] = next(each["lines"] for each in sections if each["name"] == "duty")
    assert line["persons"] == []
    assert "无人值班" in line["text"]
