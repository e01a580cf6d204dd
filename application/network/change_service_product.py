# SPDX-License-Identifier: Apache-2.0
"""Change a service product."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.network.permits import Text, admitted, bases_of, own_provider
from application.work import Work
from domain.network import product
from domain.network.events import ServiceProductChanged
from domain.network.product import PRODUCT


class ChangeServiceProduct(Command):
    """Renew particulars of a product; fields left out stay as they are."""

    TARGET: ClassVar[str | None] = "product"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "product": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "reason": "调整报价",
                "price_text": "每样 2,500 元",
            }
        }
    )

    product: UUID
    reason: Words
    name_zh: Words | None = None
    name_en: Text | None = None
    description: Words | None = None
    base_resources: tuple[UUID, ...] | None = Field(default=None, max_length=100)
    price_text: Words | None = None
    deliverable: Text | None = None


def change_service_product(command: ChangeServiceProduct, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `product.change` raises."""
    found = work.load(PRODUCT, command.product)
    state = found.state
    own_provider(work, state.unit, state.provider)
    resources = state.base_resources if command.base_resources is None else command.base_resources
    events = product.change(
        state,
        ServiceProductChanged.model_validate(command.model_dump(exclude={"product"})),
        bases=bases_of(work, resources, state.unit, state.provider),
        admitted=admitted(work, state.unit),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
