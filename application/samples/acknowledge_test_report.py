# SPDX-License-Identifier: Apache-2.0
"""Say that the report is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.samples.apply_for_test import Text
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_customer
from domain.samples import reporting

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class AcknowledgeTestReport(SampleCommand):
    """Confirm, as the customer, that the report has arrived."""

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID}})

    order_id: UUID
    note: Text = ""


def acknowledge_test_report(command: AcknowledgeTestReport, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_customer(work, command.order_id)
    return finish(work, loaded, reporting.acknowledge(loaded.state, note=command.note))
