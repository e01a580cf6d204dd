# SPDX-License-Identifier: Apache-2.0
"""An instrument that is scrapped or stands still: what becomes of the reservations, and who hears of it."""

from typing import Any

from tests.api.desk import Desk, Province, wish

THURSDAY = {"start": "2026-03-05T09:00:00+08:00", "end": "2026-03-05T11:00:00+08:00"}


def withdraw(desk: Desk, province: Province, **body: str) -> Any:  # noqa: ANN401 - the answer of the client
    stated = {"ground": "scrapped", "reason": "电子枪损坏，无法修复", **body}
    return desk.send(f"/instruments/{province.instrument}/withdrawal", stated, desk.manager(province))


def test_scrapping_names_who_is_in_the_way_or_cancels_them_and_tells_each(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    made = [
        desk.send("/reservations", wish(province), user),
        desk.send("/reservations", wish(province, span=THURSDAY), user),
    ]
    ids = {answer.json()["id"] for answer in made}
    refused = withdraw(desk, province)
    [violation] = refused.json()["violations"]
    assert (refused.status_code, violation["code"]) == (422, "resources.reservations_open")
    assert set(violation["parameters"]["reservations"].split(", ")) == ids
    assert "displace=cancel" in violation["message"]
    done = withdraw(desk, province, displace="cancel")
    assert {each["reservation"] for each in done.json()["data"]["cancelled"]} == ids, done.text
    desk.project()
    for reservation in ids:
        shown = desk.read(f"/reservations/{reservation}", user).json()
        assert (shown["state"], shown["ended_by"], shown["reason"]) == ("cancelled", "provider", "电子枪损坏，无法修复")
    told = [
        each["subject"]
        for each in desk.read("/me/notices", user).json()["items"]
        if each["kind"] == "reservation_cancelled"
    ]
    assert set(told) == ids
    assert desk.send("/reservations", wish(province), user).status_code == 422


def test_nothing_is_scrapped_twice(desk: Desk, province: Province) -> None:
    assert withdraw(desk, province).json()["data"] == {"cancelled": []}
    again = withdraw(desk, province, displace="cancel")
    assert (again.status_code, again.json()["code"]) == (409, "resources.wrong_state")


def test_whoever_booked_a_suspended_instrument_hears_of_it(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    made = desk.send("/reservations", wish(province), user).json()["id"]
    closing = {"ground": "fault", "reason": "真空泵故障"}
    assert (
        desk.send(f"/instruments/{province.instrument}/suspension", closing, desk.manager(province)).status_code == 200
    )
    desk.project()
    for language, words in (("zh", "暂停开放"), ("en", "closed for the time being")):
        items = desk.read("/me/notices", {**user, "Accept-Language": language}).json()["items"]
        [notice] = [each for each in items if each["kind"] == "instrument_suspended"]
        assert notice["subject"] == made
        assert words in notice["text"]
        assert "真空泵故障" in notice["text"]
