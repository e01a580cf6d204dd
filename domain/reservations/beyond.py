# SPDX-License-Identifier: Apache-2.0
"""Who holds more pieces than there are, after their number was lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from domain.kernel.time import Span


def beyond(held: Iterable[tuple[Span, UUID]], quantity: int) -> tuple[UUID, ...]:
    """The holders for whom no piece is left, by start: of those at one time, whoever begins later goes short."""
    served: list[Span] = []
    short = []
    for span, holder in sorted(held, key=lambda each: (each[0].start, each[1])):
        if sum(other.end > span.start for other in served) < quantity:
            served.append(span)
        else:
            short.append(holder)
    return tuple(short)


def piece_within(quantity: int, taken: Collection[int]) -> int | None:
    """A free piece of those there are; pieces held that are there no more each take the place of one."""
    free = [piece for piece in range(1, quantity + 1) if piece not in taken]
    gone = {piece for piece in taken if piece > quantity}
    return free[0] if len(free) > len(gone) else None
