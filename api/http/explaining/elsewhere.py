# SPDX-License-Identifier: Apache-2.0
"""Other instruments of the same class or model that would take the request, where this one has no time for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from application.reservations.checking import MARGIN, REACH, attempt
from application.reservations.seen import SeenClaims
from domain.kernel.time import Span
from projections.first_free import Asked, first_free
from projections.instrument_search import matching
from projections.offered import shown
from projections.search_conditions import Search

if TYPE_CHECKING:
    from application.looking import Look
    from application.reservations.checking import Trial
    from application.reservations.request_reservation import RequestReservation
    from projections.paging import Cursor

MOST_EXAMINED, MOST_TRIED, MOST_SHOWN = 200, 10, 3


def elsewhere(cursor: Cursor, look: Look, trial: Trial, asked: RequestReservation) -> list[dict[str, Any]]:
    """Up to three, the earliest first; each one is tried by the command itself, with the same wish."""
    length = asked.span.end - asked.span.start
    wanted = Asked(
        minutes=asked.span.minutes,
        start=max(look.now, asked.span.start),
        end=asked.span.start + REACH,
        now=look.now,
        user_kind=trial.asker.user_kind,
    )
    found = first_free(cursor, _alike(cursor, trial), wanted).found[:MOST_TRIED]
    items: list[dict[str, Any]] = []
    for free in found:
        start = free.slots[0].start
        span = Span(start=start, end=start + length)
        other = asked.model_copy(update={"resource_id": free.instrument.id, "span": span})
        claims = SeenClaims(look.bus.claims, start - MARGIN, start + length + MARGIN + timedelta(days=1))
        if attempt(look, other, claims).refused is None:
            items.append({"instrument": shown(cursor, [free.instrument.id])[free.instrument.id], "span": span})
        if len(items) == MOST_SHOWN:
            break
    return items


def _alike(cursor: Cursor, trial: Trial) -> list[Any]:
    """Of the same class, or, where it has none, of the same model; never the instrument itself."""
    resource = trial.resource
    if resource.class_code:
        wanted = Search(class_prefix=resource.class_code, state="published", bookable=True)
    elif resource.model:
        wanted = Search(text=resource.model, state="published", bookable=True)
    else:
        return []
    return [each for each in matching(cursor, wanted, MOST_EXAMINED) if each != trial.resource_id]
