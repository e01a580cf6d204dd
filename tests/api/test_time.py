# SPDX-License-Identifier: Apache-2.0
"""Closures, hits, series, accessories and a month by state, as clients see them."""

from typing import Any

from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, wish

WEEKLY = {"frequency": "weekly", "count": 3}
FIRST = {"start": "2026-03-04T09:00:00", "end": "2026-03-04T11:00:00"}


def close(desk: Desk, province: Province, **body: Any) -> Any:  # noqa: ANN401 - the answer of the client
    stated = {"first_day": "2026-03-11", "last_day": "2026-03-11", "reason": "停电", **body}
    return desk.send(f"/instruments/{province.instrument}/closures", stated, desk.manager(province))


def series(desk: Desk, province: Province, path: str = "/series", **body: Any) -> Any:  # noqa: ANN401
    stated = {
        "resource_id": str(province.instrument),
        "purpose": province.purpose,
        "first": FIRST,
        "pattern": WEEKLY,
        **body,
    }
    return desk.send(path, stated, desk.customer(province))


def test_an_answer_given_again_says_why_times_were_left_out_in_the_language_of_its_reader(
    desk: Desk, province: Province
) -> None:
    close(desk, province)
    stated = {"resource_id": str(province.instrument), "purpose": province.purpose, "first": FIRST, "pattern": WEEKLY}
    for language, word in (("zh", "停止开放"), ("en", "Closed from")):
        headers = {"Idempotency-Key": "series-1", "Accept-Language": language}
        answer = desk.send("/series", stated | {"at_conflict": "skip"}, desk.customer(province), **headers)
        [left_out] = answer.json()["data"]["skipped"]
        assert (left_out["why"][0]["code"], word in left_out["why"][0]["message"]) == ("reservations.closed", True)


def test_a_closure_is_public_and_refused_requests_name_it_in_words(desk: Desk, province: Province) -> None:
    assert close(desk, province).status_code == 200
    desk.project()
    (shown,) = desk.read(f"/instruments/{province.instrument}/closures", jurisdiction="jiangsu").json()["items"]
    assert (shown["level"], shown["reason"], shown["spans"][0]["from"][:19]) == (
        "instrument",
        "停电",
        "2026-03-11T00:00:00",
    )
    span = {"start": "2026-03-11T09:00:00+08:00", "end": "2026-03-11T11:00:00+08:00"}
    refused = desk.send("/reservations", wish(province) | {"span": span}, desk.customer(province))
    (violation,) = refused.json()["violations"]
    assert (refused.status_code, violation["code"]) == (422, "reservations.closed")
    assert "停电" in violation["message"]
    assert violation["citation"]["article"] == "JS 15"


def test_whom_it_would_hit_is_for_the_unit_alone(desk: Desk, province: Province) -> None:
    made = desk.send("/reservations", wish(province), desk.customer(province)).json()
    desk.project()
    path, day = f"/instruments/{province.instrument}/maintenances/hits", {"from": "2026-03-04", "to": "2026-03-05"}
    found = desk.read(path, desk.manager(province), **day).json()
    assert [each["reservation"] for each in found["items"]] == [made["id"]]
    of_unit = desk.read(f"/units/{province.unit}/closures/hits", desk.manager(province), **day).json()
    assert [each["reservation"] for each in of_unit["items"]] == [made["id"]]
    assert desk.read(path, desk.customer(province), **day).status_code == 403
    stranger = desk.bearer(Role.MANAGING_UNIT, unit=province.user)
    assert desk.read(path, stranger, **day).status_code == 404
    assert desk.read(path, desk.manager(province), lanes="two", **day).status_code == 422


