# SPDX-License-Identifier: Apache-2.0
"""Claims as they were seen once, so that a hundred times can be tried at the price of one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from application.ports import Claims, Occupant


class SeenClaims:
    """The port `Claims`; what holds a resource is read once for all of `[start, end)`, a counter when first asked.

    Whatever lies outside of that time is asked of the database as ever.
    """

    def __init__(self, claims: Claims, start: datetime, end: datetime) -> None:
        self._claims, self._start, self._end = claims, start, end
        self._held: dict[UUID, Sequence[Occupant]] = {}
        self._used: dict[str, int | None] = {}

    def occupants(self, resource: UUID, start: datetime, end: datetime) -> Sequence[Occupant]:
        """Who occupies which lane of a resource in a span, by start."""
        if start < self._start or end > self._end:
            return self._claims.occupants(resource, start, end)
        if resource not in self._held:
            self._held[resource] = self._claims.occupants(resource, self._start, self._end)
        return [held for held in self._held[resource] if held.start < end and start < held.end]

    def holders(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """Who occupies a resource in a span, by start."""
        return [held.holder for held in self.occupants(resource, start, end)]

    def free_lane(
        self, resource: UUID, capacity: int, start: datetime, end: datetime, *, but: Collection[int] = ()
    ) -> int | None:
        """The lowest lane of a resource that is free over a span, if any; not one of `but`."""
        taken = {held.lane for held in self.occupants(resource, start, end)}.union(but)
        return next((lane for lane in range(1, capacity + 1) if lane not in taken), None)

    def next_free(self, resource: UUID, capacity: int, start: datetime, end: datetime) -> datetime | None:
        """When a lane is free next for as long as `[start, end)`."""
        return self._claims.next_free(resource, capacity, start, end)

    def used(self, accounts: Sequence[str]) -> dict[str, int]:
        """What is drawn of each of several accounts; one that is not there yet is left out."""
        unseen = [account for account in accounts if account not in self._used]
        if unseen:
            found = self._claims.used(unseen)
            self._used.update({account: found.get(account) for account in unseen})
        known = {account: self._used[account] for account in accounts}
        return {account: used for account, used in known.items() if used is not None}

    def owner(self, kind: str, value: str) -> UUID | None:
        """Whose key it is."""
        return self._claims.owner(kind, value)

    def left(self, account: str) -> int | None:
        """What may still be drawn from an account; None where there is no such account."""
        return self._claims.left(account)

    def last_number(self, series: str) -> int:
        """The last number taken of a gapless series, 0 at the start."""
        return self._claims.last_number(series)
