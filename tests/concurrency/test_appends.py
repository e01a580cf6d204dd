# SPDX-License-Identifier: Apache-2.0
"""Writers that meet in the database wait for one another; none is ever chosen as the victim of a deadlock."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import accumulate
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from application.errors import QuotaExhausted
from domain.kernel.claims import Claim, Draw, HoldSlot, OpenAccount
from infrastructure.bootstrap import Platform
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder
from tests.concurrency.crowd import LIMIT_SECONDS, rush
from tests.fixtures import NOON

WRITERS, ROUNDS = 4, 250


@pytest.fixture(params=["single", "split"])
def recorder(platform: Platform, request: pytest.FixtureRequest) -> PostgresRecorder:
    database = platform.jurisdictions["jiangsu"].database
    return PostgresRecorder(database, lock_inside=request.param == "single")


def test_equal_slots_in_the_same_instant_never_deadlock(recorder: PostgresRecorder) -> None:
    """Two in-progress rows of a plain exclusion constraint would wait for each other for a whole second."""
    resources = [uuid4() for _ in range(ROUNDS)]
    together = Barrier(WRITERS)

    def writer() -> Counter[str]:
        found: Counter[str] = Counter()
        for resource in resources:
            together.wait(LIMIT_SECONDS)
            try:
                hold(recorder, resource)
            except Exception as error:  # noqa: BLE001 - which errors there are is what is asked
                found[type(error).__name__] += 1
        return found

    outcome = rush([writer] * WRITERS)
    assert sum(outcome.results, Counter()) == {"SlotTaken": (WRITERS - 1) * ROUNDS}


def test_all_lanes_at_once_never_deadlock(recorder: PostgresRecorder) -> None:
    """Maintenance holds every lane in one append, in the order of the lanes."""
    for _ in range(10):
        outcome = rush([partial(hold, recorder, uuid4(), 1, 2, 3, 4)] * WRITERS)
        assert outcome.refused == {"reservation.slot_taken": WRITERS - 1}


WANTED = 60


def hold(recorder: PostgresRecorder, resource: UUID, *lanes: int) -> None:
    claims = [HoldSlot(uuid4(), resource, lane, NOON, NOON + timedelta(hours=1)) for lane in lanes or (1,)]
    append(recorder, *claims)


def test_positions_follow_the_order_in_which_claims_took_effect(recorder: PostgresRecorder) -> None:
    """Drawing and giving back at once: folded by position, as `verify` does, the account never leaves its bounds."""
    account, cap = f"grant:{uuid4()}", 100
    append(recorder, OpenAccount(account, cap), Draw(account, 80))  # one of the four fits at every level
    drawn: dict[int, int] = {}

    def writer(amount: int) -> None:
        while len(drawn) < WANTED:
            with suppress(QuotaExhausted):
                drawn[append(recorder, Draw(account, amount))] = amount

    rush([partial(writer, amount) for amount in (70, -70, 30, -30)])
    standing = list(accumulate((drawn[position] for position in sorted(drawn)), initial=80))
    assert len(standing) > WANTED
    assert 0 <= min(standing) <= max(standing) <= cap


def append(recorder: PostgresRecorder, *claims: Claim) -> int:
    event = StoredEvent(uuid4(), 1, "test.Happened", b"{}")
    return recorder.insert_events([event], claims=claims, command=CommandRow(uuid4(), "hash", "{}"))[-1]
