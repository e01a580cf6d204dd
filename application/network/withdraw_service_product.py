# SPDX-License-Identifier: Apache-2.0
"""Withdraw a service product."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.network.permits import own_provider
from application.work import Work
from domain.network import product
from domain.network.product import PRODUCT


class WithdrawServiceProduct(Command):
    """Offer a product no longer."""

    TARGET: ClassVar[str | None] = "product"

    model_config = ConfigDict(
        json_schema_extra={"example": {"product": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03", "reason": "设备更新"}}
    )

    product: UUID
    reason: Words


def withdraw_service_product(command: WithdrawServiceProduct, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `product.withdraw` raises."""
    found = work.load(PRODUCT, command.product)
    own_provider(work, found.state.unit, found.state.provider)
    work.append(found.id, *product.withdraw(found.state, reason=command.reason))
    return Result(id=found.id)
