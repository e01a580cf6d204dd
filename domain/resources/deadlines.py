# SPDX-License-Identifier: Apache-2.0
"""In time or not: pure judgements on recorded moments, for read models and their readers.

They decide nothing and stamp nothing: what is overdue is a matter of the moment at which one looks (`as_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.time import midnight

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

SubmissionStanding = Literal["not_due", "open", "in_time", "late", "overdue", "advisory"]
ListingStanding = Literal["not_due", "open", "in_time", "overdue", "excused"]
ONE_DAY = timedelta(days=1)
LENGTHS = {
    "H": timedelta(hours=1),
    "D": timedelta(days=1),
    "W": timedelta(weeks=1),
    "M": timedelta(days=30),
    "Y": timedelta(days=365),
}


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission: when it was handed in, and whether it came back, and by whose fault."""

    at: datetime
    returned: bool = False
    conceded: bool = False


def counting(submissions: Iterable[Submission]) -> datetime | None:
    """When the data counts as handed in: the first submission that was not rightly returned (A10)."""
    standing = [item.at for item in submissions if not item.returned or item.conceded]
    return min(standing, default=None)


def submission_standing(
    submitted_at: datetime | None, acceptance_at: datetime | None, as_of: datetime, *, advisory: bool = False
) -> SubmissionStanding:
    """Whether a resource of a funded project was submitted strictly before the project's acceptance (JS 11.b; JS-11.1).

    Without a project nothing is due (A79). Where the rule holds by reference only, what was missed is `advisory`
    (JS 32; JS-32.1).
    """
    if acceptance_at is None:
        return "not_due"
    submitted = submitted_at is not None and submitted_at <= as_of
    if submitted and submitted_at is not None and submitted_at < acceptance_at:
        return "in_time"
    if not submitted and as_of < acceptance_at:
        return "open"
    if advisory:
        return "advisory"
    return "late" if submitted else "overdue"


def overdue_from(last_day: date) -> datetime:
    """The first moment after the last day of a period, which is included (A13)."""
    return midnight(last_day + ONE_DAY)


def listing_standing(
    *,
    due_on: date | None,
    reported_at: datetime | None,
    opened_at: datetime | None,
    as_of: datetime,
    binding: bool = True,
    excused: bool = False,
) -> ListingStanding:
    """Whether a new resource was both reported and opened within the period (CQ 12.b; CQ-12.1, CQ-12.2).

    An exception removes the flag; a period that does not bind is never overdue.
    """
    if due_on is None or not binding:
        return "not_due"
    end = overdue_from(due_on)
    done = [moment for moment in (reported_at, opened_at) if moment is not None and moment <= as_of]
    if len(done) == 2 and max(done) < end:  # noqa: PLR2004 - both, reported and opened
        return "in_time"
    if as_of < end:
        return "open"
    return "excused" if excused else "overdue"


def length_of(duration: str) -> timedelta:
    """How long an ISO 8601 duration of one part lasts, as the regimes write them (`PT24H`, `P7D`).

    A month is taken as 30 days and a year as 365: this serves warnings alone.
    """
    minutes = duration.startswith("PT") and duration.endswith("M")
    one = timedelta(minutes=1) if minutes else LENGTHS[duration[-1]]
    return int(duration.lstrip("PT")[:-1]) * one


def is_stale(updated_at: datetime, latency: timedelta, as_of: datetime) -> bool:
    """Whether a record is older than the configured latency; a warning, never a block (JS 13, A14; JS-13.1)."""
    return as_of - updated_at > latency
