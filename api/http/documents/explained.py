# SPDX-License-Identifier: Apache-2.0
"""A reservation explained: sections of lines, each a sentence with the values it was made of."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from api.http.documents.document import Document, Position, Values
from api.http.documents.priced import PriceStep
from application.reservations.judged import Verdict
from domain.reservations.cancellation_cost import What as WhatGivingUp

SectionName = Literal[
    "asked",
    "judged",
    "versions",
    "rules",
    "quote",
    "overrides",
    "approvals",
    "cancellation",
    "duty",
    "conduct",
    "charge",
    "history",
]


class HeadLine(Document):
    """What it is a reservation of, and how it stands."""

    name: str
    start: AwareDatetime
    end: AwareDatetime
    state: str
    text: str


class AskedLine(Document):
    """Who asked, moved or transferred, when, for whom and for which time."""

    at: AwareDatetime
    recorded_at: AwareDatetime
    actor: UUID
    role: str
    user: UUID
    user_kind: str
    purpose: str
    start: AwareDatetime
    end: AwareDatetime
    text: str


class BasisLine(Document):
    """The edition and the articles that a decision was stamped with, and the values it used."""

    regime: str
    edition: str
    articles: str
    values: dict[str, str]
    depth: int
    text: str


class VersionLine(Document):
    """A version published before the request, by which it was judged."""

    what: str
    version: int
    published_at: AwareDatetime
    text: str


class RuleLine(Document):
    """A rule by name; what it was judged by stands in `values`, and as sentences in the lines after it."""

    rule: str
    verdict: Verdict
    values: list[Values]
    text: str


class DetailLine(Document):
    """A sentence that belongs to the line before it."""

    depth: int
    text: str


class QuoteTotalLine(Document):
    """The quote, and what it comes to when worked out again; null where that cannot be done."""

    quoted_fen: int
    recomputed_fen: int | None
    version: int
    text: str


class OverriddenLine(Document):
    """A rule set aside: by whom, and why."""

    at: AwareDatetime
    approver: UUID
    reason: str
    rule: str
    code: str
    text: str


class CostLine(Document):
    """What giving up costs from `start` until `end`; without an end: from then on."""

    start: AwareDatetime
    end: AwareDatetime | None
    what: WhatGivingUp
    cost_fen: int
    level: str | None
    minutes: int | None
    text: str


class ChargeLine(Document):
    """What was charged: the lower of the quoted version and that of the day of use (ruling 8.2)."""

    order: UUID
    kind: str
    used_on: date
    used_minutes: int
    samples: int
    amount_fen: int
    version: int
    quoted_version: int
    quoted_fen: int | None
    day_fen: int | None
    agrees: bool
    text: str


class OnDutyLine(Document):
    """Who was on duty when it began, by the roster published before; nobody where `persons` is empty."""

    start: AwareDatetime
    persons: list[UUID]
    version: int
    published_at: AwareDatetime
    text: str


class EventLine(Document):
    """Something that happened, in the words of its event."""

    at: AwareDatetime
    role: str
    actor: UUID | None
    type: str
    sentence: str
    text: str


class SectionDocument(Document):
    """Lines under a title. There are no sections without lines; one may come several times, as for a move."""

    name: SectionName
    title: str
    lines: list[
        AskedLine
        | BasisLine
        | VersionLine
        | RuleLine
        | DetailLine
        | PriceStep
        | QuoteTotalLine
        | OverriddenLine
        | CostLine
        | OnDutyLine
        | ChargeLine
        | EventLine
    ]


class ExplanationDocument(Document):
    """Why a reservation is as it is. `agrees` is false where a price or a charge does not follow from the log."""

    reservation: UUID
    position: Position
    agrees: bool
    head: HeadLine
    sections: list[SectionDocument]
