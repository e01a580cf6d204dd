# SPDX-License-Identifier: Apache-2.0
"""Say to whom the invoice of an order is made out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.samples.customers import InvoiceParticulars, invoice_event
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_either

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class StateInvoiceParticulars(SampleCommand):
    """State title and tax number anew; an individual has no tax number. They are stored encrypted."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": ORDER_ID,
                "invoice": {"title": "示例材料有限公司", "tax_number": "91993205DEMJ00142X"},
            }
        }
    )

    order_id: UUID
    invoice: InvoiceParticulars


def state_invoice_particulars(command: StateInvoiceParticulars, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_either(work, command.order_id)
    return finish(work, loaded, [invoice_event(loaded.state.applied.user, command.invoice)])
