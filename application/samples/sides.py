# SPDX-License-Identifier: Apache-2.0
"""On whose side an actor stands towards a sample order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from application.command import Command, Result
from application.guards import own_unit, serves_customer
from application.reservations.standing import UNIT_STAFF
from domain.samples.order import SAMPLE_ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.samples.order import SampleOrder

ORDER_ID = "5b1d7f40-93a5-5d58-8d0c-2f0b6b1c9e77"
"""The order of every example."""


class SampleCommand(Command):
    """A step of one order."""

    TARGET = "order_id"


def for_unit(work: Work, order_id: UUID) -> Loaded[SampleOrder]:
    """An order for the staff of its unit. Raises `NotFound`, `NotPermitted`."""
    loaded = work.load(SAMPLE_ORDER, order_id)
    own_unit(work, loaded.state.applied.unit)
    return loaded


def for_customer(work: Work, order_id: UUID) -> Loaded[SampleOrder]:
    """An order for its user, or somebody of the same legal person. Raises `NotFound`, `NotPermitted`."""
    loaded = work.load(SAMPLE_ORDER, order_id)
    serves_customer(work, loaded.state.applied.customer, loaded.state.applied.user)
    return loaded


def for_either(work: Work, order_id: UUID) -> tuple[Loaded[SampleOrder], Literal["user", "provider"]]:
    """An order for either side, and which it is. Raises `NotFound`, `NotPermitted`."""
    if work.actor.role in UNIT_STAFF:
        return for_unit(work, order_id), "provider"
    return for_customer(work, order_id), "user"


def finish(work: Work, loaded: Loaded[SampleOrder], decided: Sequence[Event], **data: str | int | None) -> Result:
    """Append, and answer with the state that follows."""
    work.append(loaded.id, *decided)
    after = SAMPLE_ORDER.fold(decided, loaded.state)
    assert after is not None, "an order stays an order"
    return Result(loaded.id, {"state": after.state, **data})
