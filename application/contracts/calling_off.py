# SPDX-License-Identifier: Apache-2.0
"""Whose call-off it is, and what commands answer about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.contracts.standing import UNIT_STAFF
from application.guards import serves_customer
from domain.contracts.call_off import CALL_OFF

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.contracts.call_off import CallOff
    from domain.contracts.events import Side


def for_party(work: Work, call_off_id: UUID) -> tuple[Loaded[CallOff], Side]:
    """A call-off for one of the parties, with the side the actor stands on. Raises `NotPermitted` for others."""
    loaded = work.load(CALL_OFF, call_off_id)
    if work.actor.role in UNIT_STAFF and work.actor.unit == loaded.state.unit:
        return loaded, "provider"
    serves_customer(work, loaded.state.customer, loaded.state.customer_user)
    return loaded, "user"


def answer(loaded: Loaded[CallOff]) -> Result:
    """Number and state, what is held and what was used."""
    call_off = loaded.state
    return Result(
        loaded.id,
        {
            "number": call_off.number,
            "state": call_off.state,
            "ceiling_fen": call_off.ceiling_fen,
            "used_fen": call_off.used_fen,
        },
    )
