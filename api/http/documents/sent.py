# SPDX-License-Identifier: Apache-2.0
"""What becomes of lines that a unit's own platform sends, and how the process is."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from api.http.documents.document import Document


class SentLine(Document):
    """One line: a booking, or a use that is over. Texts, or whole numbers; times as text (see docs/imports.md)."""

    source_id: str = Field(description="Its number in the other platform", examples=["2026-0117"])
    instrument: str = Field(description="Asset number in the unit", examples=["A-1"])
    user: str = Field(description="An identity linked before, or an id of this platform", examples=["S2023-0117"])
    start: str = Field(description="Asia/Shanghai without an offset", examples=["2026-03-02 09:00"])
    end: str = Field(examples=["2026-03-02 11:00"])
    purpose: str = Field(examples=["scientific_research"])
    used_minutes: int | None = Field(default=None, description="Uses: where fewer than the span", examples=[110])
    samples: int | None = Field(default=None, examples=[2])
    persons: int | None = Field(default=None, description="Uses: how many were served", examples=[1])
    operator: str | None = Field(default=None, description="Uses: like user")
    use_type: str | None = None
    project_type: str | None = None
    service_mode: str | None = None
    contract: UUID | None = None
    call_off: UUID | None = Field(default=None, description="Uses: of the framework that the contract is")
    rules_read: str | None = Field(default=None, description="Whether what must be read was read", examples=["是"])
    answers: str | None = Field(default=None, description="`question=answer; question=answer`")
    note: str | None = Field(default=None, description="Uses")
    state: Literal["confirmed", "requested"] | None = Field(default=None, description="Bookings; confirmed by default")


class ReasonDocument(Document):
    """Why a line was refused. `field` is empty where the whole line is meant."""

    field: str
    code: str
    zh: str
    en: str


class LineDocument(Document):
    """What became of one line, counted from 1."""

    line: int
    source_id: str
    fate: Literal["taken", "already_there", "refused"]
    reservation: UUID | None
    duplicate_of: UUID | None
    overlaps: list[UUID]
    reasons: list[ReasonDocument]


class SentDocument(Document):
    """How many lines had which fate, and each of them."""

    taken: int
    already_there: int
    refused: int
    suspected_duplicates: int
    overlapping: int
    lines: list[LineDocument]


class AliveDocument(Document):
    """The process lives."""

    status: Literal["alive"]


class ReadyDocument(Document):
    """Whether it can serve, and by name what keeps it from that."""

    status: Literal["ready", "not ready"]
    jurisdictions: list[str]
    problems: dict[str, str]
