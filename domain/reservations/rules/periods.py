# SPDX-License-Identifier: Apache-2.0
"""The period of a counter in which a use starts, on a Shanghai calendar whatever the server's clock says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.house_rules import Recurrence

FRIDAY = 5


def period_of(recurrence: Recurrence, start: datetime) -> str | None:
    """The name of the period, or None where the recurrence does not speak of that day.

    `weekday` counts each day from Monday to Friday, `weekend` Saturday and Sunday together, `weekly` the ISO week.
    """
    day = local_date(start)
    year, week, weekday = day.isocalendar()
    of_the_week = f"{year}-W{week:02}"
    match recurrence:
        case "daily":
            return day.isoformat()
        case "weekday":
            return day.isoformat() if weekday <= FRIDAY else None
        case "weekend":
            return of_the_week if weekday > FRIDAY else None
        case "weekly":
            return of_the_week
        case "monthly":
            return f"{day:%Y-%m}"
        case "yearly":
            return f"{day:%Y}"