def test_a_series_is_tried_booked_shown_and_cancelled(desk: Desk, province: Province) -> None:
    close(desk, province)
    tried = series(desk, province, "/series/check").json()
    assert (tried["accepted"], tried["books"], tried["conflicts"]) == (False, 2, 1)
    assert tried["items"][1]["why"][0]["code"] == "reservations.closed"
    stopped = series(desk, province)
    assert stopped.status_code == 422
    assert [each["field"] for each in stopped.json()["violations"]] == ["occurrences.2"]
    booked = series(desk, province, at_conflict="skip")
    assert booked.status_code == 201, booked.text
    [left_out] = booked.json()["data"]["skipped"]
    assert left_out["why"] == tried["items"][1]["why"]
    assert "停电" in left_out["why"][0]["message"]
    desk.project()
    shown = desk.read(f"/series/{booked.json()['id']}", desk.customer(province)).json()
    assert [each["state"] for each in shown["reservations"]] == ["confirmed"] * 2
    assert [each["codes"] for each in shown["skipped"]] == [["reservations.closed"]]
    assert [each["id"] for each in desk.read("/series", desk.manager(province)).json()["items"]] == [shown["id"]]
    assert desk.read("/series", desk.bearer(Role.USER)).json()["items"] == []
    assert desk.read(f"/series/{shown['id']}", desk.bearer(Role.USER)).status_code == 404
    ended = desk.send(f"/series/{shown['id']}/cancellation", {"reason": "结题"}, desk.customer(province))
    assert len(ended.json()["data"]["cancelled"]) == 2
    desk.project()
    after = desk.read(f"/series/{shown['id']}", desk.customer(province)).json()
    assert [each["state"] for each in after["reservations"]] == ["cancelled"] * 2


def test_series_that_have_no_end_or_name_no_zone_say_what_to_do(desk: Desk, province: Province) -> None:
    endless = series(desk, province, pattern={"frequency": "daily"}).json()["violations"]
    assert endless[0]["code"] == "reservations.series_without_end"
    assert series(desk, province, zone="Mars/Olympus").json()["violations"][0]["code"] == "reservations.zone_unknown"
    assert series(desk, province, "/series/check", zone="../etc/passwd").status_code == 422
    berlin = {"start": "2026-03-29T02:30:00", "end": "2026-03-29T03:30:00"}
    gone = series(desk, province, first=berlin, zone="Europe/Berlin").json()["violations"][0]
    assert (gone["code"], gone["field"]) == ("reservations.time_does_not_exist", "first.start")


def test_times_in_answers_are_on_the_shanghai_clock(desk: Desk, province: Province) -> None:
    tried = series(desk, province, "/series/check").json()["items"]
    booked = series(desk, province).json()
    close(desk, province)
    desk.project()
    shown = desk.read(f"/series/{booked['id']}", desk.customer(province)).json()["booked"]
    (closed,) = desk.read(f"/instruments/{province.instrument}/closures", jurisdiction="jiangsu").json()["items"]
    told = [each["start"] for each in [*tried, *booked["data"]["booked"]]]
    told += [each["span"]["start"] for each in shown] + [each["from"] for each in closed["spans"]]
    assert told
    assert {each[-6:] for each in told} == {"+08:00"}


def test_a_month_tells_what_is_free_and_ones_own_alone(desk: Desk, province: Province) -> None:
    desk.send("/reservations", wish(province), desk.customer(province))
    close(desk, province)
    desk.project()
    path = f"/instruments/{province.instrument}/availability"
    mine = desk.read(path, desk.customer(province), month="2026-03").json()
    public = desk.read(path, jurisdiction="jiangsu", month="2026-03").json()
    states = [{each["state"] for each in answer["items"]} for answer in (mine, public)]
    assert states == [{"free", "mine", "closed"}, {"free", "taken", "closed"}]
    (taken,) = [each for each in public["items"] if each["state"] == "taken"]
    assert set(taken) == {"state", "from", "to", "free_lanes"}
    for wrong in ("2026-13", "2026-3", "202603", "March"):
        refused = desk.read(path, jurisdiction="jiangsu", month=wrong)
        assert refused.status_code == 422
        assert "2026-03" in refused.json()["violations"][0]["message"]


def test_the_accessories_of_an_instrument_show_what_is_taken(desk: Desk, province: Province) -> None:
    rules = {"rules": {"accessories": [{"name": "样品杆", "quantity": 2}]}}
    desk.send(f"/instruments/{province.instrument}/house-rules", rules, desk.manager(province))
    made = desk.send("/reservations", wish(province) | {"accessories": ["样品杆"]}, desk.customer(province)).json()
    desk.project()
    path, day = f"/instruments/{province.instrument}/accessories", {"from": "2026-03-04", "to": "2026-03-05"}
    (rod,) = desk.read(path, jurisdiction="jiangsu", **day).json()["items"]
    assert (rod["name"], rod["quantity"], [each["piece"] for each in rod["taken"]]) == ("样品杆", 2, [1])
    cancel = {"reason": "延误"}
    desk.send(f"/reservations/{made['id']}/cancellation", cancel, desk.customer(province))
    desk.project()
    assert desk.read(path, jurisdiction="jiangsu", **day).json()["items"][0]["taken"] == []
