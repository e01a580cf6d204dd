# SPDX-License-Identifier: Apache-2.0
"""Reads: one's own and no more, in pages, after one's own write, with definition and position."""

from datetime import date, datetime
from typing import Any

import pytest

from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from domain.kernel.actor import Role
from tests.api.desk import MORNING, Desk, Province, at, publish_instrument, wish
from tests.application.deciding import decided


@pytest.fixture
def user(desk: Desk, province: Province) -> dict[str, str]:
    return desk.customer(province)


@pytest.fixture
def made(desk: Desk, province: Province, user: dict[str, str]) -> dict[str, Any]:
    answer = desk.send("/reservations", wish(province), user)
    assert answer.status_code == 201, answer.text
    desk.project()
    document: dict[str, Any] = answer.json()
    return document


def test_the_catalogue_is_public_without_costs(desk: Desk, province: Province) -> None:
    found = desk.read("/instruments", jurisdiction="jiangsu", q="扫描电镜").json()
    [row] = found["items"]
    assert row["id"] == str(province.instrument)
    assert not {"cost_sheet", "funding", "original_value_fen", "grams"} & set(row)
    assert found["facets"]["class"]
    one = desk.read(f"/instruments/{province.instrument}", jurisdiction="jiangsu")
    assert one.headers["ETag"] == f'"{one.json()["version"]}"'
    assert one.json()["in_force"]["tariff"]["tariff_version"] == 1
    assert desk.read("/instruments", jurisdiction="chongqing").json()["items"] == []


def test_the_holder_sees_costs_and_what_is_not_public(desk: Desk, province: Province) -> None:
    manager = desk.manager(province)
    [row] = desk.read("/instruments", manager).json()["items"]
    assert row["cost_sheet"]
    other = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    [seen] = desk.read("/instruments", other).json()["items"]
    assert "cost_sheet" not in seen


def test_a_calendar_shows_that_but_not_who(
    desk: Desk, province: Province, user: dict[str, str], made: dict[str, Any]
) -> None:
    path, span = f"/instruments/{province.instrument}/calendar", {"from": "2026-03-04", "to": "2026-03-05"}
    public = desk.read(path, jurisdiction="jiangsu", **span).json()
    [busy] = public["occupied"]
    assert busy["starts_at"] == MORNING["start"]
    assert (busy["holder"], busy["user"], busy["mine"]) == (None, None, False)
    [own] = desk.read(path, user, **span).json()["occupied"]
    assert (own["holder"], own["mine"]) == (made["id"], True)
    manager = desk.manager(province)
    [seen] = desk.read(path, manager, **span).json()["occupied"]
    assert seen["holder"] == made["id"]


@pytest.mark.parametrize(
    "span",
    [
        {"from": "2026-03-04T00:00:00+08:00", "to": "2026-03-05T00:00:00+08:00"},
        {"from": "2026-03-03T16:00:00Z"},
        {},
    ],
)
@pytest.mark.usefixtures("made")
def test_a_calendar_takes_instants_days_and_nothing(desk: Desk, province: Province, span: dict[str, str]) -> None:
    answer = desk.read(f"/instruments/{province.instrument}/calendar", jurisdiction="jiangsu", **span)
    assert len(answer.json()["occupied"]) == 1, answer.text


def test_a_calendar_ends_after_it_starts(desk: Desk, province: Province) -> None:
    span = {"from": "2026-03-05", "to": "2026-03-04"}
    answer = desk.read(f"/instruments/{province.instrument}/calendar", jurisdiction="jiangsu", **span)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert answer.json()["violations"][0]["field"] == "to"


def test_a_calendar_longer_than_the_limit_is_refused_rather_than_cut(desk: Desk, province: Province) -> None:
    span = {"from": "2026-03-05", "to": "2026-06-06"}
    answer = desk.read(f"/instruments/{province.instrument}/calendar", jurisdiction="jiangsu", **span)
    [violation] = answer.json()["violations"]
    assert (answer.status_code, violation["field"], violation["parameters"]["days"]) == (422, "to", 92)


