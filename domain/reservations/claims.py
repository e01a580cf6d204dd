# SPDX-License-Identifier: Apache-2.0
"""What reservations occupy: a lane of the resource from the request on, until use or anything else ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import Claim, DrawWithin, HoldSlot, MoveSlot, ReleaseSlot, TakeKey
from domain.reservations.events import (
    NoShowRecorded,
    ReservationCancelled,
    ReservationExpired,
    ReservationRejected,
    ReservationRequested,
    ReservationRescheduled,
    UsageAborted,
    UsageCompleted,
    UsageStarted,
)

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event

USES_CAP = 10**9


def uses_account(contract: UUID) -> str:
    """The account that counts the uses begun under a contract.

    From the first one on its intellectual property stays as agreed (JS 20); all must be paid before it is fulfilled.
    """
    return f"contract.uses:{contract}"


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event of a reservation."""
    match event:
        case ReservationRequested(held=held):
            slot = HoldSlot(stream, event.resource, event.lane, held.start, held.end)
            imported = [TakeKey("external", event.external_id, stream)] if event.external_id else []
            return [slot, *imported]
        case ReservationRescheduled(held=held, lane=lane):
            return [MoveSlot(stream, lane, held.start, held.end)]
        case UsageStarted(contract=contract) if contract is not None:
            return [DrawWithin(uses_account(contract), USES_CAP, 1)]
        case (
            ReservationRejected()
            | ReservationCancelled()
            | ReservationExpired()
            | NoShowRecorded()
            | UsageCompleted()
            | UsageAborted()
        ):
            return [ReleaseSlot(stream)]
        case _:
            return []
