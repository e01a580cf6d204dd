# SPDX-License-Identifier: Apache-2.0
"""The sample order: what its events amount to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from domain.kernel.event import Aggregate, Event
from domain.kernel.lifecycle import require_one_of
from domain.samples.events import (
    CustomerKindStated,
    InvoiceParticularsStated,
    ReportDelivered,
    ReportDrafted,
    ReportReturned,
    ReportReviewed,
    SampleApprovalAsked,
    SampleApprovalTimedOut,
    SampleOrderAccepted,
    SampleOrderAcknowledged,
    SampleOrderApplied,
    SampleOrderApproved,
    SampleOrderRated,
    SampleOrderRefused,
    SampleOrderWithdrawn,
    SamplesReceived,
    SampleTestRecorded,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

SampleOrderState = Literal[
    "waiting_for_leader",
    "applied",
    "accepted",
    "received",
    "tested",
    "report_drafted",
    "reviewed_once",
    "reviewed",
    "delivered",
    "acknowledged",
    "refused",
    "withdrawn",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOrder:
    """An order with its samples, tests and report. `tests` are in the order in which they were recorded."""

    applied: SampleOrderApplied
    state: SampleOrderState
    asked: SampleApprovalAsked | None = None
    """The time limit of its leader, where there is one."""
    kind: CustomerKindStated | None = None
    """The kind of user stated for a temporary customer; None where it follows from the user on record."""
    accepted: SampleOrderAccepted | None = None
    received: SamplesReceived | None = None
    tests: tuple[SampleTestRecorded, ...] = ()
    report: ReportDrafted | None = None
    reviewers: tuple[UUID, ...] = ()
    """Of the present version of the report."""
    rated: bool = False

    @property
    def succeeded(self) -> int:
        """Samples tested with success, each once."""
        return sum(test.succeeded for test in self.tests)

    @property
    def owed_fen(self) -> int:
        """What the tests so far cost, as charged when they were recorded."""
        return sum(test.amount_fen for test in self.tests)

    @property
    def operators(self) -> frozenset[UUID]:
        """Who operated the tests."""
        return frozenset(test.operator for test in self.tests)

    @property
    def ended_at(self) -> datetime | None:
        """The end of the last test."""
        return max((test.ended_at for test in self.tests), default=None)


_STATE_AFTER: dict[type[Event], SampleOrderState] = {
    SampleOrderApproved: "applied",
    SampleOrderRefused: "refused",
    SampleOrderAccepted: "accepted",
    SamplesReceived: "received",
    ReportDrafted: "report_drafted",
    ReportReturned: "tested",
    ReportDelivered: "delivered",
    SampleOrderAcknowledged: "acknowledged",
    SampleOrderWithdrawn: "withdrawn",
}


def evolve(state: SampleOrder | None, event: Event) -> SampleOrder:
    """The order after one more event."""
    if isinstance(event, SampleOrderApplied):
        return SampleOrder(applied=event, state="waiting_for_leader" if event.leader else "applied")
    assert state is not None, "every history begins with an application"
    after = replace(state, state=_STATE_AFTER.get(type(event), state.state))
    match event:
        case SampleApprovalAsked():
            after = replace(after, asked=event)
        case CustomerKindStated():
            after = replace(after, kind=event)
        case SampleOrderAccepted():
            after = replace(after, accepted=event)
        case SamplesReceived():
            after = replace(after, received=event)
        case SampleTestRecorded(last=last):
            after = replace(after, tests=(*state.tests, event), state="tested" if last else "received")
        case ReportDrafted():
            after = replace(after, report=event, reviewers=())
        case ReportReviewed(reviewer=reviewer, review_round=number):
            step: SampleOrderState = "reviewed_once" if number == 1 else "reviewed"
            after = replace(after, reviewers=(*state.reviewers, reviewer), state=step)
        case SampleOrderRated():
            after = replace(after, rated=True)
    return after


def require_state(order: SampleOrder, command: str, *allowed: SampleOrderState) -> None:
    """Refuse `command` (`samples.wrong_state`) unless the order is in one of the states `allowed`."""
    require_one_of(allowed, "samples.wrong_state", state=order.state, command=command)


SAMPLE_ORDER = Aggregate(
    "samples.SampleOrder",
    evolve,
    (
        SampleOrderApplied,
        SampleApprovalAsked,
        CustomerKindStated,
        InvoiceParticularsStated,
        SampleApprovalTimedOut,
        SampleOrderApproved,
        SampleOrderRefused,
        SampleOrderAccepted,
        SamplesReceived,
        SampleTestRecorded,
        ReportDrafted,
        ReportReviewed,
        ReportReturned,
        ReportDelivered,
        SampleOrderAcknowledged,
        SampleOrderRated,
        SampleOrderWithdrawn,
    ),
)
