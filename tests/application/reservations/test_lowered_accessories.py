# SPDX-License-Identifier: Apache-2.0
"""Fewer pieces of an accessory: who goes short is listed and told, and nobody new gets a piece that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.errors import DomainError
from tests.application.reservations.house import publish, publish_for_unit
from tests.application.reservations.lab import Lab, tick
from tests.application.reservations.province import Province, at, opening, span

if TYPE_CHECKING:
    from uuid import UUID

    from application.command import Result

ROD = ("样品杆",)


@pytest.fixture
def home(province: Province) -> Province:
    province.add(province.resource, opening(2, capacity=3, confirmation="automatic"))
    return province


def rods(quantity: int) -> list[dict[str, Any]]:
    return [{"name": "样品杆", "quantity": quantity}]


def listed(result: Result) -> list[tuple[str, int]]:
    found: Any = result.data["exceeding"]
    return [(each["reservation"], each["quantity"]) for each in found]


def told(home: Province, user: UUID) -> int:
    tick(home, at(13, day=2))
    with home.home.database.reading() as cursor:
        rows = cursor.execute(
            "SELECT count(*) FROM notices WHERE kind = 'accessory_short' AND addressee = %s", (user,)
        ).fetchall()
    return int(rows[0][0])


def test_the_instrument_lowers_it(home: Province) -> None:
    publish(home, accessories=rods(2))
    member = Lab(home).member
    first = home.ask(accessories=ROD)
    second = home.ask(member, span=span(10, 12), accessories=ROD)
    alone = home.ask(member, span=span(13, 14), accessories=ROD)
    lowered = publish(home, at(9, day=2), accessories=rods(1))
    assert listed(lowered) == [(str(second.id), 1)]
    assert {home.state(each.id).state for each in (first, second, alone)} == {"confirmed"}, "they stand"
    assert (told(home, home.client), told(home, member.user)) == (0, 1)
    gone = publish(home, at(10, day=2))
    assert [each for each, _ in listed(gone)] == [str(each.id) for each in (first, second, alone)]


def test_the_unit_lowers_it_for_instruments_that_say_nothing_themselves(home: Province) -> None:
    publish_for_unit(home, accessories=rods(2))
    home.ask(accessories=ROD)
    second = home.ask(home.individual, span=span(10, 12), accessories=ROD)
    tick(home, at(8, day=2))
    assert listed(publish_for_unit(home, at(9, day=2), accessories=rods(1))) == [(str(second.id), 1)]
    publish(home, at(10, day=2), accessories=rods(2))
    assert listed(publish_for_unit(home, at(11, day=2))) == [], "the instrument states its own"


def test_a_piece_that_is_there_no_more_counts_while_it_is_held(home: Province) -> None:
    """The second piece is held, the first was given back: of one that is left nobody else gets it."""
    publish(home, accessories=rods(2))
    home.ask(accessories=ROD, span=span(8, 9))
    home.ask(home.individual, span=span(8, 10), accessories=ROD)
    publish(home, at(9, day=2), accessories=rods(1))
    with pytest.raises(DomainError, match="accessory_taken"):
        home.ask(span=span(9, 10), accessories=ROD)
    assert home.ask(span=span(10, 11), accessories=ROD).data["state"] == "confirmed"
