# SPDX-License-Identifier: Apache-2.0
"""Approve an order as the leader of the customer's group."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.samples.sides import ORDER_ID, SampleCommand, finish, for_customer
from domain.samples import approving

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class ApproveSamples(SampleCommand):
    """Approve an order of one's group that waits for it."""

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID}})

    order_id: UUID


def approve_samples(command: ApproveSamples, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_customer(work, command.order_id)
    return finish(work, loaded, approving.approve(loaded.state, approver=work.actor.user, now=work.now))
