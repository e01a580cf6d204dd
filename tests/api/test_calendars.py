# SPDX-License-Identifier: Apache-2.0
"""Feeds as a calendar program reads them, judged by the `icalendar` library and by the rules of RFC 5545."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from httpx2 import Response
from icalendar import Calendar, Event

from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.deactivate_user import DeactivateUser
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Role
from infrastructure.identity.sources import SetClock
from tests.api.desk import Desk, Province, wish
from tests.fixtures import NOON

LATER = {"start": "2026-03-05T13:00:00+08:00", "end": "2026-03-05T15:00:00+08:00"}
SECRETS = count(1)


def subscribed(desk: Desk, headers: dict[str, str], scope: str, of: UUID | None = None, **more: str) -> tuple[str, str]:
    """The secret of a new feed, and the feed's id."""
    secret = f"{desk.name}.feed-{next(SECRETS)}"
    body: dict[str, Any] = {"scope": scope, "token_hash": hashlib.sha256(secret.encode()).hexdigest(), **more}
    if of is not None:
        body["of"] = str(of)
    answer = desk.send("/calendar-feeds", body, headers)
    assert answer.status_code == 201, answer.text
    desk.project()
    return secret, answer.json()["id"]


def fetched(desk: Desk, secret: str, **headers: str) -> Response:
    return desk.client.get(f"/api/v1/calendars/{secret}.ics", headers=headers)


def events(desk: Desk, secret: str) -> list[Any]:
    answer = fetched(desk, secret)
    assert answer.status_code == 200, answer.text
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def reserve(desk: Desk, province: Province) -> str:
    answer = desk.send("/reservations", wish(province), desk.customer(province))
    assert answer.status_code == 201, answer.text
    desk.project()
    return str(answer.json()["id"])


def test_a_feed_is_text_that_any_calendar_program_reads(desk: Desk, province: Province) -> None:
    reserve(desk, province)
    secret, _ = subscribed(desk, desk.customer(province), "person")
    answer = fetched(desk, secret)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(answer.content)
    assert (str(calendar["VERSION"]), str(calendar["PRODID"])) == ("2.0", "-//Tongchou//Tongchou//ZH")
    (zone,) = calendar.walk("VTIMEZONE")
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert event["DTSTART"].params["TZID"] == str(zone["TZID"]) == "Asia/Shanghai"
    assert event.start.utcoffset() == timedelta(hours=8)
    assert (event.start.hour, event.end.hour, str(event["STATUS"]), event["SEQUENCE"]) == (9, 11, "CONFIRMED", 1)
    assert event.DTSTAMP == NOON


def test_a_move_and_a_cancellation_update_the_same_entry(desk: Desk, province: Province) -> None:
    reservation = reserve(desk, province)
    secret, _ = subscribed(desk, desk.customer(province), "person")
    (first,) = events(desk, secret)
    moved = desk.send(
        f"/reservations/{reservation}/move",
        {"span": LATER, "reason": "样品晚到", "consent": "电话确认"},
        desk.customer(province),
    )
    assert moved.status_code == 200, moved.text
    desk.project()
    (second,) = events(desk, secret)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second.start.day == 5
    cancelled = desk.send(f"/reservations/{reservation}/cancellation", {"reason": "不做了"}, desk.customer(province))
    assert cancelled.status_code == 200
    desk.project()
    (third,) = events(desk, secret)
    assert (third["UID"], str(third["STATUS"])) == (first["UID"], "CANCELLED")
    assert third["SEQUENCE"] > second["SEQUENCE"]
    clock = desk.platform.clock
    assert isinstance(clock, SetClock)
    clock.now = NOON + timedelta(days=29, hours=23)
    assert len(events(desk, secret)) == 1
    clock.now = NOON + timedelta(days=30)
    assert events(desk, secret) == []


