# SPDX-License-Identifier: Apache-2.0
"""A call-off as it stands: an order under a framework contract, of its own stream (JS 18, A32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from domain.contracts.call_off_events import CallOffCancelled, CallOffEvent, CallOffPlaced, CallOffSettled, CallOffUsed
from domain.kernel.event import Aggregate
from domain.kernel.lifecycle import require_one_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

CallOffState = Literal["placed", "cancelled", "settled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff:
    """What was ordered, within which period and ceiling, and the uses that began under it."""

    number: str
    contract: UUID
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    resource: UUID
    minutes: int | None
    samples: int | None
    reservation: UUID | None
    ceiling_fen: int
    valid_from: date
    valid_until: date
    state: CallOffState = "placed"
    uses: tuple[CallOffUsed, ...] = ()
    used_fen: int | None = None
    """What was charged in the end; None until it is settled."""


_COPIED = tuple(name for name in CallOff.__dataclass_fields__ if name in CallOffPlaced.model_fields)


def evolve(state: CallOff | None, event: CallOffEvent) -> CallOff:
    """The call-off after one more event."""
    if isinstance(event, CallOffPlaced):
        return CallOff(**{name: getattr(event, name) for name in _COPIED})
    assert state is not None, "every history begins with an order"
    match event:
        case CallOffUsed():
            return replace(state, uses=(*state.uses, event))
        case CallOffCancelled():
            return replace(state, state="cancelled")
        case CallOffSettled(used_fen=used):
            return replace(state, state="settled", used_fen=used)


CALL_OFF = Aggregate("contracts.CallOff", evolve, (CallOffPlaced, CallOffUsed, CallOffCancelled, CallOffSettled))


def require_placed(call_off: CallOff, command: str) -> None:
    """Refuse `command` (`contracts.call_off_wrong_state`) unless the call-off runs."""
    require_one_of(("placed",), "contracts.call_off_wrong_state", state=call_off.state, command=command)
