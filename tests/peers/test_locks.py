# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: a lock in the process, keyed by user instead of instrument, double-books even with one worker
(NEMO-CE in 30 of 30 races; LibreBooking#147, whose users are told to sleep for a random time).
"""

from collections import Counter
from functools import partial
from uuid import uuid4

from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor
from infrastructure.bootstrap import Platform
from tests.application.reservations.province import Province, opening, span
from tests.concurrency.crowd import customers, rush
from tests.peers.racing import DONE, Errand, race

RACES = 30
TAKEN = "reservation.slot_taken"


def wishes(province: Province, user: Actor) -> list[Errand]:
    """One hour on each of thirty mornings and afternoons to come."""
    times = [span(hour, hour + 1, day) for day in range(4, 4 + RACES // 3) for hour in (9, 11, 14)]
    return [
        Errand(RequestReservation(resource_id=province.resource, span=when, purpose="scientific_research"), user)
        for when in times
    ]


def held(province: Province) -> int:
    with province.home.database.reading() as cursor:
        found = cursor.execute("SELECT count(*) FROM slot_claims WHERE resource = %s", (province.resource,)).fetchone()
    return int(found[0]) if found else 0


def test_lock_keyed_by_user_two_users_in_two_processes_race_for_one_instrument_and_one_holds_it(
    province: Province, platform: Platform
) -> None:
    users = customers(province.home, 2, province.enterprise)
    outcomes = race(platform, [wishes(province, user) for user in users])
    assert [sorted(row) for row in outcomes] == [[DONE, TAKEN]] * RACES
    assert held(province) == RACES


def test_lock_keyed_by_user_one_user_in_two_processes_holds_it_once(province: Province, platform: Platform) -> None:
    """Two tabs of one person, on two servers."""
    (user,) = customers(province.home, 1, province.enterprise)
    outcomes = race(platform, [wishes(province, user)] * 2)
    assert [sorted(row) for row in outcomes] == [[DONE, TAKEN]] * RACES


def test_lock_keyed_by_user_threads_of_one_process_hold_it_once(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    crowd = customers(province.home, 20, province.enterprise)
    outcome = rush([partial(province.ask, user) for user in crowd])
    assert (len(outcome.results), outcome.refused) == (1, {TAKEN: 19})


def test_two_users_get_one_slot_LibreBooking_147_is_refused_by_the_database_itself(province: Province) -> None:
    """Whoever goes past all of our code is refused too: the constraint stands in the table."""
    asked = province.ask()
    with province.home.database.reading() as cursor:
        found = cursor.execute("SELECT resource, lane, during FROM slot_claims WHERE holder = %s", (asked.id,))
        resource, lane, during = found.fetchall()[0]
    refused = Counter[str]()
    with province.home.database.connect() as connection:
        try:
            connection.execute("INSERT INTO slot_claims VALUES (%s, %s, %s, %s)", (uuid4(), resource, lane, during))
        except Exception as error:  # noqa: BLE001 - its class is what is asked
            refused[type(error).__name__] += 1
    assert refused == {"ExclusionViolation": 1}
