# SPDX-License-Identifier: Apache-2.0
"""What the announcements of closures share: how the time is said, and whom it hits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from application.command import Command, Words
from application.resources.displacing import Displace, Hits, displace
from domain.kernel.errors import refusal
from domain.kernel.time import Span
from domain.policy.closing import ClosedOn, Hit, closed_time

if TYPE_CHECKING:
    from application.work import Work
    from domain.policy.closing import ClosedTime

MOST_KEPT = 2_000
"""So many reservations are told of in one announcement."""


class ClosingCommand(Command):
    """Base of the announcements. The time is a span, or days of a period, whole ones, both ends included."""

    span: Span | None = None
    first_day: date | None = None
    last_day: date | None = None
    closed_on: ClosedOn = Field(
        default="every_day",
        description="On every day of the period, on its public holidays, or on its days of rest with weekends",
    )
    reason: Words
    displace: Displace = Field(default="keep", description="cancel: reservations in that time are cancelled with it")

    def time(self, work: Work) -> ClosedTime:
        """The time meant, by the working-day calendar of today. Raises what `closed_time` raises."""
        return closed_time(
            span=self.span,
            first_day=self.first_day,
            last_day=self.last_day,
            closed_on=self.closed_on,
            calendar=work.calendar,
        )


def carried_out(work: Work, hits: Hits, choice: Displace, *, reason: str) -> Hit:
    """What becomes of the reservations hit. Raises what `displace` raises, `closures.too_many_hit`."""
    if choice == "cancel":
        displace(work, hits, reason=reason)
        return Hit(cancelled=hits.ids)
    if len(hits.ids) > MOST_KEPT:
        raise refusal("closures.too_many_hit", field="displace", count=len(hits.ids), most=MOST_KEPT)
    return Hit(kept=hits.ids)
