# SPDX-License-Identifier: Apache-2.0
"""The report: written, read by two others, delivered, acknowledged, rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.samples.events import (
    ReportDelivered,
    ReportDrafted,
    ReportReturned,
    ReportReviewed,
    SampleOrderAcknowledged,
    SampleOrderRated,
)
from domain.samples.order import require_state

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.samples.events import DeliveryMethod
    from domain.samples.order import SampleOrder


def draft(order: SampleOrder, *, digest: str, title: str, drafted_by: UUID) -> list[Event]:
    """Write the report, or a new version of one that was returned. Raises `samples.wrong_state`."""
    require_state(order, "draft_report", "tested")
    version = order.report.report_version + 1 if order.report else 1
    return [ReportDrafted(report_version=version, digest=digest, title=title, drafted_by=drafted_by)]


def review(order: SampleOrder, *, digest: str, reviewer: UUID, comment: str) -> list[Event]:
    """Pass it, for the first or second time. Raises `samples.wrong_state` and what `_require_another` raises."""
    require_state(order, "review_report", "report_drafted", "reviewed_once")
    assert order.report is not None, "a report was drafted"
    _require_another(order, digest=digest, reviewer=reviewer)
    return [
        ReportReviewed(
            report_version=order.report.report_version,
            digest=digest,
            review_round=len(order.reviewers) + 1,
            reviewer=reviewer,
            comment=comment,
        )
    ]


def send_back(order: SampleOrder, *, digest: str, reviewer: UUID, reason: str) -> list[Event]:
    """Return it to its author. Raises `samples.wrong_state` and what `_require_another` raises."""
    require_state(order, "return_report", "report_drafted", "reviewed_once")
    assert order.report is not None, "a report was drafted"
    _require_another(order, digest=digest, reviewer=reviewer)
    return [ReportReturned(report_version=order.report.report_version, reviewer=reviewer, reason=reason)]


def _require_another(order: SampleOrder, *, digest: str, reviewer: UUID) -> None:
    """Four eyes that are neither the operator's nor the author's, on the version that stands.

    Raises `samples.reviewer_operated`, `samples.reviewer_wrote`, `samples.reviewed_already`,
    `samples.report_changed`.
    """
    assert order.report is not None, "a report was drafted"
    rules = Rules()
    rules.require(reviewer not in order.operators, "samples.reviewer_operated")
    rules.require(reviewer != order.report.drafted_by, "samples.reviewer_wrote")
    rules.require(reviewer not in order.reviewers, "samples.reviewed_already")
    rules.require(digest == order.report.digest, "samples.report_changed", field="digest", digest=order.report.digest)
    rules.enforce()


def deliver(order: SampleOrder, *, method: DeliveryMethod, tracking_number: str, samples_returned: bool) -> list[Event]:
    """Let the report leave the unit. Raises `samples.wrong_state`, `samples.tracking_number_missing`."""
    require_state(order, "deliver_report", "reviewed")
    assert order.report is not None, "a report was drafted"
    if method == "sent" and not tracking_number:
        raise refusal("samples.tracking_number_missing", field="tracking_number")
    return [
        ReportDelivered(
            digest=order.report.digest,
            method=method,
            tracking_number=tracking_number,
            samples_returned=samples_returned,
        )
    ]


def acknowledge(order: SampleOrder, *, note: str) -> list[Event]:
    """Say, as the customer, that it is there. Raises `samples.wrong_state`."""
    require_state(order, "acknowledge_report", "delivered")
    return [SampleOrderAcknowledged(note=note)]


def rate(order: SampleOrder, *, score: Decimal, comment: str) -> list[Event]:
    """Rate the order, once. Raises `samples.wrong_state`, `samples.rated_already`."""
    require_state(order, "rate_samples", "acknowledged")
    if order.rated:
        raise refusal("samples.rated_already")
    return [SampleOrderRated(score=score, comment=comment)]
