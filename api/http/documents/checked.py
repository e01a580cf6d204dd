# SPDX-License-Identifier: Apache-2.0
"""What would become of a request, a move or a series."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from api.http.documents.document import Document, Exact, SpanDocument, Values
from api.http.documents.free import FoundInstrument
from api.http.documents.priced import PricedLine, PriceStep
from api.http.documents.refused import NearestDocument, ViolationDocument
from application.reservations.checking import Verdict
from application.reservations.consequences import TakenBy
from domain.kernel.house_rules import Approver
from domain.reservations.cancellation_cost import What as WhatGivingUp
from domain.vouchers.carrying import Bound


class JudgedRule(Document):
    """A rule by name, and what came of it."""

    rule: str
    verdict: Verdict
    words: str


class TakenDocument(Document):
    """What takes a lane; never who."""

    kind: TakenBy
    words: str


class SlotDocument(Document):
    """The lanes over the whole time held, set-up and clean-down included."""

    capacity: int
    lanes_left: int
    taken: bool
    taken_by: list[TakenDocument]


class AskedApprovalDocument(Document):
    """Who will be asked, by when at the latest, and what comes by itself if nobody decides."""

    approver: Approver
    words: str
    user_id: UUID | None
    limit_hours: int | None
    due_at: AwareDatetime | None
    on_time_out: Literal["approve", "reject"]


class CheckedQuote(Document):
    """The price, and the steps that lead there."""

    total_fen: int
    tariff_version: int
    user_kind: str
    lines: list[PricedLine]
    steps: list[PriceStep]


class VoucherDocument(Document):
    """What a voucher would carry of the price, and why not more. `left_fen` is shown to its holder alone."""

    voucher_grant_id: UUID
    named: bool
    number: str
    amount_fen: int
    afterwards_fen: int
    most_fen: int
    left_fen: int | None
    ratio: Exact
    bound: Bound
    words: str
    remaining_fen: int


class CancellationDocument(Document):
    """What giving up costs from `start` until `end`; without an end: from then on."""

    start: AwareDatetime
    end: AwareDatetime | None
    what: WhatGivingUp
    cost_fen: int
    level: str | None
    minutes: int | None
    words: str


class ElsewhereDocument(Document):
    """Another instrument that would take the request, and when."""

    instrument: FoundInstrument
    span: SpanDocument


class CheckedDocument(Document):
    """What would become of a request or a move. Nothing was written and nothing is held."""

    accepted: bool
    checked_at: AwareDatetime
    resource_id: UUID
    user_id: UUID
    span: SpanDocument
    confirmation: Literal["automatic", "manual"] | None
    rules: list[JudgedRule]
    violations: list[ViolationDocument]
    slot: SlotDocument | None = Field(description="Null outside the opening hours")
    approvals: list[AskedApprovalDocument]
    nearest: NearestDocument
    quote: CheckedQuote | None
    vouchers: list[VoucherDocument]
    cancellation: list[CancellationDocument]
    remaining_fen: int | None = Field(default=None, description="To pay beside the voucher named; only with a quote")
    merged_into: UUID | None = Field(default=None, description="The neighbour of one's own that would grow instead")
    elsewhere: list[ElsewhereDocument] | None = Field(default=None, description="Only where this one has no time")


class CheckedTime(Document):
    """One time of a series: what it would cost, or in `why` each rule that it breaks, with its parameters."""

    number: int
    day: date
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    state: str | None = None
    quote_fen: int | None = None
    why: list[Values] | None = None


class CheckedSeries(Document):
    """What would become of a series. `provisional`: holidays of a year concerned are not announced yet."""

    accepted: bool
    books: int
    conflicts: int
    quote_fen: int
    provisional: bool
    items: list[CheckedTime]
