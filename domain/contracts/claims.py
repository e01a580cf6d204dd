# SPDX-License-Identifier: Apache-2.0
"""What contracts claim: their number, gapless in the year of the unit; what call-offs hold of a framework's ceiling."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled, CallOffUsed
from domain.contracts.events import ContractDrafted
from domain.contracts.output_events import OutputRecorded, OutputWithdrawn
from domain.contracts.performing_events import CallOffsClosed
from domain.kernel.claims import Draw, DrawUpTo, DrawWithin, HoldSlot, ReleaseKey, ReleaseSlot, TakeKey
from domain.kernel.numbers import claim_of_number, serial_of

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event

NO_CEILING = 10**15
"""Where a framework names no amount, call-offs are only summed."""
RUNNING_CAP = 10**6
"""Call-offs that may run at once; who closes the framework takes them all, so that none can be placed any more."""
ORDERED, USED = "contract.call_off", "contract.call_off_use"
"""Kinds of keys: the call-off that a reservation was ordered with, and the one that its use began under."""
OUTPUT = "contract.output"
FROM, UNTIL = datetime(9000, 1, 1, tzinfo=UTC), datetime(9001, 1, 1, tzinfo=UTC)
"""A call-off that runs stands in a lane of its framework, which finds it there, at a time that no timer comes to."""


def series_of(unit_code: str, year: int) -> str:
    """The series of contract numbers of a unit in a year (`HT` stands for 合同)."""
    return f"HT-{unit_code}-{year}"


def call_off_series(contract_number: str) -> str:
    """The series of call-offs under a framework (`D` stands for 订单)."""
    return f"{contract_number}-D"


def ceiling_account(contract: UUID) -> str:
    """What call-offs hold of a framework's ceiling, in fen."""
    return f"contract.ceiling:{contract}"


def running_account(contract: UUID) -> str:
    """How many call-offs of a framework are neither settled nor cancelled."""
    return f"contract.call_offs:{contract}"


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event of a contract, a call-off or an output."""
    match event:
        case ContractDrafted(number=number):
            return [claim_of_number(number)]
        case CallOffsClosed(running=running):
            return [DrawWithin(running_account(stream), RUNNING_CAP, RUNNING_CAP - running)]
        case OutputRecorded():
            return [TakeKey(OUTPUT, f"{event.unit}:{event.identifier}", stream)]
        case OutputWithdrawn():
            return [ReleaseKey(OUTPUT, f"{event.unit}:{event.identifier}")]
        case _:
            return _of_call_off(stream, event)


def _of_call_off(stream: UUID, event: Event) -> list[Claim]:
    match event:
        case CallOffPlaced(contract=contract, reservation=reservation):
            cap = NO_CEILING if event.framework_ceiling_fen is None else event.framework_ceiling_fen
            ordered = [TakeKey(ORDERED, str(reservation), stream)] if reservation else []
            return [
                claim_of_number(event.number),
                DrawUpTo(ceiling_account(contract), cap, event.ceiling_fen),
                DrawWithin(running_account(contract), RUNNING_CAP, 1),
                HoldSlot(stream, contract, serial_of(event.number), FROM, UNTIL),
                *ordered,
            ]
        case CallOffUsed(reservation=reservation):
            return [TakeKey(USED, str(reservation), stream)]
        case CallOffCancelled(contract=contract, reservation=reservation):
            freed = [ReleaseKey(ORDERED, str(reservation))] if reservation else []
            return [*_ended(stream, contract), Draw(ceiling_account(contract), -event.released_fen), *freed]
        case CallOffSettled(contract=contract):
            cap = NO_CEILING if event.framework_ceiling_fen is None else event.framework_ceiling_fen
            more = event.used_fen - event.ceiling_fen
            account = ceiling_account(contract)
            return [*_ended(stream, contract), DrawUpTo(account, cap, more) if more > 0 else Draw(account, more)]
        case _:
            return []


def _ended(stream: UUID, contract: UUID) -> list[Claim]:
    return [Draw(running_account(contract), -1), ReleaseSlot(stream)]
