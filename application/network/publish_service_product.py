# SPDX-License-Identifier: Apache-2.0
"""Publish a service product."""

from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.network.permits import Text, admitted, bases_of, provider_of
from application.work import Work
from domain.network import product
from domain.network.events import ServiceProductPublished


class PublishServiceProduct(Command):
    """Offer a service made of resources (JS 19.a; CQ 11(b), 15.c): by a unit, or without `unit` by an operator.

    `price_text` says what it costs or which fee standard holds.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "name_zh": "锂电材料失效分析套餐",
                "description": "形貌、成分与热稳定性联合分析，出具分析报告",
                "base_resources": ["9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55"],
                "value_added": True,
                "price_text": "每样 2,800 元，机时按收费标准另计",
                "deliverable": "分析报告",
            }
        }
    )

    unit: UUID | None = None
    name_zh: Words
    name_en: Text = ""
    description: Words
    base_resources: tuple[UUID, ...] = Field(max_length=100)
    value_added: bool
    price_text: Words
    deliverable: Text = ""


def publish_service_product(command: PublishServiceProduct, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `product.publish` raises."""
    provider = provider_of(work, command.unit)
    new = work.new_id()
    events = product.publish(
        ServiceProductPublished.model_validate(command.model_dump() | {"provider": provider}),
        bases=bases_of(work, command.base_resources, command.unit, provider),
        admitted=admitted(work, command.unit),
    )
    work.append(new, *events)
    return Result(id=new)
