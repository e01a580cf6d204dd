# SPDX-License-Identifier: Apache-2.0
"""Schedule maintenance."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.resources.displacing import Displace, displace, held_in
from application.resources.permits import require_free, run
from application.work import Work
from domain.kernel.time import Span
from domain.resources import upkeep
from domain.resources.upkeep import MaintenanceKind


class ScheduleMaintenance(Command):
    """Take lanes out of service for a span, by default all of them; the resource stays published (ruling 8.15).

    Reservations in that time are in the way (`keep`, the default), or the provider cancels them with the reason of the
    maintenance in the same commit (`cancel`). Either way the answer lists them.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "span": {"start": "2026-03-02T00:30:00Z", "end": "2026-03-02T04:00:00Z"},
                "kind": "calibration",
                "reason": "年度校准",
            }
        }
    )

    resource: UUID
    span: Span
    lanes: tuple[int, ...] | None = None
    kind: MaintenanceKind
    reason: Words
    displace: Displace = Field(default="keep", description="cancel: reservations in that time are cancelled with it")


def schedule_maintenance(command: ScheduleMaintenance, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `SlotTaken`, what `schedule_maintenance`, `displace`, `require_free` raise."""
    found = run(work, command.resource)
    lanes = upkeep.lanes_for(found.state, command.span, command.lanes)
    maintenance = work.new_id()
    events = upkeep.schedule_maintenance(
        found.state,
        maintenance=maintenance,
        span=command.span,
        lanes=lanes,
        kind=command.kind,
        reason=command.reason,
        now=work.now,
    )
    hits = held_in(work, found, command.span, lanes)
    if command.displace == "cancel" and not hits.own:
        displace(work, hits, reason=command.reason)
    else:
        require_free(hits)
    work.append(found.id, *events)
    return Result(id=found.id, data={"maintenance": str(maintenance), "lanes": list(lanes), "cancelled": hits.told})
