# SPDX-License-Identifier: Apache-2.0
"""A corrected record of use is judged anew, by the rules that bound the request (rulings 8.16, 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.attendance_events import AttendanceSuperseded
from domain.reservations.conduct import judgement_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.event import Event
    from domain.kernel.house_rules import ConductRule
    from domain.reservations.reservation import Reservation

SAID = ("outcome", "late_minutes", "early_minutes", "overtime_minutes", "points_due")


def judge_anew(
    before: Reservation, corrected: Reservation, rule: ConductRule | None, *, reason: str, now: datetime
) -> list[Event]:
    """Let a new judgement take the place of the earlier one, where the corrected times come to something else.

    Nothing where the use was not judged yet: that comes when it is due. A judgement that was annulled stays annulled:
    nobody is judged twice for what was decided in their favour.
    """
    earlier = before.attendance
    if earlier is None or earlier.annulled or rule is None:
        return []
    judged = earlier.judged
    versions = {"resource_rules": judged.resource_rules, "unit_rules": judged.unit_rules}
    anew = judgement_of(corrected, rule, due=now, now=now, **versions)
    if all(getattr(anew, name) == getattr(judged, name) for name in SAID):
        return []
    superseded = AttendanceSuperseded(
        user=judged.user, outcome=judged.outcome, points_due=judged.points_due, reason=reason
    )
    return [superseded, anew]
