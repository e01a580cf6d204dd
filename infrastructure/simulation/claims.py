# SPDX-License-Identifier: Apache-2.0
"""The claim tables in memory, for the one writer of a log: the same refusals, without asking the database.

Keys are the exception: they only ever grow, so that those already written are left to the database, which refuses a
second one when they are copied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from application.errors import KeyTaken, QuotaExhausted, SlotTaken, VersionConflict
from application.ports import Occupant
from domain.kernel.claims import DrawUpTo, DrawWithin, HoldSlot, MoveSlot, NextNumber, ReleaseKey, ReleaseSlot, TakeKey
from infrastructure.database.claims import PostgresClaims
from infrastructure.event_store.condensing import Changed, Condensed, Opened, condensed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.claims import Claim

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a holder occupies."""

    resource: UUID
    lane: int
    start: datetime
    end: datetime

    def overlaps(self, other: Slot) -> bool:
        """Whether both want one lane at one time."""
        return self.lane == other.lane and self.start < other.end and other.start < self.end


@dataclass
class Unwritten:
    """What the next flush must bring to the tables, by the tables' keys."""

    slots: set[UUID] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)
    taken: dict[Key, UUID] = field(default_factory=dict)
    released: set[Key] = field(default_factory=set)


class MemoryClaims:
    """The port `Claims`, and the constraints of the claim tables."""

    def __init__(self, written: PostgresClaims) -> None:
        """`written` are the tables; they are empty but for what this object has flushed."""
        self._written = written
        self.slots: dict[UUID, Slot] = {}
        self.accounts: dict[str, tuple[int, int]] = {}
        self.series: dict[str, int] = {}
        self.unwritten = Unwritten()
        self._of_resource: dict[UUID, dict[UUID, Slot]] = defaultdict(dict)

    def take(self, claims: Iterable[Claim]) -> None:
        """Claim all or nothing. Raises `SlotTaken`, `QuotaExhausted`, `KeyTaken`, `VersionConflict`."""
        wanted = condensed(claims)
        self._check_slots(wanted)
        for claim in wanted:
            self._check(claim)
        for claim in wanted:
            self._apply(claim)

    def flushed(self) -> None:
        """Everything stands in the tables now."""
        self.unwritten = Unwritten()

    def free_lane(
        self, resource: UUID, capacity: int, start: datetime, end: datetime, *, but: Collection[int] = ()
    ) -> int | None:
        """The lowest free lane of a resource over a span, if any; not one of `but`."""
        lanes = (Slot(resource, lane, start, end) for lane in range(1, capacity + 1) if lane not in but)
        return next((slot.lane for slot in lanes if self._is_free(slot)), None)

    def next_free(self, resource: UUID, capacity: int, start: datetime, end: datetime) -> datetime | None:
        """When a lane is free next for as long as `[start, end)`: when something on it ends, within 31 days."""
        ends = sorted(each.end for each in self.occupants(resource, start, start + timedelta(days=31)))
        length = end - start
        return next((at for at in ends if self.free_lane(resource, capacity, at, at + length) is not None), None)

    def owner(self, kind: str, value: str) -> UUID | None:
        """Whose key it is."""
        if (kind, value) in self.unwritten.taken:
            return self.unwritten.taken[kind, value]
        return None if (kind, value) in self.unwritten.released else self._written.owner(kind, value)

    def left(self, account: str) -> int | None:
        """What may still be drawn; None where there is no such account."""
        used, cap = self.accounts.get(account, (0, None))
        return None if cap is None else cap - used

    def used(self, accounts: Sequence[str]) -> dict[str, int]:
        """What is drawn of each account that there is."""
        return {account: self.accounts[account][0] for account in accounts if account in self.accounts}

    def last_number(self, series: str) -> int:
        """The last number taken of a gapless series."""
        return self.series.get(series, 0)

    def holders(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """Who occupies a resource in a span, by start."""
        held = self._of_resource[resource].items()
        inside = [(slot.start, holder) for holder, slot in held if slot.start < end and start < slot.end]
        return [holder for _, holder in sorted(inside)]

    def occupants(self, resource: UUID, start: datetime, end: datetime) -> Sequence[Occupant]:
        """Who occupies which lane in a span, by start."""
        held = self._of_resource[resource].items()
        inside = (Occupant(holder, s.lane, s.start, s.end) for holder, s in held if s.start < end and start < s.end)
        return sorted(inside, key=lambda each: (each.start, each.lane))

    def _is_free(self, wanted: Slot, away: Collection[UUID] = ()) -> bool:
        held = self._of_resource[wanted.resource].items()
        return not any(wanted.overlaps(slot) for other, slot in held if other not in away)

    def _check_slots(self, wanted: Sequence[Condensed]) -> None:
        """What is given back in the same append is free for others, as it is in the database."""
        away = {claim.holder for claim in wanted if isinstance(claim, ReleaseSlot | MoveSlot)}
        coming: list[Slot] = []
        for claim in wanted:
            if isinstance(claim, HoldSlot | MoveSlot):
                slot = self._slot_of(claim)
                if not self._is_free(slot, away) or any(slot.overlaps(other) for other in coming):
                    raise SlotTaken(holder=str(claim.holder))
                coming.append(slot)

    def _check(self, claim: Condensed) -> None:
        match claim:
            case HoldSlot() | MoveSlot():
                pass  # seen together, in `_check_slots`
            case Opened() | Changed() | DrawWithin() | DrawUpTo():
                used, cap = self._account_after(claim)
                if not 0 <= used <= cap:
                    raise QuotaExhausted(account=claim.account, wanted=used, cap=cap)
            case TakeKey(kind, value):
                if (kind, value) in self.unwritten.taken:
                    raise KeyTaken(kind=kind, value=value)
            case NextNumber(series, number):
                _require(number == self.series.get(series, 0) + 1)
            case ReleaseSlot(holder):
                _require(holder in self.slots)
            case ReleaseKey(kind, value):
                _require(self.owner(kind, value) is not None)
            case _:
                raise TypeError(f"nobody logs in to a simulation: {claim}")

    def _apply(self, claim: Condensed) -> None:
        match claim:
            case HoldSlot() | MoveSlot():
                slot = self._slot_of(claim)
                self.slots[claim.holder] = self._of_resource[slot.resource][claim.holder] = slot
                self.unwritten.slots.add(claim.holder)
            case ReleaseSlot(holder):
                del self._of_resource[self.slots.pop(holder).resource][holder]
                self.unwritten.slots.add(holder)
            case Opened() | Changed() | DrawWithin() | DrawUpTo():
                self.accounts[claim.account] = self._account_after(claim)
                self.unwritten.accounts.add(claim.account)
            case TakeKey(kind, value, owner):
                self.unwritten.taken[kind, value] = owner
            case ReleaseKey(kind, value):
                self.unwritten.taken.pop((kind, value), None)
                self.unwritten.released.add((kind, value))
            case NextNumber(series, number):
                self.series[series] = number
                self.unwritten.series.add(series)

    def _slot_of(self, claim: HoldSlot | MoveSlot) -> Slot:
        resource = claim.resource if isinstance(claim, HoldSlot) else self.slots[claim.holder].resource
        return Slot(resource, claim.lane, claim.start, claim.end)

    def _account_after(self, claim: Opened | Changed | DrawWithin | DrawUpTo) -> tuple[int, int]:
        known = self.accounts.get(claim.account)
        match claim:
            case Opened(used=used, cap=cap):
                _require(known is None)
                return used, cap
            case DrawWithin(cap=cap, amount=amount):
                used, cap = known or (0, cap)
                return used + amount, cap
            case DrawUpTo(cap=cap, amount=amount):
                return (known[0] if known else 0) + amount, cap
            case Changed(used=used, cap=raised):
                _require(known is not None)
                before, cap = known or (0, 0)
                return before + used, cap + raised


def _require(holds: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """What the statement of an append says by dividing by zero: the ground has moved."""
    if not holds:
        raise VersionConflict
