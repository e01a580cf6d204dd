# SPDX-License-Identifier: Apache-2.0
"""Closed time that a wish would lie in: announced by the unit or for the instrument, at the moment of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.reservations.facts import Closed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.work import Work
    from domain.kernel.time import Span
    from domain.policy.closing import Closure
    from domain.reservations.admission import Admitted
    from domain.resources.resource import Resource


def closed_for(work: Work, resource: Resource, span: Span) -> tuple[tuple[Closed, ...], frozenset[int]]:
    """What closes every lane during some of the span, and the lanes that are closed then.

    Both streams are read for any request; without closures this asks nothing.
    """
    general = work.load(UNIT, resource.unit).state.closures
    if not (general or resource.closures):
        return (), frozenset()
    every_lane = frozenset(range(1, resource.capacity_on(local_date(span.start)) + 1))
    met = [*_met(general, "unit", span), *_met(resource.closures, "instrument", span)]
    shut = frozenset(lane for lanes, _ in met for lane in (every_lane if lanes is None else lanes))
    if not shut >= every_lane:
        return (), shut
    whole = tuple(closed for lanes, closed in met if lanes is None)
    return whole or tuple(closed for _, closed in met), shut


def lanes_shut(admitted: Admitted) -> frozenset[int]:
    """Lanes that an admitted request may not take. Where all are closed, somebody has set the closure aside."""
    return frozenset() if admitted.offer.closed else admitted.offer.closed_lanes


def _met(closures: Iterable[Closure], level: str, span: Span) -> Iterable[tuple[tuple[int, ...] | None, Closed]]:
    for closure in closures:
        found = closure.overlap(span)
        if found is not None:
            closed = Closed(closure=closure.id, level=level, start=found.start, end=found.end, reason=closure.reason)
            yield closure.lanes, closed
