# SPDX-License-Identifier: Apache-2.0
"""Lanes that a resource holds itself: maintenance and time kept for the unit's own needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.kernel.time import Span


def lane_holder(hold: UUID, lane: int) -> UUID:
    """Who holds a lane in the claims: the maintenance or block takes each of its lanes under an id of its own."""
    return uuid5(hold, str(lane))


@dataclass(frozen=True, slots=True)
class Hold:
    """A maintenance or an internal block; `released` once it has ended (at `ended_at`) or was lifted."""

    id: UUID
    span: Span
    lanes: tuple[int, ...]
    kind: str
    released: bool = False
    ended_at: datetime | None = None

    @property
    def holders(self) -> Iterator[UUID]:
        """Its ids in the claims."""
        return (lane_holder(self.id, lane) for lane in self.lanes)

    @property
    def effective(self) -> Span | None:
        """The time it really took; None when it ended before it began."""
        if self.ended_at is None:
            return self.span
        return self.span.clipped(self.span.start, self.ended_at)
