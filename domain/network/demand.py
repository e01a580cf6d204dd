# SPDX-License-Identifier: Apache-2.0
"""A demand: what somebody needs, which resources were matched to it, and what came of it (JS 17.b, CQ 13)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import DemandClosed, DemandStated, DemandWithdrawn, MatchOutcomeRecorded, ResourceMatched
from domain.network.scoring import Need

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.network.values import Outcome

DemandState = Literal["open", "matched", "withdrawn", "closed"]
LIVE: tuple[DemandState, ...] = ("open", "matched")


@dataclass(frozen=True, slots=True)
class Match:
    """A resource offered for the demand; `outcome` is None while nobody has said what came of it."""

    resource: UUID
    matched_by: UUID
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand as it stands."""

    user: UUID
    customer: UUID | None
    user_kind: str
    need: Need
    minutes: int | None
    samples: int | None
    state: DemandState = "open"
    matches: dict[UUID, Match] = field(default_factory=dict)


Change = DemandStated | ResourceMatched | MatchOutcomeRecorded | DemandWithdrawn | DemandClosed


def evolve(state: Demand | None, event: Change) -> Demand:
    """The demand after an event."""
    if isinstance(event, DemandStated):
        return Demand(event.user, event.customer, event.user_kind, need_of(event), event.minutes, event.samples)
    assert state is not None
    match event:
        case ResourceMatched():
            matches = state.matches | {event.match: Match(event.resource, event.matched_by)}
            return replace(state, state="matched", matches=matches)
        case MatchOutcomeRecorded():
            known = replace(state.matches[event.match], outcome=event.outcome)
            matches = state.matches | {event.match: known}
            return replace(state, state=_after(matches), matches=matches)
        case DemandWithdrawn():
            return replace(state, state="withdrawn")
        case DemandClosed():
            return replace(state, state="closed")


def _after(matches: dict[UUID, Match]) -> DemandState:
    """A reservation closes the demand; when everything was declined, it is open again."""
    outcomes = {match.outcome for match in matches.values()}
    if "reservation_made" in outcomes:
        return "closed"
    return "matched" if None in outcomes else "open"


def need_of(stated: DemandStated) -> Need:
    """What is compared with resources."""
    return Need(
        class_code=stated.class_code,
        keywords=stated.keywords,
        city=stated.city,
        district=stated.district,
        budget_fen=stated.budget_fen,
        needed_by=stated.needed_by,
    )


DEMAND = Aggregate(
    "network.Demand", evolve, (DemandStated, ResourceMatched, MatchOutcomeRecorded, DemandWithdrawn, DemandClosed)
)


def state_demand(stated: DemandStated, *, active: bool, today: date) -> list[Event]:
    """Say what is needed: by class or in words, so that something can be found for it.

    Raises all at once `network.demand_without_subject`, `network.demand_too_late`, `network.person_not_active`.
    """
    rules = Rules()
    rules.require(bool(stated.class_code or stated.keywords), "network.demand_without_subject", field="keywords")
    in_time = stated.needed_by is None or stated.needed_by >= today
    rules.require(in_time, "network.demand_too_late", field="needed_by")
    rules.require(active, "network.person_not_active", field="on_behalf_of")
    rules.enforce()
    return [stated]


def withdraw(state: Demand, *, reason: str) -> list[Event]:
    """Take the demand back. Raises `network.demand_not_open`."""
    require_live(state)
    return [DemandWithdrawn(reason=reason)]


def close(state: Demand, *, reason: str) -> list[Event]:
    """End the search. Raises `network.demand_not_open`."""
    require_live(state)
    return [DemandClosed(reason=reason)]


def require_live(state: Demand) -> None:
    """Refuse what is asked of a demand that has ended: `network.demand_not_open`."""
    if state.state not in LIVE:
        raise refusal("network.demand_not_open", state=state.state)
