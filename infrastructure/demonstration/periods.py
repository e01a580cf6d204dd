# SPDX-License-Identifier: Apache-2.0
"""The days of the demonstration: two closed years in outline, one month in detail, and what it takes to settle it."""

from datetime import date, timedelta

OUTLINE = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
IN_DETAIL = date(2026, 3, 1)
AFTERMATH = date(2026, 5, 1)
"""By then the last order of the month in detail is settled, claimed and paid."""
PLANNED_AHEAD = timedelta(days=20)
