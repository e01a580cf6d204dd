# SPDX-License-Identifier: Apache-2.0
"""A sample order as the tests of this room know it, step by step."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.event import Event
from domain.samples.events import (
    ReportDelivered,
    ReportDrafted,
    ReportReviewed,
    SampleOrderAccepted,
    SampleOrderApplied,
    SamplesReceived,
    SampleTestRecorded,
)

USER, LEADER, STAFF, AUTHOR, FIRST, SECOND = (UUID(int=number) for number in range(11, 17))
RESOURCE, UNIT, PROVIDER, CUSTOMER, USE, BILL = (UUID(int=number) for number in range(1, 7))
DAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 4, tzinfo=UTC)
DIGEST, OTHER = "a" * 64, "b" * 64
INTAKE = f"samples.intake:{RESOURCE}:2026-03-03"


def applied(**changes: Any) -> SampleOrderApplied:  # noqa: ANN401 - any field
    facts = {
        "resource": RESOURCE,
        "unit": UNIT,
        "provider": PROVIDER,
        "user": USER,
        "user_kind": "enterprise",
        "customer": CUSTOMER,
        "external": True,
        "purpose": "scientific_research",
        "project_type": "research",
        "sample_count": 4,
        "description": "合金粉末",
        "return_wanted": False,
        "no_state_secrets": True,
        "applied_by": USER,
        **changes,
    }
    return SampleOrderApplied.model_validate(facts)


ACCEPTED = SampleOrderAccepted(intake_day=DAY, sample_count=4, intake=INTAKE, cap=10)
RECEIVED = SamplesReceived(number="YP-U01-2026-000001", count=4)


def outcome_of(succeeded: int = 4, failed: int = 0, **changes: Any) -> SampleTestRecorded:  # noqa: ANN401 - any field
    facts = {
        "reservation": USE,
        "service_order": BILL,
        "started_at": NOON,
        "ended_at": NOON.replace(hour=6),
        "used_minutes": 120,
        "succeeded": succeeded,
        "failed": failed,
        "operator": STAFF,
        "amount_fen": 60_000,
        "last": True,
        **changes,
    }
    return SampleTestRecorded.model_validate(facts)


DRAFTED = ReportDrafted(report_version=1, digest=DIGEST, title="报告", drafted_by=AUTHOR)
PASSED = ReportReviewed(report_version=1, digest=DIGEST, review_round=1, reviewer=FIRST)
PASSED_AGAIN = ReportReviewed(report_version=1, digest=DIGEST, review_round=2, reviewer=SECOND)
DELIVERED = ReportDelivered(digest=DIGEST, method="electronic")
TO_THE_REPORT: tuple[Event, ...] = (applied(), ACCEPTED, RECEIVED, outcome_of(), DRAFTED)
