# SPDX-License-Identifier: Apache-2.0
"""How a use is judged by the published rules on conduct, and what the user objects (rulings 8.16, 8.17)."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.kernel.house_rules import Outcome
from domain.kernel.time import Instant


class AttendanceJudged(Event):
    """What the times reserved and the times used come to, judged some hours after the end.

    `due_at` is when that fell due, however late it was done. Whoever objects before `penalty_due_at` loses no points
    until the unit has decided; it is none where the outcome costs nothing. Lengths are in whole minutes begun.
    """

    TYPE: ClassVar[str] = "reservations.AttendanceJudged"

    user: UUID
    outcome: Outcome
    late_minutes: int = Field(default=0, ge=0)
    early_minutes: int = Field(default=0, ge=0)
    overtime_minutes: int = Field(default=0, ge=0)
    points_due: int = Field(default=0, ge=0)
    due_at: Instant
    penalty_due_at: Instant | None = None
    resource_rules: int | None
    unit_rules: int | None


class AttendanceContested(Event):
    """The user says that the judgement is wrong; a no-show is contested by an event of its own."""

    TYPE: ClassVar[str] = "reservations.AttendanceContested"

    reason: str


class AttendanceUpheld(Event):
    """The unit stands by its judgement, of a use or of a no-show."""

    TYPE: ClassVar[str] = "reservations.AttendanceUpheld"

    reason: str


class AttendanceAnnulled(Event):
    """The judgement no longer counts; it stays in history. A no-show is annulled by an event of its own."""

    TYPE: ClassVar[str] = "reservations.AttendanceAnnulled"

    reason: str


class AttendanceSuperseded(Event):
    """The record of the use was corrected, and the earlier judgement counts no more; a new one follows at once.

    `outcome` and `points_due` are those of the earlier one. Points that were taken come back, bans that rested on them
    end, and an objection to it falls with it: the time to object begins anew with the new judgement.
    """

    TYPE: ClassVar[str] = "reservations.AttendanceSuperseded"

    user: UUID
    outcome: Outcome
    points_due: int = Field(ge=0)
    reason: str
