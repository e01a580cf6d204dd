# SPDX-License-Identifier: Apache-2.0
"""Calendar months of Asia/Shanghai, named by their first day, and how a use is split over them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.kernel.money import allocate
from domain.kernel.time import local_date, month_span


def month_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def month_at(instant: datetime) -> date:
    """The month of an instant on a Shanghai calendar."""
    return month_of(local_date(instant))


def next_month(month: date) -> date:
    """The month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def a_year_to(day: date) -> date:
    """The first of the twelve months that end with the month of `day`."""
    return next_month(month_of(day).replace(year=day.year - 1))


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from the month of `first` to the month of `last`, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def split_by_month(start: datetime, end: datetime, used_minutes: int) -> dict[date, int]:
    """`used_minutes` of a use `[start, end)` over the months it touches, in proportion to its time in each.

    The parts sum exactly to `used_minutes`. A use without duration belongs to the month of its start.
    """
    if month_at(start) == month_at(end) or end <= start:
        return {month_at(start): used_minutes}
    months = months_between(month_at(start), local_date(end))
    parts = {month: month_span(month.year, month.month).clipped(start, end) for month in months}
    seconds = {month: Decimal((part.end - part.start) // timedelta(seconds=1)) for month, part in parts.items() if part}
    return dict(zip(seconds, allocate(used_minutes, list(seconds.values())), strict=True))
