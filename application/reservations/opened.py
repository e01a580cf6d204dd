# SPDX-License-Identifier: Apache-2.0
"""When an instrument is open on a day, as it is told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from domain.resources.opening import Opening


def hours_on(opening: Opening, day: date) -> str:
    """The windows of a weekday on the clock of Shanghai, `08:30-12:00, 13:30-17:30`; nothing where it is closed."""
    windows = sorted(
        (each.start_minute, each.end_minute) for each in opening.windows if each.weekday == day.isoweekday()
    )
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in windows)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
