# SPDX-License-Identifier: Apache-2.0
"""Linking a demand to a resource, and what comes of it. Only who is registered, or works at a site, may do so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.network.demand import require_live
from domain.network.events import MatchOutcomeRecorded, ResourceMatched

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.network.broker import Broker
    from domain.network.demand import Demand
    from domain.network.scoring import Fit
    from domain.network.site import Site
    from domain.network.values import Outcome
    from domain.policy import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Who matches, and as what: the own registration as a broker, the site they name, or neither."""

    user: UUID
    registration: UUID | None = None
    broker: Broker | None = None
    site_id: UUID | None = None
    site: Site | None = None

    def is_broker(self, day: date) -> bool:
        """Whether the person's registration holds on a day."""
        return self.broker is not None and self.broker.user == self.user and self.broker.registered_on(day)

    def is_staff(self, day: date) -> bool:
        """Whether the person works for the site they name, and it is open."""
        return self.site is not None and self.user in self.site.staff and self.site.serves_on(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a match must know of the resource. `takes_part` is false where its institution has left (JS-19.1)."""

    resource: UUID
    unit: UUID
    provider: UUID
    published: bool
    takes_part: bool


def match(
    state: Demand,
    *,
    match: UUID,
    matcher: Matcher,
    offered: Offered,
    fit: Fit,
    note: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Record a match with its reasons (JS 17.b; CQ 11(c), 13; JS-17.1).

    Raises all at once `network.not_registered_to_match`, `network.resource_not_offered`, `network.already_matched`,
    `network.demand_too_late`; before them `network.demand_not_open`.
    """
    require_live(state)
    broker, staff = matcher.is_broker(today), matcher.is_staff(today)
    rules = Rules()
    rules.require(
        broker or staff,
        "network.not_registered_to_match",
        citation=edition.citation("broker.kinds") or edition.citation("site.kinds"),
    )
    offers = offered.published and offered.takes_part
    rules.require(offers, "network.resource_not_offered", field="resource")
    again = any(each.resource == offered.resource and each.outcome is None for each in state.matches.values())
    rules.require(not again, "network.already_matched", field="resource")
    late = state.need.needed_by is not None and state.need.needed_by < today
    rules.require(not late, "network.demand_too_late", field="demand")
    rules.enforce()
    return [
        ResourceMatched(
            match=match,
            resource=offered.resource,
            unit=offered.unit,
            provider=offered.provider,
            matched_by=matcher.user,
            capacity="site_staff" if staff else "broker",
            broker=matcher.registration if broker else None,
            broker_kind=matcher.broker.kind if broker and matcher.broker else "",
            site=matcher.site_id if staff else None,
            points=fit.points,
            of=fit.of,
            reasons=fit.reasons,
            note=note,
            basis=edition.basis("broker.kinds", "site.kinds"),
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """What an outcome must know of the reservation it names."""

    reservation: UUID
    resource: UUID
    user: UUID
    customer: UUID | None


def record_outcome(
    state: Demand, *, match: UUID, outcome: Outcome, reserved: Reserved | None, reason: str
) -> list[Event]:
    """Say what came of a match: a reservation of that resource for that user or organisation, or a refusal.

    Raises `network.match_unknown`, and all at once `network.outcome_known`, `network.reservation_missing`,
    `network.reservation_of_another`, `network.reason_missing`.
    """
    known = state.matches.get(match)
    if known is None:
        raise refusal("network.match_unknown", field="match")
    made = outcome == "reservation_made"
    rules = Rules()
    rules.require(known.outcome is None, "network.outcome_known", field="match", outcome=known.outcome or "")
    rules.require(not made or reserved is not None, "network.reservation_missing", field="reservation")
    rules.require(made or bool(reason), "network.reason_missing", field="reason")
    fits = reserved is None or (made and reserved.resource == known.resource and _same_side(state, reserved))
    rules.require(fits, "network.reservation_of_another", field="reservation")
    rules.enforce()
    reservation = reserved.reservation if reserved else None
    return [MatchOutcomeRecorded(match=match, outcome=outcome, reservation=reservation, reason=reason)]


def _same_side(state: Demand, reserved: Reserved) -> bool:
    own_organisation = state.customer is not None and state.customer == reserved.customer
    return own_organisation or state.user == reserved.user
