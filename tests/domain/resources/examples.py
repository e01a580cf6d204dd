# SPDX-License-Identifier: Apache-2.0
"""An instrument and what happened to it, for the tests of this room."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.time import Span
from domain.resources import events as facts
from domain.resources.records import Standard
from domain.resources.values import (
    BookingTerms,
    CostElement,
    FeeLine,
    FundingShare,
    OpeningWindow,
    PublicationItems,
)

OWNER = UUID(int=1)
OPERATOR = UUID(int=2)
UNIT = UUID(int=11)
OTHER_UNIT = UUID(int=12)
INSTRUMENT = UUID(int=31)
MAINTENANCE = UUID(int=41)
BLOCK = UUID(int=42)
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 10:00 in Shanghai."""
TODAY = date(2026, 3, 2)
TERMS = BookingTerms(slot_minutes=30, min_minutes=60, max_minutes=240, capacity=2, confirmation="automatic")
WORKDAYS = tuple(OpeningWindow(weekday=day, start_minute=540, end_minute=1020) for day in range(1, 6))
ITEMS = PublicationItems(
    sharing_rules="管理办法",
    service_mode="自主上机",
    service_content="形貌观察",
    fee_standard="第1版",
    opening_limit="无",
    catalogue="科技资源目录",
)
PORTAL = "https://instruments.yzut.example/"


def span(start: str, end: str, day: int = 2) -> Span:
    """A span in March 2026 by the clock of Shanghai."""
    return Span.model_validate(
        {"start": f"2026-03-{day:02d}T{start}:00+08:00", "end": f"2026-03-{day:02d}T{end}:00+08:00"}
    )


def registered(**changes: Any) -> facts.ResourceRegistered:  # noqa: ANN401 - any field of the event
    return facts.ResourceRegistered.model_validate(
        {
            "unit": UNIT,
            "legal_person": OWNER,
            "type": "condition",
            "bookable": True,
            "holding": "physical",
            "asset_number": "A-1",
            "name_zh": "扫描电子显微镜",
            "model": "Regulus 8100",
            "manufacturer": "日立",
            "class_code": "010102",
            "original_value_fen": 1000,
            "funding": (FundingShare(source="provincial_fiscal_funds", amount_fen=1000),),
            "location": "A102",
            "city": "南京市",
            "large": True,
        }
        | changes
    )


def line(price_fen: int, kind: str = "machine_time", unit: str = "hour", user_kind: str = "enterprise") -> FeeLine:
    return FeeLine.model_validate({"user_kind": user_kind, "kind": kind, "unit": unit, "price_fen": price_fen})


def cost(cost_fen: int, kind: str = "running_cost", unit: str = "hour") -> CostElement:
    return CostElement.model_validate({"kind": kind, "unit": unit, "cost_fen": cost_fen})


SUBMITTED = facts.ResourceDataSubmitted(schema_name="tongchou.resource.condition", data_digest="0" * 64)
RETURNED = facts.ResourceDataReturned(reasons=("缺少型号",))
STANDARD = Standard(UUID(int=51), "technical_standard", "信息汇交技术标准", 2, UUID(int=52), "标准〔2026〕1号")
"""A data standard in force in its second version."""
ACCEPTED = facts.ResourceDataAccepted(standard="GB/T 36073", received_by=OPERATOR)
CERTIFIED = facts.SubmissionCertificateIssued(number="HJ-1")
SHEET = facts.CostSheetRecorded(sheet_version=1, elements=(cost(30000),), accounting_period="2025")
TARIFF = facts.TariffPublished(
    tariff_version=1, effective_from=date(2026, 1, 1), lines=(line(30000),), cost_sheet_version=1
)
OPENING = facts.OpeningPublished(
    opening_version=1,
    effective_from=date(2026, 1, 1),
    windows=WORKDAYS,
    terms=TERMS,
    rated_minutes_per_year=86400,
)
PUBLISHED = facts.ResourcePublished(items=ITEMS, portal_url=PORTAL)
SUSPENDED = facts.ResourceSuspended(ground="fault", reason="电子枪", open_reservations=())
RESUMED = facts.ResourceResumed()
CLAIMED = facts.ExemptionClaimed(ground="secrecy", reason="…", review_on=date(2027, 1, 1))
EXEMPT = facts.ExemptionConfirmed(review_on=date(2027, 1, 1))
WITHDRAWN = facts.ResourceWithdrawn(ground="scrapped", reason="报废")


def history(standing: str, **changes: Any) -> tuple[Event, ...]:  # noqa: ANN401 - any field of the registration
    """The shortest past that leads to a standing."""
    draft: tuple[Event, ...] = (registered(**changes),)
    ready = (*draft, SHEET, TARIFF, OPENING, SUBMITTED, ACCEPTED)
    return {
        "draft": draft,
        "submitted": (*draft, SUBMITTED),
        "accepted": ready,
        "certified": (*ready, CERTIFIED),
        "published": (*ready, PUBLISHED),
        "suspended": (*ready, PUBLISHED, SUSPENDED),
        "exempt_claimed": (*draft, CLAIMED),
        "exempt": (*draft, CLAIMED, EXEMPT),
        "withdrawn": (*draft, WITHDRAWN),
    }[standing]