def test_a_token_tells_whose_it_is_and_what_it_opens(desk: Desk, province: Province) -> None:
    ends = at(30, 12)
    unit = {"user": province.manager, "organisation": province.provider, "unit": province.unit}
    mine = desk.read("/me", desk.bearer(Role.MANAGING_UNIT, **unit, expires_at=ends)).json()
    assert {name: mine[name] for name in unit} == {name: str(value) for name, value in unit.items()}
    assert (mine["role"], mine["jurisdiction"]) == ("managing_unit", "jiangsu")
    assert mine["expires_at"] == "2026-03-30T12:00:00+08:00"
    commands = {item["command"] for item in mine["commands"]}
    assert "ConfirmReservation" in commands
    assert "GrantVoucher" not in commands
    assert desk.read("/me").status_code == 401


def test_events_are_found_by_when_they_were_recorded(desk: Desk, made: dict[str, Any]) -> None:
    auditor = desk.bearer(Role.AUDITOR)
    [row] = desk.read("/events", auditor, stream=made["id"], limit=1).json()["items"]
    since = desk.read("/events", auditor, stream=made["id"], **{"from": row["recorded_at"]}).json()["items"]
    before = desk.read("/events", auditor, stream=made["id"], to=row["recorded_at"]).json()["items"]
    assert since
    assert not before


def test_a_reservation_is_for_its_user_its_unit_and_the_control(
    desk: Desk, province: Province, user: dict[str, str], made: dict[str, Any]
) -> None:
    allowed = [
        user,
        desk.manager(province),
        desk.bearer(Role.AUDITOR),
        desk.bearer(Role.ADMINISTRATOR),
    ]
    strange = [desk.bearer(Role.USER, organisation=province.customer), desk.bearer(Role.MANAGING_UNIT, unit=made["id"])]
    for headers in allowed:
        assert desk.read(f"/reservations/{made['id']}", headers).status_code == 200
        assert [row["id"] for row in desk.read("/reservations", headers).json()["items"]] == [made["id"]]
    for headers in strange:
        assert desk.read(f"/reservations/{made['id']}", headers).status_code == 404
        assert desk.read("/reservations", headers).json()["items"] == []


@pytest.mark.usefixtures("made")
def test_asking_for_what_belongs_to_others_is_refused(desk: Desk, province: Province, user: dict[str, str]) -> None:
    answer = desk.read("/reservations", user, user=str(province.manager))
    assert (answer.status_code, answer.json()["code"]) == (403, "application.not_permitted")
    assert len(desk.read("/reservations", user, user=str(province.user)).json()["items"]) == 1


def test_an_operator_sees_what_is_entrusted_to_it(desk: Desk, province: Province, made: dict[str, Any]) -> None:
    manager = desk.manager(province)
    operator = desk.bearer(Role.OPERATOR, organisation=province.customer)
    assert desk.read("/reservations", operator, instrument=str(province.instrument)).status_code == 403
    body = {
        "operator": str(province.customer),
        "scope": "全部",
        "valid_from": "2026-03-02",
        "valid_until": "2026-12-31",
    }
    given = desk.send(f"/instruments/{province.instrument}/operators", body, manager)
    assert given.status_code == 200, given.text
    desk.project()
    assert len(desk.read("/reservations", operator, instrument=str(province.instrument)).json()["items"]) == 1
    assert desk.read(f"/reservations/{made['id']}", operator).status_code == 200
    [busy] = desk.read(f"/instruments/{province.instrument}/calendar", operator).json()["occupied"]
    assert busy["holder"] == made["id"]


