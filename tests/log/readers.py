# SPDX-License-Identifier: Apache-2.0
"""Readers of the tail in threads: the product's subscription, the product's projector, and a naive one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

from application.errors import Unavailable
from domain.kernel.event import Recorded
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.event_store.subscription import TailSubscription
from projections.readmodel import ReadModel, Rows, Table
from tests.log.waiting import LIMIT_SECONDS

Seen = list[tuple[int, float]]
"""Positions in the order they came, each with its time on the monotonic clock."""


@contextmanager
def subscribed(recorder: PostgresRecorder) -> Iterator[Seen]:
    """The product's subscription from the first event on; during an outage it goes on asking."""
    feed = TailSubscription(recorder, gt=0)

    def read(seen: Seen, stop: Signal) -> None:
        while not stop.is_set():
            try:
                seen.extend((notification.id, time.monotonic()) for notification in feed)
            except Unavailable:
                stop.wait(0.05)

    with _reading(read, feed.stop) as seen:
        yield seen


@contextmanager
def naive(recorder: PostgresRecorder) -> Iterator[Seen]:
    """What one would write first: go on from the highest position seen, without a barrier."""

    def read(seen: Seen, stop: Signal) -> None:
        last = 0
        while not stop.wait(0.005):
            try:
                found = recorder.select_notifications(last, 500, inclusive_of_start=False)
            except Unavailable:
                continue
            seen.extend((notification.id, time.monotonic()) for notification in found)
            last = found[-1].id if found else last

    with _reading(read, lambda: None) as seen:
        yield seen


@contextmanager
def _reading(read: Callable[[Seen, Signal], None], halt: Callable[[], None]) -> Iterator[Seen]:
    seen: Seen = []
    broken: list[Exception] = []
    stop = Signal()

    def run() -> None:
        try:
            read(seen, stop)
        except Exception as error:  # noqa: BLE001 - whatever breaks a reader is shown
            broken.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        halt()
        thread.join(LIMIT_SECONDS)
    assert not broken
    assert not thread.is_alive()


SIGHTINGS = Table(
    "sightings", ("position",), {"position": "bigint", "times": "bigint", "place": "bigint"}, ("(place)",)
)
LAST = Table("last_sighting", ("only",), {"only": "bigint", "position": "bigint", "place": "bigint"})


def _sight(event: Recorded, rows: Rows) -> None:
    last = rows.get(LAST, 1) or {"only": 1, "position": 0, "place": 0}
    if event.position <= last["position"]:
        raise ArithmeticError(f"{event.position} comes after {last['position']}")
    place = last["place"] + 1
    rows.put(LAST, {"only": 1, "position": event.position, "place": place})
    rows.add(SIGHTINGS, event.position, times=1, place=place)


SIGHTED = ReadModel("sighted", (SIGHTINGS, LAST), _sight)
"""Writes down each event that the projector brings, and how often; breaks where one comes out of order."""
