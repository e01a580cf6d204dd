# SPDX-License-Identifier: Apache-2.0
"""Order under a framework contract."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.call_offs import place
from application.command import Command, Result, Words
from application.contracts.calling_off import answer
from application.contracts.standing import for_party
from domain.contracts.call_off import CALL_OFF
from domain.contracts.calling_off import Order
from domain.kernel.errors import refusal
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.contracts.contract import Contract


class PlaceCallOff(Command):
    """Order under a framework in force: how much of which resource, until when, up to which amount.

    The amount is held within the framework's ceiling until the call-off is settled or cancelled. With
    `reservation_id` it is the order of that one reservation.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "resource_id": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                "minutes": 1200,
                "ceiling_fen": 600000,
                "valid_from": "2026-03-01",
                "valid_until": "2026-06-30",
                "subject": "第二批样品透射电镜形貌观察",
            }
        }
    )

    contract_id: UUID
    resource_id: UUID
    minutes: int | None = Field(default=None, ge=1, le=10_000_000, description="Minutes of use")
    samples: int | None = Field(default=None, ge=1, le=1_000_000)
    reservation_id: UUID | None = None
    ceiling_fen: Fen
    valid_from: date
    valid_until: date
    subject: Words | None = Field(default=None, description="What is ordered; sealed like the text of the contract")


def place_call_off(command: PlaceCallOff, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    framework, side = for_party(work, command.contract_id)
    if command.reservation_id is not None:
        _require_open(work, framework, command.reservation_id, command.resource_id)
    subject = None if command.subject is None else Personal.of(framework.state.clauses.subject, command.subject)
    order = Order(
        resource=command.resource_id,
        minutes=command.minutes,
        samples=command.samples,
        reservation=command.reservation_id,
        ceiling_fen=command.ceiling_fen,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
        subject=subject,
    )
    return answer(work.load(CALL_OFF, place(work, framework, order, by=side)))


def _require_open(work: Work, framework: Loaded[Contract], reservation_id: UUID, resource: UUID) -> None:
    """One of the same customer on that resource that has not begun."""
    reservation, contract = work.load(RESERVATION, reservation_id).state, framework.state
    same = (
        reservation.user == contract.customer_user
        if contract.customer is None
        else reservation.customer == contract.customer
    )
    begun = reservation.state not in ("requested", "confirmed")
    if not same or begun or reservation.resource != resource or reservation.unit != contract.unit:
        raise refusal(
            "contracts.call_off_reservation_not_open", field="reservation_id", reservation=str(reservation_id)
        )
