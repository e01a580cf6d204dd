# SPDX-License-Identifier: Apache-2.0
"""Use itself: the source of utilisation, of the sharing record and of every fee (JS 13, 18, 20; CQ 14.b, 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.reservations.events import UsageAborted, UsageCompleted, UsageStarted
from domain.reservations.records import minutes_used
from domain.reservations.reservation import require_state

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.reservations.facts import ContractStanding
    from domain.reservations.reservation import Reservation

EARLY_START_MINUTES = 15
"""How long before the time held a use may begin where nothing is published: a courtesy, not a rule."""


def start(  # noqa: PLR0913 - every fact that a start rests on
    reservation: Reservation,
    *,
    started_at: datetime,
    contract: ContractStanding | None,
    resource_state: str,
    customs_valid: bool,
    provider_takes_part: bool = True,
    operated_by: UUID,
    early_start_minutes: int = EARLY_START_MINUTES,
    taken_until: datetime | None = None,
    edition: Edition,
    now: datetime,
) -> list[Event]:
    """Begin the use, under a contract in force at that moment (JS-18.1) with the customs condition valid (CQ-18.1).

    It may begin `early_start_minutes` before the time held, but not while somebody else holds it (`taken_until`).

    Internal use needs no contract: JS 18 asks for one between managing unit and user, and nobody contracts with
    himself. Raises `DomainError` with every broken rule.
    """
    require_state(reservation, "start", "confirmed")
    rules = Rules()
    earliest = reservation.held.start - timedelta(minutes=early_start_minutes)
    rules.require(started_at <= now, "reservations.start_in_future", field="started_at")
    rules.require(started_at >= earliest, "reservations.too_early", field="started_at", earliest=earliest.isoformat())
    rules.require(
        taken_until is None or started_at >= taken_until,
        "reservations.held_by_another",
        field="started_at",
        until=taken_until.isoformat() if taken_until else "",
    )
    rules.require(started_at < reservation.span.end, "reservations.time_is_over", field="started_at")
    rules.require(resource_state == "published", "reservations.resource_not_published", state=resource_state)
    rules.require(
        customs_valid,
        "reservations.customs_condition_not_valid",
        citation=edition.citation("resource.duty_free_needs_customs_condition"),
    )
    rules.require(provider_takes_part, "reservations.provider_has_left")
    contract_in_force(rules, contract, started_at, edition, needed=reservation.external)
    rules.enforce()
    return [
        UsageStarted(
            started_at=started_at,
            contract=contract.contract if contract else None,
            operated_by=operated_by,
            basis=edition.basis("contract.mandatory", "contract.ip_agreed_beforehand"),
        )
    ]


def contract_in_force(
    rules: Rules, contract: ContractStanding | None, at: datetime, edition: Edition, *, needed: bool
) -> None:
    """A contract in force at that moment that covers the use, where one is needed (JS-18.1)."""
    citation = edition.citation("contract.mandatory")
    if contract is None:
        missing = needed and bool(edition.value("contract.mandatory"))
        rules.require(not missing, "reservations.contract_missing", citation=citation, field="contract_id")
        return
    in_force = contract.in_force_from is not None and contract.in_force_from <= at
    rules.require(in_force, "reservations.contract_not_in_force", citation=citation, field="contract_id")
    rules.require(contract.covers, "reservations.contract_does_not_cover", citation=citation, field="contract_id")


def check_out(reservation: Reservation, *, user: UUID, persons: int, note: str, now: datetime) -> list[Event]:
    """End one's own use that one began oneself: at this moment, with the minutes measured and the samples asked for.

    Raises `reservations.wrong_state`, `reservations.started_by_another`.
    """
    require_state(reservation, "check_out", "in_use")
    if reservation.operated_by != user:
        raise refusal("reservations.started_by_another")
    return complete(
        reservation,
        ended_at=now,
        used_minutes=None,
        samples=reservation.samples,
        persons=persons,
        successful=True,
        note=note,
        now=now,
    )


def complete(
    reservation: Reservation,
    *,
    ended_at: datetime,
    used_minutes: int | None,
    samples: int,
    persons: int,
    successful: bool,
    note: str,
    now: datetime,
) -> list[Event]:
    """End the use. `used_minutes` counts from start to end unless fewer were used."""
    require_state(reservation, "complete", "in_use")
    started_at = _begun(reservation)
    minutes = minutes_used(started_at, ended_at, used_minutes, now)
    return [
        UsageCompleted(
            started_at=started_at,
            ended_at=ended_at,
            used_minutes=minutes,
            samples=samples,
            persons=persons,
            successful=successful,
            note=note,
        )
    ]


def abort(
    reservation: Reservation,
    *,
    ended_at: datetime,
    used_minutes: int | None,
    ground: Literal["fault", "safety", "power", "other"],
    reason: str,
    now: datetime,
) -> list[Event]:
    """Break the use off; the time used is kept."""
    require_state(reservation, "abort", "in_use")
    started_at = _begun(reservation)
    minutes = minutes_used(started_at, ended_at, used_minutes, now)
    return [UsageAborted(started_at=started_at, ended_at=ended_at, used_minutes=minutes, ground=ground, reason=reason)]


def _begun(reservation: Reservation) -> datetime:
    assert reservation.started_at is not None, "a use in progress has a start"
    return reservation.started_at
