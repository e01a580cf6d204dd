# SPDX-License-Identifier: Apache-2.0
"""Many want the same time; the database lets as many have it as there is."""

from collections import Counter
from datetime import timedelta
from functools import partial
from itertools import pairwise
from threading import Event as Signal
from threading import Thread

import pytest

from application.command import Result
from domain.kernel.actor import Actor
from domain.kernel.time import Span
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from tests.application.reservations.province import Province, at, opening
from tests.concurrency.crowd import Rush, customers, rush

HALF_HOUR = timedelta(minutes=30)
SLOTS = [Span(start=at(8) + place * HALF_HOUR, end=at(8) + (place + 1) * HALF_HOUR) for place in range(20)]
"""The whole day of the microscope, from 08:00 to 18:00."""


def fight(province: Province, crowd: list[Actor], slots: list[Span]) -> Rush[Result]:
    """Each user asks for one slot, in turn; who gets it is known at once."""
    wishes = [partial(province.ask, user, span=slots[place % len(slots)]) for place, user in enumerate(crowd)]
    outcome = rush(wishes)
    print(f"\n{len(slots)} slots: {outcome}")  # noqa: T201 - the measured figures, shown with -s
    return outcome


def held(province: Province) -> Counter[tuple[object, ...]]:
    with province.home.database.reading() as cursor:
        return Counter(cursor.execute("SELECT resource, lane, during FROM slot_claims").fetchall())


@pytest.mark.parametrize("confirmation", ["manual", "automatic"])
def test_two_hundred_fight_for_twenty_slots(province: Province, confirmation: str) -> None:
    province.add(province.resource, opening(2, confirmation=confirmation))
    crowd = customers(province.home, 200, province.enterprise)
    outcome = fight(province, crowd, SLOTS)
    assert len(outcome.results) == 20
    assert outcome.refused == {"reservation.slot_taken": 180}
    assert len(held(province)) == 20


def test_two_hundred_fight_for_one_slot(province: Province) -> None:
    crowd = customers(province.home, 200, province.enterprise)
    outcome = fight(province, crowd, SLOTS[:1])
    assert len(outcome.results) == 1
    assert outcome.refused == {"reservation.slot_taken": 199}


def test_overlapping_wishes_never_share_a_minute(province: Province) -> None:
    """Each asks for an hour and a half; neighbours overlap by an hour."""
    crowd = customers(province.home, 72, province.enterprise)
    hours = [Span(start=slot.start, end=slot.start + 3 * HALF_HOUR) for slot in SLOTS[:18]]
    outcome = fight(province, crowd, hours)
    assert set(outcome.refused) == {"reservation.slot_taken"}
    taken = sorted((slot.start, slot.end) for slot in hours if _is_held(province, slot))
    assert len(taken) == len(outcome.results)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(taken))


def test_lanes_fill_up_exactly(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=3))
    crowd = customers(province.home, 40, province.enterprise)
    outcome = fight(province, crowd, SLOTS[:4])
    assert len(outcome.results) == 12
    assert outcome.refused == {"reservation.slot_taken": 28}
    lanes = Counter(lane for _, lane, _ in held(province))
    assert lanes == {1: 4, 2: 4, 3: 4}


def test_read_models_that_follow_a_fight_are_what_a_rebuild_makes(province: Province, platform: Platform) -> None:
    stop, projector = Signal(), province.home.projector()
    following = Thread(target=projector.run, args=(stop,))
    following.start()
    try:
        fight(province, customers(province.home, 100, province.enterprise), SLOTS)
    finally:
        stop.set()
        following.join()
    projector = province.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    report = verify(platform)
    assert report.ok, report.as_dict()


def _is_held(province: Province, slot: Span) -> bool:
    with province.home.database.reading() as cursor:
        found = cursor.execute(
            "SELECT FROM slot_claims WHERE lower(during) = %s AND upper(during) = %s", (slot.start, slot.end)
        )
        return found.rowcount == 1
