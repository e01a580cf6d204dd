# SPDX-License-Identifier: Apache-2.0
"""What became exempt is left out of what was found while it was shared: today's rule for yesterday's data (8.23)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from api.http.reading.descriptions import OPERATING
from domain.purchasing.events import DuplicateCheckCompleted, PurchaseReviewRequested
from projections.instruments import exempt_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.http.reading.line import Visit
    from domain.kernel.event import Event
    from domain.purchasing.facilities import Candidate
    from projections.readmodel import Row

FOUND = ("shown", "duplicate_check")
"""Where a purchase review keeps the facilities that were found; how many there were stays as it was recorded."""


def hidden_among(visit: Visit, resources: Sequence[UUID]) -> set[UUID]:
    """Which of them the reader may not know of any more; who operates or controls the platform may."""
    if visit.actor is not None and visit.actor.role in OPERATING:
        return set()
    return exempt_among(visit.cursor, resources)


def review_as_seen(visit: Visit, row: Row) -> Row:
    """A purchase review without the candidates that are hidden today."""
    seen = {}
    for name in FOUND:
        if found := row[name]:
            hidden = {str(each) for each in hidden_among(visit, [UUID(one["resource"]) for one in found["candidates"]])}
            seen[name] = {**found, "candidates": [one for one in found["candidates"] if one["resource"] not in hidden]}
    return {**row, **seen}


def event_as_seen(visit: Visit, event: Event) -> Event:
    """An event without the candidates that are hidden today."""
    match event:
        case PurchaseReviewRequested(shown=shown):
            kept = _kept(visit, shown.candidates)
            return event.model_copy(update={"shown": shown.model_copy(update={"candidates": kept})})
        case DuplicateCheckCompleted(candidates=candidates):
            return event.model_copy(update={"candidates": _kept(visit, candidates)})
        case _:
            return event


def _kept(visit: Visit, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    hidden = hidden_among(visit, [each.resource for each in candidates])
    return tuple(each for each in candidates if each.resource not in hidden)
