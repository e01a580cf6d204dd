# SPDX-License-Identifier: Apache-2.0
"""A process that lives in another time zone, and what it makes of one request."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from application.bus import Request
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.request_reservation import RequestReservation
from domain.kernel.errors import DomainError
from domain.kernel.time import Span, midnight
from infrastructure.bootstrap import open_platform
from infrastructure.identity.sources import SetClock
from tests.fixtures import NOON
from tests.log.writers import PROCESSES

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from uuid import UUID

    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.settings import Settings

LIMIT_SECONDS = 60
FIRST_OF_APRIL = Span(
    start=midnight(date(2026, 4, 1)) + timedelta(hours=8), end=midnight(date(2026, 4, 1)) + timedelta(hours=10)
)
"""Wednesday in Shanghai from eight on: midnight in UTC, and still Tuesday, the last of March, in New York."""
TOO_EARLY = Span(start=FIRST_OF_APRIL.start - timedelta(minutes=30), end=FIRST_OF_APRIL.start + timedelta(hours=1))


def told_under(zone: str, platform: Platform, actor: Actor, resource: UUID) -> dict[str, Any]:
    """What a server whose machine keeps the time of `zone` makes of a request; it gives the time back."""
    told: Queue[dict[str, Any]] = PROCESSES.Queue()
    process = PROCESSES.Process(target=_tell, args=(zone, platform.settings, actor, resource, told), daemon=True)
    process.start()
    found = told.get(timeout=LIMIT_SECONDS)
    process.join(LIMIT_SECONDS)
    return found


def _tell(zone: str, settings: Settings, actor: Actor, resource: UUID, told: Queue[dict[str, Any]]) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    assert settings.database_url is not None
    with open_platform(settings, settings.database_url, clock=SetClock(NOON)) as platform:
        home = platform.jurisdictions["jiangsu"]
        told.put({"offset_of_the_machine": time.timezone, **_made_of_it(home, actor, resource)})


def _made_of_it(home: Jurisdiction, actor: Actor, resource: UUID) -> dict[str, Any]:
    def do(command: Any) -> Any:  # noqa: ANN401 - a command and its result
        key = uuid4()
        return home.bus.execute(Request(command, actor, key, key))

    def request(span: Span) -> RequestReservation:
        return RequestReservation(resource_id=resource, span=span, purpose="scientific_research")

    asked = do(request(FIRST_OF_APRIL))
    with home.database.reading() as cursor:
        drawn = cursor.execute("SELECT account, used FROM account_claims WHERE used > 0 ORDER BY account").fetchall()
        held = cursor.execute("SELECT during::text FROM slot_claims WHERE holder = %s", (asked.id,)).fetchall()
    stored = [item.event.model_dump_json(include={"span", "held", "quote"}) for item in home.log.stream(asked.id)]
    do(CancelReservation(reservation_id=asked.id, reason="试验"))
    try:
        do(request(TOO_EARLY))
        early: Any = "taken in"
    except DomainError as refused:
        early = [(each.code, each.parameters) for each in refused.violations]
    return {"stored": stored, "drawn": drawn, "held": held, "quote": asked.data["quote_fen"], "too early": early}
