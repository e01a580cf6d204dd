# SPDX-License-Identifier: Apache-2.0
"""How a use was judged, and what became of the judgement (ruling 8.16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceSuperseded,
    AttendanceUpheld,
)

if TYPE_CHECKING:
    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Attendance:
    """A judgement and what became of it. `judged` is the event; `contested` waits until it is decided."""

    judged: AttendanceJudged
    contested: bool = False
    upheld: bool = False
    annulled: bool = False

    @property
    def undecided(self) -> bool:
        """Whether an objection waits for the unit."""
        return self.contested and not self.upheld and not self.annulled


def attendance_after(before: Attendance | None, event: Event) -> Attendance | None:
    """The judgement after one of its events; others leave it as it is."""
    if isinstance(event, AttendanceJudged):
        return Attendance(event)
    if before is None or isinstance(event, AttendanceSuperseded):
        return None
    match event:
        case AttendanceContested():
            return replace(before, contested=True)
        case AttendanceUpheld():
            return replace(before, upheld=True)
        case AttendanceAnnulled():
            return replace(before, annulled=True)
        case _:
            return before
