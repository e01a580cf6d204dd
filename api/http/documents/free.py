# SPDX-License-Identifier: Apache-2.0
"""When instruments are free."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from api.http.documents.document import Document, Position, SpanDocument
from domain.kernel.quote import UnitOfMeasure
from domain.resources.availability import State


class FoundInstrument(Document):
    """What people see of an instrument in a list of times. `price_fen` is the lowest published, `price_per` of what."""

    id: UUID
    unit: UUID
    name_zh: str
    name_en: str
    model: str
    city: str
    district: str
    class_code: str
    price_fen: int | None
    price_per: UnitOfMeasure | None
    duty_free: bool
    unit_name_zh: str
    unit_name_en: str


class FreeInstrument(FoundInstrument):
    """The earliest times at which it would be taken, as long as wished."""

    confirmation: Literal["automatic", "manual"]
    slots: list[SpanDocument]


class FirstFreeDocument(Document):
    """The instruments that are free, the earliest first. `more`: beyond those examined there are further ones."""

    items: list[FreeInstrument]
    free: int
    examined: int
    more: bool
    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime = Field(alias="to")
    position: Position


class OpenSpan(Document):
    """A span of the opening hours in one state; on `free_lanes` lanes others may still reserve."""

    state: State
    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime = Field(alias="to")
    free_lanes: int


class AvailabilityDocument(Document):
    """The open time of one instrument in a month."""

    instrument: UUID
    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    state: str
    items: list[OpenSpan]
    position: Position


class ClosedSpan(Document):
    """What is left of a closure."""

    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime = Field(alias="to")


class ClosureDocument(Document):
    """Closed time with its reason; `lanes` where only some are closed, `calendar` where it follows from holidays."""

    closure: UUID
    level: Literal["instrument", "unit"]
    reason: str
    calendar: str | None
    lanes: list[int] | None
    announced_at: AwareDatetime
    spans: list[ClosedSpan]


class ClosuresDocument(Document):
    """Closed time that is not over."""

    items: list[ClosureDocument]
    position: Position