def test_what_has_not_changed_is_not_sent_again(desk: Desk, province: Province) -> None:
    reservation = reserve(desk, province)
    secret, _ = subscribed(desk, desk.customer(province), "person")
    first = fetched(desk, secret)
    assert fetched(desk, secret).content == first.content
    again = fetched(desk, secret, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    desk.send(f"/reservations/{reservation}/cancellation", {"reason": "不做了"}, desk.customer(province))
    desk.project()
    assert fetched(desk, secret, **{"If-None-Match": first.headers["etag"]}).status_code == 200


def test_third_parties_see_that_an_instrument_is_busy_and_nothing_more(desk: Desk, province: Province) -> None:
    reservation = reserve(desk, province)
    other = desk.system(RegisterUser(name="路人", user_kind="individual")).id
    stranger, _ = subscribed(desk, desk.bearer(Role.USER, user=other), "instrument", province.instrument, language="en")
    text = fetched(desk, stranger).text
    (event,) = events(desk, stranger)
    assert str(event["SUMMARY"]) == "busy"
    assert not any(str(known) in text for known in (reservation, province.user, province.customer))
    mine, _ = subscribed(desk, desk.customer(province), "instrument", province.instrument)
    assert str(events(desk, mine)[0]["UID"]).startswith(reservation)
    staff, _ = subscribed(desk, desk.manager(province), "instrument", province.instrument)
    assert "预约" in str(events(desk, staff)[0]["SUMMARY"])
    assert str(province.user) not in fetched(desk, staff).text


def test_a_units_feed_is_for_its_staff_as_long_as_they_are(desk: Desk, province: Province) -> None:
    reserve(desk, province)
    body = {"scope": "unit", "of": str(province.unit), "token_hash": "b" * 64}
    assert desk.send("/calendar-feeds", body, desk.customer(province)).status_code == 403
    secret, _ = subscribed(desk, desk.manager(province), "unit", province.unit)
    assert len(events(desk, secret)) == 1
    leaves = ChangeUserAffiliation(user=province.manager, user_kind="individual", reason="离职")
    desk.system(leaves)
    desk.project()
    assert fetched(desk, secret).status_code == 404


def test_a_feed_of_somebody_who_left_answers_no_more(desk: Desk, province: Province) -> None:
    secret, _ = subscribed(desk, desk.customer(province), "person")
    assert fetched(desk, secret).status_code == 200
    desk.system(DeactivateUser(user=province.user, reason="离职"))
    desk.project()
    assert fetched(desk, secret).status_code == 404


def test_a_feed_taken_back_answers_no_more_at_once(desk: Desk, province: Province) -> None:
    secret, feed = subscribed(desk, desk.customer(province), "person")
    etag = fetched(desk, secret).headers["etag"]
    path = f"/calendar-feeds/{feed}/revocation"
    assert desk.send(path, {"reason": "x"}, desk.bearer(Role.USER)).status_code == 404
    assert desk.send(path, {"reason": "外泄"}, desk.customer(province)).status_code == 200
    assert fetched(desk, secret).status_code == 404
    assert fetched(desk, secret, **{"If-None-Match": etag}).status_code == 404
    assert desk.send(path, {"reason": "外泄"}, desk.customer(province)).json()["code"] == "calendars.revoked_already"
    assert secret.partition(".")[2] not in fetched(desk, secret).text


@pytest.mark.parametrize("secret", ["jiangsu.unknown", "nowhere.x", "x", "jiangsu." + "y" * 300, "%00", "jiangsu.%2e"])
def test_a_secret_that_opens_nothing_says_nothing(desk: Desk, secret: str) -> None:
    assert fetched(desk, secret).status_code == 404


def test_feeds_are_listed_for_their_owner_without_secrets(desk: Desk, province: Province) -> None:
    secret, feed = subscribed(desk, desk.customer(province), "person")
    items = desk.read("/calendar-feeds", desk.customer(province)).json()["items"]
    assert [item["id"] for item in items] == [feed]
    assert hashlib.sha256(secret.encode()).hexdigest() not in str(items)
    assert desk.read("/calendar-feeds", desk.bearer(Role.USER)).json()["items"] == []
    assert desk.read(f"/calendar-feeds/{feed}", desk.bearer(Role.USER)).status_code == 404


def test_nobody_subscribes_to_the_calendar_of_another_person(desk: Desk, province: Province) -> None:
    body = {"scope": "person", "of": str(province.manager), "token_hash": "c" * 64}
    assert desk.send("/calendar-feeds", body, desk.customer(province)).json()["code"] == "calendars.person_of_another"
