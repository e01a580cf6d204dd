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
from application.reservations.judgements import folded, judgements_of
from application.reservations.on_duty import on_duty_at_start
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.cancellation_cost import cancellation_costs
from domain.reservations.events import ReservationRequested
from domain.reservations.judged_events import OverrideCarriedOver, RuleOverridden
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules.lead_time import lead_time
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.explained import NO_FACTS, Use
from domain.resources.tariff import explain_quote
from domain.standing.ids import standing_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from application.ports import Claims, EventLog
    from application.reservations.charged import Charged
    from application.reservations.judged import Judged
    from application.reservations.judgements import Judgement
    from application.reservations.on_duty import OnDuty
    from domain.kernel.event import Recorded
    from domain.reservations.cancellation_cost import CancellationCost
    from domain.reservations.reservation import Reservation


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
    state = folded(history)
    instrument, unit = log.stream(state.resource), log.stream(state.unit)
    judgements = tuple(judgements_of(history, instrument, unit))
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
        on_duty=on_duty_at_start(history, instrument, state.span.start),
        history=tuple(history),
    )


def _users(history: Iterable[Recorded]) -> list[UUID]:
    return [
        each.event.user for each in history if isinstance(each.event, ReservationRequested | ReservationTransferred)
    ]


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
