# SPDX-License-Identifier: Apache-2.0
"""Begin a use: by the provider's staff, or by a user qualified to work alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.call_offs import begin_under, ordered_under
from application.command import Command, Result
from application.errors import NotPermitted
from application.guards import own_self
from application.reservations.facts import customs_valid, takes_part
from application.reservations.neighbours import taken_until
from application.reservations.standing import require_provider
from application.standing.conduct import may_work_alone
from application.standing.rules import bound_by
from domain.contracts.contract import CONTRACT
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from domain.kernel.time import Instant, Span, local_date
from domain.reservations import usage
from domain.reservations.facts import ContractStanding
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import JsonValue

    from application.work import Work
    from domain.policy import Edition
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

MOMENT = timedelta(minutes=1)


class StartUsage(Command):
    """Begin a use, under a contract signed by both sides where the customer is another legal person (JS 18.a).

    Without `started_at` it begins now; without `contract_id` the contract named with the request counts.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
            }
        }
    )

    reservation_id: UUID
    started_at: Instant | None = None
    contract_id: UUID | None = None
    call_off_id: UUID | None = Field(
        default=None, description="Under a framework: the call-off; without, that of the reservation, or one is opened"
    )


def start_usage(command: StartUsage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    reservation = loaded.state
    resource = work.load(RESOURCE, reservation.resource).state
    started_at = command.started_at or work.now
    edition = work.edition(local_date(started_at))
    _require_operator(work, reservation, resource)
    _require_measured(work, reservation, command)
    contract = command.contract_id or ordered_under(work, command.call_off_id) or reservation.contract
    conduct = bound_by(work, reservation).rules.conduct
    decided = usage.start(
        reservation,
        started_at=started_at,
        contract=_standing(work, contract, reservation, started_at, edition) if contract else None,
        resource_state=resource.state,
        customs_valid=customs_valid(resource, Span(start=started_at, end=_end(reservation, started_at)), edition),
        provider_takes_part=takes_part(work, resource, local_date(started_at), external=reservation.external),
        operated_by=work.actor.user,
        early_start_minutes=conduct.early_start_minutes if conduct else usage.EARLY_START_MINUTES,
        taken_until=taken_until(work, loaded, started_at),
        edition=edition,
        now=work.now,
    )
    work.append(loaded.id, *decided)
    call_off = begin_under(work, contract, command.call_off_id, loaded, started_at) if contract else None
    data: dict[str, JsonValue] = {"state": "in_use", "contract_id": str(contract) if contract else None}
    return Result(loaded.id, {**data, "call_off_id": str(call_off)} if call_off else data)


def _end(reservation: Reservation, started_at: datetime) -> datetime:
    """The planned end; a start after it is refused for that reason, not for its customs condition."""
    return max(reservation.span.end, started_at + MOMENT)


def _require_operator(work: Work, reservation: Reservation, resource: Resource) -> None:
    """The provider's staff, or the user himself where qualified for the resource today (ruling 8.16)."""
    if work.actor.role is not Role.USER:
        require_provider(work, reservation.resource, resource)
        return
    own_self(work, reservation.user)
    if not may_work_alone(work, reservation.unit, reservation.user, reservation.resource):
        raise NotPermitted(reason="qualification", resource=str(reservation.resource))


def _require_measured(work: Work, reservation: Reservation, command: StartUsage) -> None:
    """One's own use begins when it is checked in: nobody states when they began themselves, no staff either."""
    if reservation.user == work.actor.user and command.started_at is not None:
        raise refusal("reservations.time_is_measured", field="started_at")


def _standing(
    work: Work, contract_id: UUID, reservation: Reservation, at: datetime, edition: Edition
) -> ContractStanding:
    contract = work.load(CONTRACT, contract_id).state
    covers = contract.covers(
        reservation.resource, reservation.customer, reservation.user, local_date(at), unit=reservation.unit
    )
    since = contract.in_force_since(edition)
    return ContractStanding(contract=contract_id, in_force_from=since, covers=covers)
