# SPDX-License-Identifier: Apache-2.0
"""Schedule maintenance."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import require_free, run
from application.work import Work
from domain.kernel.time import Span
from domain.resources import upkeep
from domain.resources.upkeep import MaintenanceKind


class ScheduleMaintenance(Command):
    """Take lanes out of service for a span, by default all of them; the resource stays published (ruling 8.15)."""

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


def schedule_maintenance(command: ScheduleMaintenance, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `SlotTaken`, what `upkeep.schedule_maintenance` and `require_free` raise."""
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
    require_free(work, found, command.span, lanes)
    work.append(found.id, *events)
    return Result(id=found.id, data={"maintenance": str(maintenance), "lanes": list(lanes)})
