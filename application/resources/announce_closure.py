# SPDX-License-Identifier: Apache-2.0
"""Announce closed time of a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result
from application.resources.closing import ClosingCommand, carried_out
from application.resources.displacing import used_in
from application.resources.permits import held
from application.work import Work
from domain.resources import closing


class AnnounceClosure(ClosingCommand):
    """Close lanes of an instrument for a time, by default all of them: requests made after it are refused there.

    Reservations made before stand (`keep`), or are cancelled by the provider in the same commit (`cancel`); the answer
    lists them, and their users are told. Closed time is no open time, also in utilisation.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "first_day": "2026-07-13",
                "last_day": "2026-07-17",
                "reason": "实验室搬迁",
            }
        }
    )

    resource: UUID
    lanes: tuple[int, ...] | None = None


def announce_closure(command: AnnounceClosure, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, what `closing.announce_closure`, `closed_time` and `carried_out` raise."""
    found, time, closure = held(work, command.resource), command.time(work), work.new_id()
    hits = used_in(work, found, time.spans, command.lanes)
    events = closing.announce_closure(
        found.state,
        closure=closure,
        time=time,
        lanes=command.lanes,
        reason=command.reason,
        hit=carried_out(work, hits, command.displace, reason=command.reason),
        edition=work.edition(),
        now=work.now,
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"closure": str(closure), "calendar": time.calendar, "hits": hits.told})
