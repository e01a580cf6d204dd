# SPDX-License-Identifier: Apache-2.0
"""Time that is kept for users of a tag: a band of the house rules that is open to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import local_date, midnight
from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.kernel.house_rules import TimeBand
    from domain.kernel.time import Span
    from domain.reservations.rules.case import Case


def open_to_tags(case: Case, rules: Rules) -> None:
    """No part of the span lies in time that is open to other tags only."""
    for band in case.house.bands:
        if band.open_to_tags and not case.conduct.tags.intersection(band.open_to_tags):
            rules.require(
                not _meets(band, case.wish.span),
                "reservations.time_kept_for_tags",
                citation=case.published,
                field="span",
                overridable_by=BY_THE_UNIT,
                band=band.name,
                tags=", ".join(band.open_to_tags),
                **case.versions,
            )


def _meets(band: TimeBand, span: Span) -> bool:
    """Whether the span and the band have time in common on any of its local days."""
    day, last = local_date(span.start), local_date(span.end)
    while day <= last:
        begins = midnight(day) + timedelta(minutes=band.start_minute)
        ends = midnight(day) + timedelta(minutes=band.end_minute)
        if day.isoweekday() in band.weekdays and begins < span.end and span.start < ends:
            return True
        day += timedelta(days=1)
    return False
