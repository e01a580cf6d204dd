# SPDX-License-Identifier: Apache-2.0
"""A qualification for one instrument: asked for, held, refused, lapsed, withdrawn, asked for again."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.kernel.time import local_date
from domain.standing.events import (
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
)

if TYPE_CHECKING:
    from datetime import datetime

Step = Literal["none", "held", "refused", "lapsed", "withdrawn"]
Change = (
    QualificationApplied
    | QualificationApproved
    | QualificationLapsed
    | QualificationRefused
    | QualificationReminded
    | QualificationRenewed
    | QualificationWithdrawn
)


@dataclass(frozen=True, slots=True)
class Qualification:
    """Where it stands. `applied` is an application nobody decided yet, also beside one that is held."""

    step: Step = "none"
    applied: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    remind_on: date | None = None
    lapse_months: int | None = None
    reminded: tuple[date, ...] = ()
    """The ends of which somebody was reminded."""

    def ends_on(self, last_used: datetime | None) -> date | None:
        """The last day on which it holds, by its own end or by disuse; None where none is held."""
        if self.step != "held" or self.valid_until is None:
            return None
        disused = self.disused_on(last_used)
        return self.valid_until if disused is None else min(self.valid_until, disused)

    def disused_on(self, last_used: datetime | None) -> date | None:
        """The last day before it lapses for want of use, counted from the last use or from its first day."""
        if self.lapse_months is None or self.valid_from is None:
            return None
        used = local_date(last_used) if last_used is not None else self.valid_from
        return months_after(max(used, self.valid_from), self.lapse_months)

    def holds_on(self, day: date, last_used: datetime | None) -> bool:
        """Whether it holds on a day, whether or not anybody has noted that it lapsed."""
        last = self.ends_on(last_used)
        return last is not None and self.valid_from is not None and self.valid_from <= day <= last


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def qualification_after(before: Qualification | None, event: Change) -> Qualification:
    """The qualification after one of its events."""
    known = before or Qualification()
    match event:
        case QualificationApproved() | QualificationRenewed():
            return _running(known, event)
        case QualificationApplied():
            return replace(known, applied=True)
        case QualificationReminded():
            return replace(known, reminded=(*known.reminded, event.ends_on))
        case QualificationRefused():
            return replace(known, applied=False, step="held" if known.step == "held" else "refused")
        case _:
            ended: Step = "lapsed" if isinstance(event, QualificationLapsed) else "withdrawn"
            return replace(known, step=ended, applied=known.applied and ended == "lapsed")


def _running(known: Qualification, event: QualificationApproved | QualificationRenewed) -> Qualification:
    return Qualification(
        "held",
        valid_from=event.valid_from if isinstance(event, QualificationApproved) else known.valid_from,
        valid_until=event.valid_until,
        remind_on=event.remind_on,
        lapse_months=event.lapse_months,
    )
