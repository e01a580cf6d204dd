# SPDX-License-Identifier: Apache-2.0
"""Record a test of samples: a use of the instrument with all that follows from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Words
from application.reservations.entering import enter
from application.reservations.request_reservation import Rule
from application.samples.apply_for_test import Text
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.billing.order import ORDER
from domain.kernel.house_rules import Name
from domain.kernel.time import Span
from domain.reservations.afterwards import PastUse
from domain.reservations.facts import Wish
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE
from domain.samples import testing
from domain.samples.events import SampleTestRecorded

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work
    from domain.reservations.events import ProjectType
    from domain.samples.order import SampleOrder


class RecordSampleTest(SampleCommand):
    """Record a test that took place: when, by whom, and how many samples it succeeded and failed with.

    It is a use of the instrument: contract, sharing record and order follow. Samples that failed are not charged as
    samples; a failed one may be tried again. `last` ends testing.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": ORDER_ID,
                "span": {"start": "2026-03-03T09:00:00+08:00", "end": "2026-03-03T11:00:00+08:00"},
                "succeeded": 3,
                "failed": 1,
                "last": True,
            }
        }
    )

    order_id: UUID
    span: Span
    used_minutes: int | None = Field(default=None, ge=0, le=1_000_000)
    succeeded: int = Field(ge=0, le=10_000)
    failed: int = Field(default=0, ge=0, le=10_000)
    operator_id: UUID | None = Field(default=None, description="Who operated it; without, whoever records it")
    contract_id: UUID | None = Field(default=None, description="Without, the one named with the application")
    items: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] | None = Field(
        default=None, max_length=50, description="Items done; without, with the first test those applied for"
    )
    last: bool = True
    answers: dict[Name, Annotated[str, StringConstraints(max_length=1000)]] = Field(
        default_factory=dict, max_length=50, description="To the questions of the instrument, where they are of use"
    )
    overrides: dict[Rule, Words] = Field(default_factory=dict, max_length=20)
    lock_override: Words | None = Field(default=None, description="Why the unit's head enters a test of locked time")
    note: Text = ""


def record_sample_test(command: RecordSampleTest, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    counts = {"succeeded": command.succeeded, "failed": command.failed}
    testing.require_testable(loaded.state, span=command.span, **counts)
    applied, operator = loaded.state.applied, command.operator_id or work.actor.user
    use = enter(work, work.load(RESOURCE, applied.resource), applied.user, _use(command, work, loaded.state, operator))
    service_order = UUID(str(use.data["order_id"])) if use.data["order_id"] else None
    recorded = SampleTestRecorded(
        reservation=use.id,
        service_order=service_order,
        started_at=command.span.start,
        ended_at=command.span.end,
        used_minutes=work.load(RESERVATION, use.id).state.used_minutes,
        succeeded=command.succeeded,
        failed=command.failed,
        operator=operator,
        amount_fen=work.load(ORDER, service_order).state.amount_fen if service_order else 0,
        last=command.last,
    )
    result = finish(
        work,
        loaded,
        testing.record(loaded.state, recorded),
        reservation_id=str(use.id),
        service_order_id=str(service_order) if service_order else None,
        amount_fen=recorded.amount_fen,
    )
    result.data["overlaps"] = use.data["overlaps"]
    return result


def _use(command: RecordSampleTest, work: Work, order: SampleOrder, operator: UUID) -> PastUse:
    applied = order.applied
    items = command.items
    if items is None and not order.tests:
        items = dict(applied.items) or None
    return PastUse(
        wish=Wish(
            span=command.span,
            purpose=applied.purpose,
            use_type="commissioned_test",
            project_type=cast("ProjectType", applied.project_type),
            service_mode="commissioned_test",
            samples=command.succeeded,
            contract=command.contract_id or applied.contract,
            voucher_grant=applied.voucher_grant,
            requested_by=work.actor.user,
            items=dict(items or {}),
            fund_card=applied.fund_card,
            price_kind=order.kind.user_kind if order.kind else None,
            kind_reason=order.kind.reason if order.kind else "",
            rules_read=True,
            answers=dict(command.answers),
            overrides=dict(command.overrides),
            entered_afterwards=True,
        ),
        used_minutes=command.used_minutes,
        successful=command.failed == 0,
        note=command.note,
        items=items,
        lock_override=command.lock_override,
        operator=operator,
        origin="sample_order",
    )
