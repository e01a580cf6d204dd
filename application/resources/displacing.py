# SPDX-License-Identifier: Apache-2.0
"""Reservations that maintenance or a closure hits: they are told, and cancelled by the provider where it says so.

A confirmed reservation is never displaced silently (A26): either it stands, or its provider cancels it with a reason,
in the same commit as what takes its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from application.reservations.cancel_reservation import cancel_for
from domain.kernel.errors import refusal
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.kernel.time import Span
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

Displace = Literal["keep", "cancel"]
"""What becomes of the reservations hit: they stand, or the provider cancels them."""
MOST_AT_ONCE = 200
"""So many are cancelled by one command: each is a stream of its own in the commit."""
OPEN = ("requested", "confirmed")


@dataclass(frozen=True)
class Hits:
    """Reservations in the time wanted, and whatever else holds its lanes: maintenance and blocks of the resource."""

    reservations: tuple[Loaded[Reservation], ...]
    own: frozenset[UUID] = frozenset()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The reservations by their ids."""
        return tuple(each.id for each in self.reservations)

    @property
    def told(self) -> list[JsonValue]:
        """What the answer lists."""
        return [
            {
                "reservation": str(each.id),
                "instrument": str(each.state.resource),
                "start": each.state.span.start.isoformat(),
                "end": each.state.span.end.isoformat(),
                "state": each.state.state,
                "external": each.state.external,
            }
            for each in self.reservations
        ]


def held_in(work: Work, resource: Loaded[Resource], span: Span, lanes: Sequence[int]) -> Hits:
    """What holds any of the lanes in the span, set-up and clean-down of reservations included."""
    occupants = work.claims.occupants(resource.id, span.start, span.end)
    met = [each.holder for each in occupants if each.lane in lanes]
    own = resource.state.own_holders()
    loaded = (work.find(RESERVATION, holder) for holder in met if holder not in own)
    return Hits(tuple(each for each in loaded if each is not None), own & set(met))


def used_in(work: Work, resource: Loaded[Resource], spans: Iterable[Span], lanes: Sequence[int] | None) -> Hits:
    """Reservations whose use itself lies in one of the spans; set-up and clean-down may lie in closed time."""
    found: dict[UUID, Loaded[Reservation]] = {}
    own = resource.state.own_holders()
    for span in spans:
        for each in work.claims.occupants(resource.id, span.start, span.end):
            known = None if each.holder in own else work.find(RESERVATION, each.holder)
            if known is not None and known.state.span.overlaps(span) and (lanes is None or each.lane in lanes):
                found[known.id] = known
    return Hits(tuple(found.values()))


def displace(work: Work, hits: Hits, *, reason: str) -> None:
    """Cancel them as the provider: holdings and vouchers go back, and each user is told.

    Raises `closures.use_in_progress`, `closures.too_many_hit`.
    """
    running = [each for each in hits.reservations if each.state.state not in OPEN]
    if running:
        raise refusal(
            "closures.use_in_progress",
            field="displace",
            count=len(running),
            reservations=", ".join(str(each.id) for each in running),
        )
    if len(hits.reservations) > MOST_AT_ONCE:
        raise refusal("closures.too_many_hit", field="displace", count=len(hits.reservations), most=MOST_AT_ONCE)
    resources: dict[UUID, Resource] = {}
    for each in hits.reservations:
        resource = resources.setdefault(each.state.resource, work.load(RESOURCE, each.state.resource).state)
        cancel_for(work, each, resource, by="provider", reason=reason)
