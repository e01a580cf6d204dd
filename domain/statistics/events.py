# SPDX-License-Identifier: Apache-2.0
"""What happens to a report (`report_published` of 6.11; JS 10.a, 24; CQ 8(d), 14.c)."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.kernel.event import Event
from domain.kernel.time import Instant

ReportKind = Literal["utilisation", "service_totals"]


class FigureRow(BaseModel):
    """The figures of one unit (as part of one provider) in one month: whole minutes, counts and fen, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: UUID
    provider: UUID | None = None
    month: date
    name_zh: str = ""
    name_en: str = ""
    figures: dict[str, int]


class ReportPublished(Event):
    """Figures of a range of months, both included, as they followed from the log up to `position`.

    Time after `as_of` did not count as open yet. `digest` is the SHA-256 of the rows as canonical JSON.
    """

    TYPE: ClassVar[str] = "statistics.ReportPublished"

    number: str
    kind: ReportKind
    first: date
    last: date
    as_of: Instant
    position: int
    rows: tuple[FigureRow, ...]
    digest: str


class ReportWithdrawn(Event):
    """The report is no longer put forward; it stays readable, with the reason and what takes its place."""

    TYPE: ClassVar[str] = "statistics.ReportWithdrawn"

    reason: str
    replaced_by: str | None = None
