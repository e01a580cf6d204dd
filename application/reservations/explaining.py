# SPDX-License-Identifier: Apache-2.0
"""A reservation explained from the log alone: by the rules, prices and people of its own time (rulings 8.2, 8.17).

Nothing published later changes a word of it: each judgement is told with the streams as they stood before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from application.billing.pricing import tariff_of
from application.errors import NotFound
from application.reservations.charged import charges_of
from application.reservations.facts import cancel_minutes_before
from application.reservations.published import publications, version_of
from application.reservations.told import Judged, values_of
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.cancellation_cost import cancellation_costs
from domain.reservations.events import ReservationRequested, ReservationRescheduled
from domain.reservations.judged_events import OverrideCarriedOver, RequestJudged, RuleOverridden
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules import RULE_OF
from domain.reservations.rules.lead_time import lead_time
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.duty import on_duty, roster_on
from domain.resources.duty_events import DutyRosterPublished
from domain.resources.explained import NO_FACTS, Use
from domain.resources.resource import RESOURCE
from domain.resources.tariff import explain_quote
from domain.standing.ids import standing_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from application.ports import Claims, EventLog
    from application.reservations.charged import Charged
    from application.reservations.published import Publication
    from application.reservations.told import Verdict
    from domain.kernel.event import Recorded
    from domain.reservations.cancellation_cost import CancellationCost
    from domain.reservations.reservation import Reservation
    from domain.resources.explained import QuoteStep

Decisions = (ReservationRequested, ReservationRescheduled, ReservationTransferred)


@dataclass(frozen=True)
class ToldRule:
    """A rule, whether it was kept, and what it said."""

    rule: str
    verdict: Verdict
    values: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Judgement:
    """One judgement: of the request, of a move or of a transfer.

    `recomputed_fen` is the price worked out again from the version pinned; None where the log has no such version.
    """

    what: str
    recorded: Recorded
    facts: Judged
    versions: tuple[Publication, ...]
    rules: tuple[ToldRule, ...]
    steps: tuple[QuoteStep, ...]
    quoted_fen: int
    recomputed_fen: int | None
    agrees: bool


@dataclass(frozen=True)
class OnDuty:
    """Who was on duty when it began, by the version of the roster in force then. Nobody where it named nobody."""

    version: int
    published_at: datetime
    position: int
    start: datetime
    persons: tuple[UUID, ...]


@dataclass(frozen=True)
class Explanation:
    """All that can be told of a reservation. `position` is that of the last event told."""

    reservation: UUID
    resource_name: str
    state: Reservation
    judgements: tuple[Judgement, ...]
    overrides: tuple[Recorded, ...]
    approvals: tuple[Recorded, ...]
    cancellation: tuple[CancellationCost, ...]
    charges: tuple[Charged, ...]
    conduct: tuple[Recorded, ...]
    on_duty: OnDuty | None
    history: tuple[Recorded, ...] = field(repr=False)

    @property
    def position(self) -> int:
        """How far in the log it was told."""
        orders = (each.recorded[-1].position for each in self.charges)
        duty = [self.on_duty.position] if self.on_duty else []
        return max([self.history[-1].position, *orders, *duty, *(each.position for each in self.conduct)])

    @property
    def agrees(self) -> bool:
        """Whether every price and every charge follows from the log to the fen."""
        return all(each.agrees for each in self.judgements) and all(each.agrees for each in self.charges)


def explained(log: EventLog, claims: Claims, reservation_id: UUID) -> Explanation:
    """The explanation of a reservation, from its stream, those of instrument, unit and user, and its orders.

    Raises `NotFound`.
    """
    history = log.stream(reservation_id)
    if not history or not isinstance(history[0].event, ReservationRequested):
        raise NotFound(kind=RESERVATION.name, id=str(reservation_id))
    state = _folded(history)
    instrument, unit = log.stream(state.resource), log.stream(state.unit)
    judgements = tuple(_judgements(history, instrument, unit))
    conduct = [
        recorded
        for user in dict.fromkeys(_users(history))
        for recorded in log.stream(standing_id(state.unit, user))
        if getattr(recorded.event, "reservation", None) == reservation_id
    ]
    return Explanation(
        reservation=reservation_id,
        resource_name=judgements[0].facts.resource.name_zh,
        state=state,
        judgements=judgements,
        overrides=tuple(each for each in history if isinstance(each.event, RuleOverridden | OverrideCarriedOver)),
        approvals=tuple(each for each in history if isinstance(each.event, ApprovalAsked | ApprovalStepDecided)),
        cancellation=tuple(_cancellation(judgements[-1].facts)),
        charges=tuple(charges_of(log, claims, reservation_id, instrument)),
        conduct=tuple(conduct),
        on_duty=_on_duty(instrument, state.span.start),
        history=tuple(history),
    )


def _folded(history: Iterable[Recorded]) -> Reservation:
    state = RESERVATION.fold(recorded.event for recorded in history)
    assert state is not None, "a history that began is of something"
    return state


def _users(history: Iterable[Recorded]) -> list[UUID]:
    return [
        each.event.user for each in history if isinstance(each.event, ReservationRequested | ReservationTransferred)
    ]


def _judgements(
    history: Sequence[Recorded], instrument: Sequence[Recorded], unit: Sequence[Recorded]
) -> Iterable[Judgement]:
    judged: RequestJudged | None = None
    for place, recorded in enumerate(history):
        if not isinstance(recorded.event, Decisions):
            continue
        with_it = [each for each in history[place:] if each.meta.command_id == recorded.meta.command_id]
        judged = next((each.event for each in with_it if isinstance(each.event, RequestJudged)), judged)
        before = [each for each in (*instrument, *unit) if each.position < recorded.position]
        resource = RESOURCE.fold(each.event for each in instrument if each.position < recorded.position)
        general = UNIT.fold(each.event for each in unit if each.position < recorded.position)
        assert resource is not None, "what was reserved was registered before"
        state = _folded(history[: place + 1])
        facts = Judged(
            at=recorded.meta.occurred_at,
            span=state.span,
            quote=state.quote,
            reservation=state,
            resource=resource,
            unit_rules=general.house_rules if general else (),
            judged=judged,
            set_aside=frozenset(
                RULE_OF.get(each.event.rule, "")
                for each in with_it
                if isinstance(each.event, RuleOverridden | OverrideCarriedOver)
            ),
        )
        steps, recomputed, agrees = _price(facts)
        yield Judgement(
            what=type(recorded.event).__name__,
            recorded=recorded,
            facts=facts,
            versions=tuple(_versions(facts, before)),
            rules=tuple(ToldRule(rule, facts.verdict(rule), tuple(values_of(rule, facts))) for rule in facts.rules),
            steps=steps,
            quoted_fen=state.quote.total_fen,
            recomputed_fen=recomputed,
            agrees=agrees,
        )


def _versions(facts: Judged, before: Iterable[Recorded]) -> Iterable[Publication]:
    """What was published and in force, of each kind the version the judgement names."""
    named = {
        "opening": facts.reservation.opening_version,
        "limit": facts.limit.version if facts.limit else None,
        "instrument": facts.judged.resource_rules if facts.judged else None,
        "unit": facts.judged.unit_rules if facts.judged else None,
        "tariff": facts.quote.tariff_version,
    }
    known = publications(each for each in before if version_of(each.event))
    return (known[what, version] for what, version in named.items() if version and (what, version) in known)


def _price(facts: Judged) -> tuple[tuple[QuoteStep, ...], int | None, bool]:
    """The price again, by the pinned version and the pinned facts; it must be the stored one, line by line."""
    tariff, quote = tariff_of(facts.resource, facts.quote.tariff_version), facts.quote
    if tariff is None:
        return (), None, False
    pinned = facts.judged.price if facts.judged else NO_FACTS
    use = Use(minutes=facts.span.minutes, samples=facts.reservation.samples, start=facts.span.start, facts=pinned)
    try:
        again = explain_quote(tariff, quote.user_kind, use)
    except DomainError:
        return (), None, False
    return again.steps, again.quote.total_fen, again.quote == quote


def _on_duty(instrument: Sequence[Recorded], start: datetime) -> OnDuty | None:
    """By what was published before it began; None where there was no roster."""
    published = {each.event.roster_version: each for each in instrument if isinstance(each.event, DutyRosterPublished)}
    if not published:
        return None
    resource = RESOURCE.fold(each.event for each in instrument if each.meta.occurred_at < start)
    roster = roster_on(resource.duty_rosters, local_date(start)) if resource else None
    if roster is None:
        return None
    recorded = published[roster.roster_version]
    return OnDuty(
        version=roster.roster_version,
        published_at=recorded.meta.occurred_at,
        position=recorded.position,
        start=start,
        persons=on_duty(roster, start),
    )


def _cancellation(last: Judged) -> list[CancellationCost]:
    """For the time it has now, by the rules it was judged by last and the limit of its request (ruling 8.17)."""
    state = last.reservation
    last_moment = lead_time(
        "cancel_minutes",
        resource=last.here,
        unit=last.general,
        tags=last.judged.tags if last.judged else (),
        opening_limit=cancel_minutes_before(last.resource, state.limit_version),
    )
    return cancellation_costs(
        asked_at=last.at,
        start=state.span.start,
        last_moment=last_moment,
        grace_minutes=state.grace_minutes,
        charged=state.no_show_charge and state.quote.total_fen > 0,
        reserved_fen=_reserved_fen(last),
    )


def _reserved_fen(facts: Judged) -> int:
    """What the time reserved costs without items, by the quoted version: more is never charged (ruling 8.8)."""
    tariff = tariff_of(facts.resource, facts.quote.tariff_version)
    pinned = (facts.judged.price if facts.judged else NO_FACTS).model_copy(update={"items": {}})
    use = Use(minutes=facts.span.minutes, samples=facts.reservation.samples, start=facts.span.start, facts=pinned)
    return explain_quote(tariff, facts.quote.user_kind, use).quote.total_fen if tariff else facts.quote.total_fen
