# SPDX-License-Identifier: Apache-2.0
"""What reservations occupy: a lane of the resource from the request on, until use or anything else ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import Claim, Draw, DrawUpTo, DrawWithin, HoldSlot, MoveSlot, ReleaseSlot, TakeKey
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
from domain.reservations.holdings import accessory_holder
from domain.reservations.judged_events import HoldingsReturned, RequestJudged

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event

USES_CAP = 10**9
FOREIGN = "reservation.external_id"
"""The kind of key under which units' own platforms name bookings and uses, each once."""


def foreign_key(unit: UUID, external_id: str) -> str:
    """The key of an identity `source:id`: each unit has names of its own, so that two may both say `lims:1001`."""
    return f"{unit}:{external_id}"


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
            return [slot, *_foreign(stream, event)]
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
            return _beside(stream, event)


def _foreign(stream: UUID, event: ReservationRequested) -> list[Claim]:
    if event.external_id is None:
        return []
    return [TakeKey(FOREIGN, foreign_key(event.unit, event.external_id), stream)]


def _beside(stream: UUID, event: Event) -> list[Claim]:
    """Counters by the caps published last; accessories under holders of their own, for the time stated."""
    match event:
        case RequestJudged(held_from=start, held_until=end):
            held = [
                HoldSlot(accessory_holder(stream, accessory.name), accessory.id, accessory.piece, start, end)
                for accessory in event.accessories
            ]
            return [*held, *(DrawUpTo(draw.account, draw.cap, draw.amount) for draw in event.draws)]
        case HoldingsReturned():
            back = [ReleaseSlot(accessory_holder(stream, accessory.name)) for accessory in event.accessories]
            return [*back, *(Draw(draw.account, -draw.amount) for draw in event.draws)]
        case _:
            return []