def test_pages_follow_one_another_without_gap_or_repetition(desk: Desk, province: Province) -> None:
    ids = {str(province.instrument), *(str(publish_instrument(desk, province.unit, f"N-{n}")) for n in range(4))}
    desk.project()
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = desk.read("/instruments", jurisdiction="jiangsu", limit=2, **cursor).json()
        seen += [row["id"] for row in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert (len(seen), set(seen)) == (5, ids)


def test_a_reader_waits_for_its_own_write(desk: Desk, province: Province, user: dict[str, str]) -> None:
    made = desk.send("/reservations", wish(province), user).json()
    wait = {**user, "Tongchou-Wait-For": str(made["position"])}
    behind = desk.read(f"/reservations/{made['id']}", wait)
    assert (behind.status_code, behind.json()["code"]) == (504, "read_model_behind")
    desk.project()
    assert desk.read(f"/reservations/{made['id']}", wait).status_code == 200


def test_a_malformed_position_is_refused(desk: Desk, user: dict[str, str]) -> None:
    answer = desk.read("/reservations", {**user, "Tongchou-Wait-For": "soon"})
    assert (answer.status_code, answer.json()["code"]) == (400, "wait_for_malformed")


def test_figures_say_how_they_are_defined_and_where_they_stand(desk: Desk, made: dict[str, Any]) -> None:
    auditor = desk.bearer(Role.AUDITOR)
    for path in ("/utilisation", "/service-totals", "/receivables"):
        answer = desk.read(path, auditor, **({} if path == "/receivables" else {"from": "2026-01", "to": "2026-03"}))
        document = answer.json()
        assert answer.status_code == 200, answer.text
        assert set(document["definition"]) == {"zh", "en"}
        assert document["position"] >= made["position"]


@pytest.mark.parametrize(
    "more", [{"by": "instrument"}, {"by": "unit"}, {"whole_range": "true"}, {"as_of": "2026-03-05"}]
)
@pytest.mark.usefixtures("made")
def test_utilisation_counts_open_hours(desk: Desk, more: dict[str, str]) -> None:
    query = {"from": "2026-03", "to": "2026-03", "as_of": "2026-03-05", **more}
    [row] = desk.read("/utilisation", jurisdiction="jiangsu", **query).json()["items"]
    assert row["opened_minutes"] > 0
    assert row["used_minutes"] == 0
    assert row["utilisation"] == "0.0000"


def test_a_unit_gets_totals_of_its_own_alone(desk: Desk, province: Province) -> None:
    manager = desk.manager(province)
    assert desk.read("/service-totals", manager).status_code == 200
    assert desk.read("/service-totals", manager, unit=str(province.customer)).status_code == 403


def test_the_trail_says_every_event_in_words(desk: Desk, made: dict[str, Any]) -> None:
    auditor = desk.bearer(Role.AUDITOR)
    found = desk.read("/events", auditor, stream=made["id"]).json()
    assert found["items"][0]["type"] == "reservations.ReservationRequested"
    for row in found["items"]:
        assert row["sentence"]["zh"]
        assert row["sentence"]["en"]
        assert row["sentence"]["zh"] != row["type"]
    everything = desk.read("/events", auditor, limit=200).json()["items"]
    assert "孟知微" not in str(everything)
    rooms = desk.read("/events", auditor, room="reservations", descending="true", limit=1).json()
    assert rooms["items"][0]["stream"] == made["id"]


def test_refusals_are_read_by_the_control_alone(desk: Desk, user: dict[str, str]) -> None:
    assert desk.read("/refusals", user).status_code == 403
    found = desk.read("/refusals", desk.bearer(Role.AUDITOR), limit=1).json()
    assert found["items"][0]["command"] == "GET /refusals"


def test_the_catalogue_of_commands_tells_roles_and_addresses(desk: Desk) -> None:
    items = desk.read("/commands", jurisdiction="jiangsu").json()["items"]
    by_name = {item["command"]: item for item in items}
    assert by_name["RequestReservation"]["path"] == "/api/v1/reservations"
    assert all(item["label"]["zh"] and item["label"]["en"] and item["roles"] for item in items)


def test_a_programme_is_open_until_its_last_day(desk: Desk, province: Province) -> None:
    extra: Any = EstablishVoucherProgramme.model_config["json_schema_extra"]
    example: dict[str, Any] = extra["example"]
    funders = [{**funder, "legal_person": str(province.provider)} for funder in example["programme"]["funders"]]
    programme = {**example["programme"], "funders": funders}
    decided(desk.jurisdiction, example["decision_reference"], decided_on=date.fromisoformat(example["decided_on"]))
    answer = desk.send("/voucher-programmes", {**example, "programme": programme}, desk.bearer(Role.SCIENCE_DEPARTMENT))
    assert answer.status_code == 201, answer.text
    made = answer.json()["id"]
    desk.project()
    assert desk.read(f"/voucher-programmes/{made}", jurisdiction="jiangsu").json()["open"] is True
    desk.platform.clock.now = datetime.fromisoformat("2026-12-01T00:00:00+08:00")  # type: ignore[attr-defined]
    [row] = desk.read("/voucher-programmes", jurisdiction="jiangsu").json()["items"]
    assert (row["id"], row["open"]) == (made, False)
