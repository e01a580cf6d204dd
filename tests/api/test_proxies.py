# SPDX-License-Identifier: Apache-2.0
"""Proxies read what they may act on: where they are appointed, as long as they are, and nothing else of the user's."""

from typing import Any
from uuid import UUID

import pytest

from application.parties.register_user import RegisterUser
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, at, publish_instrument, wish

Headers = dict[str, str]


@pytest.fixture
def colleague(desk: Desk, province: Province) -> UUID:
    return desk.system(RegisterUser(name="代约人", user_kind="enterprise", legal_person=province.customer)).id


@pytest.fixture
def proxy(desk: Desk, province: Province, colleague: UUID) -> Headers:
    return desk.bearer(Role.USER, user=colleague, organisation=province.customer)


@pytest.fixture
def booked(desk: Desk, province: Province) -> str:
    made = desk.send("/reservations", wish(province), desk.customer(province)).json()
    desk.project()
    return str(made["id"])


def appoint(desk: Desk, province: Province, colleague: UUID, **place: str) -> None:
    body = {"proxy": str(colleague), "until": "2026-03-03T12:00:00+08:00", **place}
    answer = desk.send(f"/users/{province.user}/proxies", body, desk.customer(province))
    assert answer.status_code == 200, answer.text
    desk.project()


def seen(desk: Desk, province: Province, proxy: Headers, booked: str) -> tuple[int, int, Any]:
    """The status of the reservation and of its explanation, and what the list of the user's shows."""
    one, why = (desk.read(f"/reservations/{booked}{path}", proxy).status_code for path in ("", "/explanation"))
    listed = desk.read("/reservations", proxy, user=str(province.user))
    ids = [row["id"] for row in listed.json()["items"]] if listed.status_code == 200 else listed.status_code
    return one, why, ids


def test_a_colleague_who_is_no_proxy_sees_nothing(desk: Desk, province: Province, proxy: Headers, booked: str) -> None:
    assert seen(desk, province, proxy, booked) == (404, 404, 403)


@pytest.mark.parametrize("place", [{}, {"unit": "unit"}, {"resource": "instrument"}])
def test_a_proxy_sees_what_it_may_move(
    desk: Desk, province: Province, colleague: UUID, proxy: Headers, booked: str, place: dict[str, str]
) -> None:
    appoint(desk, province, colleague, **{name: str(getattr(province, of)) for name, of in place.items()})
    assert seen(desk, province, proxy, booked) == (200, 200, [booked])
    assert desk.read("/reservations", proxy).json()["items"] == []  # one's own, where nobody is named
    desk.platform.clock.now = at(3, 12)  # type: ignore[attr-defined]
    assert seen(desk, province, proxy, booked) == (404, 404, 403)


def test_a_proxy_for_another_instrument_sees_nothing_of_this_one(
    desk: Desk, province: Province, colleague: UUID, proxy: Headers, booked: str
) -> None:
    other = publish_instrument(desk, province.unit, number="JS-U01-2")
    appoint(desk, province, colleague, resource=str(other))
    assert seen(desk, province, proxy, booked) == (404, 404, [])


def test_whoever_works_elsewhere_now_acts_and_sees_no_more(
    desk: Desk, province: Province, colleague: UUID, booked: str
) -> None:
    appoint(desk, province, colleague)
    gone = desk.bearer(Role.USER, user=colleague, organisation=province.provider)
    assert seen(desk, province, gone, booked) == (404, 404, 403)


def test_a_proxy_who_looked_at_an_old_version_is_told_what_it_may_read(
    desk: Desk, province: Province, colleague: UUID, proxy: Headers, booked: str
) -> None:
    appoint(desk, province, colleague)
    path, body = f"/reservations/{booked}/cancellation", {"reason": "样品尚未制备完成"}
    for reader, place in ((proxy, f"/api/v1/reservations/{booked}"), (desk.customer(province), "/api/v1/streams/")):
        stale = desk.send(path, body, reader, **{"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["code"]) == (412, "application.precondition_failed")
        [violation] = stale.json()["violations"]
        see = violation["parameters"]["see"]
        assert see.startswith(place)
        assert f"GET {see}" in stale.json()["detail"]
        where, _, since = see.removeprefix("/api/v1").partition("?since=")
        assert desk.read(where, reader, **({"since": since} if since else {})).status_code == 200
