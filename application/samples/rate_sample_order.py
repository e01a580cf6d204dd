# SPDX-License-Identifier: Apache-2.0
"""Rate a sample order, once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.guards import own_self
from application.samples.apply_for_test import Text
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_customer
from application.standing.noting import settle_feedback
from domain.reservations import records
from domain.reservations.reservation import RESERVATION
from domain.samples import reporting

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class RateSampleOrder(SampleCommand):
    """Rate an order from 1 to 5, once, as its user; its tests carry the rating like any use (JS 26.b, 29; CQ 20.a).

    Feedback that is owed for them is given with it.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID, "score": "4.5"}})

    order_id: UUID
    score: Decimal = Field(ge=1, le=5, decimal_places=1)
    comment: Text = ""


def rate_sample_order(command: RateSampleOrder, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_customer(work, command.order_id)
    own_self(work, loaded.state.applied.user)
    decided = reporting.rate(loaded.state, score=command.score, comment=command.comment)
    for test in loaded.state.tests:
        use = work.load(RESERVATION, test.reservation)
        settle_feedback(work, use, score=command.score)
        work.append(use.id, *records.rate(use.state, score=command.score, comment=command.comment))
    return finish(work, loaded, decided)
