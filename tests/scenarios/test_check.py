# SPDX-License-Identifier: Apache-2.0
"""A check that tells of vouchers, and of other instruments where this one has no time for the wish."""

from typing import Any

import pytest

from tests.api.desk import Desk, Province, publish_instrument, wish
from tests.scenarios.bookings import Bookings

QUOTA = {"name": "每周机时", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 60}


@pytest.fixture
def bookings(desk: Desk, province: Province) -> Bookings:
    """A customer and the unit that serves them."""
    return Bookings(desk, province)


def check(bookings: Bookings, headers: dict[str, str], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    body = wish(bookings.province, **changes)
    answer = bookings.desk.client.post("/api/v1/reservations/check", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_check_tells_what_each_voucher_would_carry_and_the_request_then_keeps_it(bookings: Bookings) -> None:
    grant = bookings.voucher()
    bookings.desk.project()
    unnamed, named = check(bookings, bookings.user), check(bookings, bookings.user, voucher_grant_id=grant)
    total = unnamed["quote"]["total_fen"]
    for found, chosen in ((unnamed, False), (named, True)):
        [voucher] = found["vouchers"]
        assert (voucher["voucher_grant_id"], voucher["named"]) == (grant, chosen)
        assert (voucher["amount_fen"], voucher["left_fen"]) == (total * 3 // 10, 50_000)
        assert voucher["remaining_fen"] == total - voucher["amount_fen"]
        assert found["remaining_fen"] == (voucher["remaining_fen"] if chosen else total)
        assert voucher["words"]
    made = bookings.post("/reservations", wish(bookings.province, voucher_grant_id=grant), bookings.user)
    assert made["data"]["quote_fen"] == total


def test_a_check_tells_the_unit_nothing_of_a_users_vouchers(bookings: Bookings) -> None:
    grant = bookings.voucher()
    bookings.desk.project()
    asked = {"on_behalf_of": str(bookings.province.user)}
    assert check(bookings, bookings.manager, **asked)["vouchers"] == []
    [named] = check(bookings, bookings.manager, **asked, voucher_grant_id=grant)["vouchers"]
    assert named["left_fen"] is None


def test_where_no_time_would_do_another_instrument_of_the_class_is_named_and_takes_the_request(
    bookings: Bookings,
) -> None:
    place = bookings.province
    rules = f"/instruments/{place.instrument}/house-rules"
    bookings.post(rules, {"rules": {"quotas": [QUOTA]}}, bookings.manager)
    assert check(bookings, bookings.user)["elsewhere"] == []
    other = str(publish_instrument(bookings.desk, place.unit, "JS-U01-2"))
    bookings.desk.project()
    found = check(bookings, bookings.user)
    assert (found["accepted"], found["nearest"]["slots"]) == (False, [])
    [elsewhere] = found["elsewhere"]
    assert elsewhere["instrument"]["id"] == other
    body = {**wish(place), "resource_id": other, "span": elsewhere["span"]}
    assert bookings.post("/reservations", body, bookings.user)["data"]["state"] == "confirmed"
