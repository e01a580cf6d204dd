# SPDX-License-Identifier: Apache-2.0
"""What happens to a call-off: an order under a framework contract (JS 18, A32). Amounts in fen."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from domain.contracts.events import Side
from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.personal import Personal


class CallOffPlaced(Event):
    """Something is ordered under a framework; its ceiling is held within the framework's from now on.

    At least one of `minutes`, `samples` and `reservation` says how much. `framework_ceiling_fen` is what all call-offs
    together may reach, None where the framework names no amount. `opened_by_use`: nobody placed it apart, a use
    without one opened it.
    """

    TYPE: ClassVar[str] = "contracts.CallOffPlaced"

    number: str
    contract: UUID
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    resource: UUID
    minutes: int | None = Field(default=None, ge=1)
    samples: int | None = Field(default=None, ge=1)
    reservation: UUID | None = None
    ceiling_fen: Fen
    framework_ceiling_fen: Fen | None
    valid_from: date
    valid_until: date
    subject: Personal | None = None
    """What is ordered in words, sealed under the contract's key like its text (ruling 8.23)."""
    placed_by: Side
    opened_by_use: bool = False


class CallOffUsed(Event):
    """A use begins under the call-off, with the time reserved, the samples asked for and the amount quoted."""

    TYPE: ClassVar[str] = "contracts.CallOffUsed"

    reservation: UUID
    minutes: int = Field(ge=0)
    samples: int = Field(ge=0, default=0)
    quoted_fen: Fen


class CallOffCancelled(Event):
    """Given up before any use; what it held goes back to the framework."""

    TYPE: ClassVar[str] = "contracts.CallOffCancelled"

    contract: UUID
    reservation: UUID | None = None
    cancelled_by: Side
    released_fen: Fen
    reason: str


class CallOffSettled(Event):
    """Every use under it is over and its order closed. Held until now was `ceiling_fen`, really charged `used_fen`."""

    TYPE: ClassVar[str] = "contracts.CallOffSettled"

    contract: UUID
    ceiling_fen: Fen
    used_fen: Fen
    framework_ceiling_fen: Fen | None


CallOffEvent = CallOffPlaced | CallOffUsed | CallOffCancelled | CallOffSettled
