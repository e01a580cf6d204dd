# SPDX-License-Identifier: Apache-2.0
"""Deliver a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.samples import reporting
from domain.samples.events import DeliveryMethod

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class DeliverTestReport(SampleCommand):
    """Hand a reviewed report over: picked up, sent with a tracking number, or electronically."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "method": "sent", "tracking_number": "SF1234567890"}}
    )

    order_id: UUID
    method: DeliveryMethod
    tracking_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    samples_returned: bool = False


def deliver_test_report(command: DeliverTestReport, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    decided = reporting.deliver(
        loaded.state,
        method=command.method,
        tracking_number=command.tracking_number,
        samples_returned=command.samples_returned,
    )
    return finish(work, loaded, decided)
