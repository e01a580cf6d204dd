# SPDX-License-Identifier: Apache-2.0
"""Claims on one row merged into one: a statement changes a row at most once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.claims import (
    Claim,
    Draw,
    DrawUpTo,
    DrawWithin,
    HoldSlot,
    MoveSlot,
    OpenAccount,
    RaiseCap,
    ReleaseSlot,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opened:
    """An account opened, and drawn upon, in one append."""

    account: str
    cap: int
    used: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An account drawn upon, and its cap raised, in one append."""

    account: str
    used: int
    cap: int


Condensed = Claim | Opened | Changed


def condensed(claims: Iterable[Claim]) -> list[Condensed]:
    """One claim a row, sorted so that concurrent writers lock rows in the same order."""
    slots = _Slots()
    accounts: dict[str, _Account] = defaultdict(_Account)
    others: list[Condensed] = []
    for claim in claims:
        match claim:
            case HoldSlot() | MoveSlot() | ReleaseSlot():
                slots.add(claim)
            case OpenAccount() | DrawWithin() | DrawUpTo() | Draw() | RaiseCap():
                accounts[claim.account].add(claim)
            case _:
                others.append(claim)
    changed = (accounts[name].condensed(name) for name in sorted(accounts))
    return [*slots.condensed(), *(claim for claim in changed if claim), *others]


class _Slots:
    """What becomes of each holder's slot in one append."""

    def __init__(self) -> None:
        self._held: dict[UUID, HoldSlot | MoveSlot | ReleaseSlot | None] = {}

    def add(self, claim: HoldSlot | MoveSlot | ReleaseSlot) -> None:
        before = self._held.get(claim.holder)
        if isinstance(before, HoldSlot) and isinstance(claim, MoveSlot):
            self._held[claim.holder] = HoldSlot(claim.holder, before.resource, claim.lane, claim.start, claim.end)
        elif isinstance(before, HoldSlot) and isinstance(claim, ReleaseSlot):
            self._held[claim.holder] = None
        elif isinstance(before, ReleaseSlot) and isinstance(claim, HoldSlot):
            # An accessory held again for another time: its holder belongs to one accessory for good.
            self._held[claim.holder] = MoveSlot(claim.holder, claim.lane, claim.start, claim.end)
        else:
            self._held[claim.holder] = claim

    def condensed(self) -> list[Condensed]:
        return [claim for claim in self._held.values() if claim is not None]


@dataclass
class _Account:
    """What becomes of one account in one append."""

    used: int = 0
    raised: int = 0
    opened: int | None = None
    within: int | None = None
    up_to: int | None = None

    def add(self, claim: OpenAccount | DrawWithin | DrawUpTo | Draw | RaiseCap) -> None:
        match claim:
            case OpenAccount(cap=cap):
                self.opened = cap
            case DrawWithin(cap=cap, amount=amount):
                self.within, self.used = cap, self.used + amount
            case DrawUpTo(cap=cap, amount=amount):
                self.up_to, self.used = cap, self.used + amount
            case Draw(amount=amount):
                self.used += amount
            case RaiseCap(amount=amount):
                self.raised += amount

    def condensed(self, account: str) -> Condensed | None:
        if self.opened is not None:
            return Opened(account, self.opened + self.raised, self.used)
        if self.within is not None:
            return DrawWithin(account, self.within, self.used)
        if self.up_to is not None and self.used > 0:
            return DrawUpTo(account, self.up_to, self.used)
        return Changed(account, self.used, self.raised) if self.used or self.raised else None
