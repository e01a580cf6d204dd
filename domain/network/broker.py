# SPDX-License-Identifier: Apache-2.0
"""A broker (JS 17.b): a registered person of a listed kind who links demands to resources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import BrokerEnded, BrokerRegistered, BrokerRenewed

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition

KINDS = "broker.kinds"


def registration_of(user: UUID) -> UUID:
    """The one registration a person can have: its id follows from theirs, so that nobody is registered twice."""
    return uuid5(user, "network.Broker")


@dataclass(frozen=True, slots=True)
class Broker:
    """A registration as it stands. `ended_on` is the first day without it."""

    user: UUID
    kind: str
    employer: UUID | None
    site: UUID | None
    periods: tuple[tuple[date, date], ...]
    ended_on: date | None = None

    def registered_on(self, day: date) -> bool:
        """Whether the person may act as a broker on a day."""
        ended = self.ended_on is not None and self.ended_on <= day
        return not ended and any(first <= day <= last for first, last in self.periods)


Change = BrokerRegistered | BrokerRenewed | BrokerEnded


def evolve(state: Broker | None, event: Change) -> Broker:
    """The registration after an event; after its end a new one begins with periods of its own."""
    if isinstance(event, BrokerRegistered):
        period = (event.valid_from, event.valid_until)
        return Broker(event.user, event.kind, event.employer, event.site, (period,))
    assert state is not None
    match event:
        case BrokerRenewed():
            return replace(state, periods=(*state.periods, (event.valid_from, event.valid_until)))
        case BrokerEnded():
            return replace(state, ended_on=event.ended_on)


BROKER = Aggregate("network.Broker", evolve, (BrokerRegistered, BrokerRenewed, BrokerEnded))


def register(
    particulars: BrokerRegistered, *, before: Broker | None, active: bool, edition: Edition, today: date
) -> list[Event]:
    """Register a person as a broker of a listed kind (JS 17.b; JS-17.1). `before` is an earlier registration.

    Raises `policy.decision_missing` where the regime knows no brokers, and all at once `network.unknown_broker_kind`,
    `network.broker_known`, `network.person_not_active`, `network.ends_before_start`.
    """
    kinds = edition.value(KINDS)
    rules = Rules()
    rules.require(
        particulars.kind in kinds,
        "network.unknown_broker_kind",
        citation=edition.citation(KINDS),
        field="kind",
        kind=particulars.kind,
        known=", ".join(kinds),
    )
    over = before is None or (before.ended_on is not None and before.ended_on <= today)
    rules.require(over, "network.broker_known", field="user")
    rules.require(active, "network.person_not_active", field="user")
    rules.require(particulars.valid_from <= particulars.valid_until, "network.ends_before_start", field="valid_until")
    rules.enforce()
    return [particulars.model_copy(update={"basis": edition.basis(KINDS)})]


def renew(state: Broker, *, valid_from: date, valid_until: date, edition: Edition) -> list[Event]:
    """Let the registration hold for a further period, of a kind that is still listed.

    Raises `network.broker_ended`, `network.unknown_broker_kind`, `network.ends_before_start`.
    """
    _require_not_ended(state)
    kinds = edition.value(KINDS)
    rules = Rules()
    rules.require(
        state.kind in kinds,
        "network.unknown_broker_kind",
        citation=edition.citation(KINDS),
        kind=state.kind,
        known=", ".join(kinds),
    )
    rules.require(valid_from <= valid_until, "network.ends_before_start", field="valid_until")
    rules.enforce()
    return [BrokerRenewed(valid_from=valid_from, valid_until=valid_until, basis=edition.basis(KINDS))]


def end(state: Broker, *, reason: str, ended_on: date) -> list[Event]:
    """End the registration from a day on. Raises `network.broker_ended`."""
    _require_not_ended(state)
    return [BrokerEnded(reason=reason, ended_on=ended_on)]


def _require_not_ended(state: Broker) -> None:
    if state.ended_on is not None:
        raise refusal("network.broker_ended", ended_on=state.ended_on.isoformat())
