# SPDX-License-Identifier: Apache-2.0
"""Claims: inline projections that can say no.

A claim is derived from an event by a pure function and written in the event's own transaction, where a database
constraint refuses it. The same function folds the whole history, so that claims can be proven equal to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class HoldSlot:
    """Occupy one lane of a resource for `[start, end)`, set-up and clean-down included."""

    holder: UUID
    resource: UUID
    lane: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class MoveSlot:
    """Move what `holder` occupies."""

    holder: UUID
    lane: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """Give back what `holder` occupies."""

    holder: UUID


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """Open an amount that may be drawn upon up to `cap` (fen or a count)."""

    account: str
    cap: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw `amount` from an account; a negative amount gives back. Never below zero, never above the cap."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class DrawWithin:
    """Draw `amount` from an account that is opened with `cap` where it does not exist yet."""

    account: str
    cap: int
    amount: int


@dataclass(frozen=True, slots=True)
class DrawUpTo:
    """Draw `amount` from an account, up to the `cap` that was published when the draw was decided.

    The cap bounds this draw alone: whatever is drawn next brings its own. A cap below what is used already refuses
    further draws; what was drawn stays drawn.
    """

    account: str
    cap: int
    amount: int


@dataclass(frozen=True, slots=True)
class RaiseCap:
    """Let `amount` more be drawn from an account."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class TakeKey:
    """Make `value` of `kind` (a code, a number) belong to `owner` alone."""

    kind: str
    value: str
    owner: UUID


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """Free a key for another owner."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class NextNumber:
    """Take `number` of a gapless series: it must be the last one plus one."""

    series: str
    number: int


@dataclass(frozen=True, slots=True)
class GrantToken:
    """Let whoever shows the token with this SHA-256 act as the user in a role."""

    token_hash: str
    user: UUID
    role: str
    organisation: UUID | None
    unit: UUID | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """Make a token worthless."""

    token_hash: str


Claim = (
    HoldSlot
    | MoveSlot
    | ReleaseSlot
    | OpenAccount
    | Draw
    | DrawWithin
    | DrawUpTo
    | RaiseCap
    | TakeKey
    | ReleaseKey
    | NextNumber
    | GrantToken
    | RevokeToken
)
