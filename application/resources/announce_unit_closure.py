# SPDX-License-Identifier: Apache-2.0
"""Announce closed time of a whole unit."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result
from application.guards import own_unit
from application.resources.closing import ClosingCommand, carried_out
from application.resources.displacing import Hits
from application.work import Work
from domain.parties import closing
from domain.parties.unit import UNIT
from domain.policy.closing import ClosedTime
from domain.reservations.reservation import RESERVATION

OPEN = ("requested", "confirmed", "in_use")


class AnnounceUnitClosure(ClosingCommand):
    """Close all instruments of a unit for a time: requests made after it are refused there.

    Reservations made before stand (`keep`), or are cancelled by the provider in the same commit (`cancel`); the answer
    lists them, and their users are told. Days of rest are those of the working-day calendar of today, whose version is
    kept with the closure. Closed time is no open time, also in utilisation.
    """

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "first_day": "2026-04-01",
                "last_day": "2026-12-31",
                "closed_on": "holidays",
                "reason": "法定节假日",
            }
        }
    )

    unit: UUID


def announce_unit_closure(command: AnnounceUnitClosure, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, what `announce_unit_closure`, `closed_time` and `carried_out` raise."""
    own_unit(work, command.unit)
    found, time, closure = work.load(UNIT, command.unit), command.time(work), work.new_id()
    hits = _hits(work, command.unit, time)
    events = closing.announce_unit_closure(
        found.state,
        closure=closure,
        time=time,
        reason=command.reason,
        hit=carried_out(work, hits, command.displace, reason=command.reason),
        edition=work.edition(),
        now=work.now,
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"closure": str(closure), "calendar": time.calendar, "hits": hits.told})


def _hits(work: Work, unit: UUID, time: ClosedTime) -> Hits:
    """Read models name the candidates, as far as they are fed; whether they are hit their own streams say."""
    named = work.registry.reservations_of(unit, time.spans)
    loaded = (work.find(RESERVATION, reservation) for reservation in named)
    return Hits(
        tuple(
            each
            for each in loaded
            if each is not None
            and each.state.state in OPEN
            and any(each.state.span.overlaps(span) for span in time.spans)
        )
    )
