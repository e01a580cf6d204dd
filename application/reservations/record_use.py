# SPDX-License-Identifier: Apache-2.0
"""Enter a use that took place without a booking here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.call_offs import ordered_under
from application.command import Code, Command, Result, Words
from application.guards import own_unit
from application.reservations.entering import enter, enter_booked
from application.reservations.request_reservation import Foreign, Rule
from domain.kernel.errors import refusal
from domain.kernel.house_rules import Name
from domain.kernel.time import Span
from domain.reservations.afterwards import PastUse
from domain.reservations.claims import FOREIGN, foreign_key
from domain.reservations.events import ProjectType, ServiceMode, UseType
from domain.reservations.facts import Wish
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.reservation import Reservation


class RecordUse(Command):
    """Enter a use that is over: of a walk-in, an offline agent or the unit's own platform (JS 13, 16.b; CQ 12.a, 14.b).

    It is judged like a booking in everything but what only whoever asks ahead is asked (lead time, grid, notices,
    questions, feedback owed, bans, quotas), and has the same effect. An `external_id` entered before changes nothing.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource_id": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                "user_id": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "span": {"start": "2026-03-02T09:00:00+08:00", "end": "2026-03-02T11:10:00+08:00"},
                "purpose": "scientific_research",
                "origin": "walk_in",
                "service_mode": "operator_assisted",
                "samples": 3,
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
            }
        }
    )

    resource_id: UUID
    user_id: UUID
    span: Span
    purpose: Code
    origin: Literal["walk_in", "offline", "other_platform"] = "walk_in"
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    used_minutes: int | None = Field(
        default=None, ge=0, le=1_000_000, description="Where fewer were used than the span has"
    )
    samples: int = Field(default=0, ge=0, le=100_000)
    persons: int = Field(default=1, ge=1, le=10_000, description="People served, for person-times (ruling 8.26)")
    successful: bool = True
    operator_id: UUID | None = Field(default=None, description="Who operated it; without, whoever enters it")
    contract_id: UUID | None = None
    call_off_id: UUID | None = Field(
        default=None, description="Under a framework: the call-off; without, one is opened"
    )
    voucher_grant_id: UUID | None = None
    items: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] | None = Field(default=None, max_length=50)
    fund_card: Code | None = None
    answers: dict[Name, Annotated[str, StringConstraints(max_length=1000)]] = Field(default_factory=dict, max_length=50)
    rules_read: bool = False
    overrides: dict[Rule, Words] = Field(default_factory=dict, max_length=20)
    lock_override: Words | None = Field(default=None, description="Why the unit's head enters a use of locked time")
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    external_id: Foreign | None = None


def record_use(command: RecordUse, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    resource = work.load(RESOURCE, command.resource_id)
    own_unit(work, resource.state.unit)
    before = _before(command, work, resource.state.unit)
    if before is None:
        return enter(work, resource, command.user_id, _past(command, work))
    loaded = work.load(RESERVATION, before)
    _require_same(command, _contract(command, work), loaded.state)
    if loaded.state.state == "completed":
        order = work.claims.owner("order.reservation", f"service:{loaded.id}")
        order_id = str(order) if order else None
        return Result(loaded.id, {"state": "completed", "entered_before": True, "order_id": order_id})
    return enter_booked(work, loaded, _past(command, work))


def _before(command: RecordUse, work: Work, unit: UUID) -> UUID | None:
    """The booking or use that the unit's own platform has named so before."""
    if command.external_id is None:
        return None
    return work.claims.owner(FOREIGN, foreign_key(unit, command.external_id))


def _contract(command: RecordUse, work: Work) -> UUID | None:
    return command.contract_id or ordered_under(work, command.call_off_id)


def _require_same(command: RecordUse, contract: UUID | None, before: Reservation) -> None:
    """The identity of the source speaks of one instrument and user and, once over, of one use with its figures.

    What stands is corrected by another command, and never silently left as it was though the source says otherwise.
    """
    told: list[tuple[str, object, object]] = [
        ("resource_id", before.resource, command.resource_id),
        ("user_id", before.user, command.user_id),
    ]
    if before.state == "completed" and before.started_at and before.ended_at:
        used = command.span.minutes if command.used_minutes is None else command.used_minutes
        told += [
            ("purpose", before.purpose, command.purpose),
            ("span", Span(start=before.started_at, end=before.ended_at), command.span),
            ("used_minutes", before.used_minutes, used),
            ("samples", before.samples, command.samples),
            ("persons", before.persons, command.persons),
            ("contract_id", before.contract, contract),
        ]
    differing = [name for name, was, now in told if was != now]
    if differing:
        raise refusal(
            "reservations.external_id_says_otherwise",
            field="external_id",
            external_id=command.external_id or "",
            differing=", ".join(differing),
        )


def _past(command: RecordUse, work: Work) -> PastUse:
    return PastUse(
        wish=Wish(
            span=command.span,
            purpose=command.purpose,
            use_type=command.use_type,
            project_type=command.project_type,
            service_mode=command.service_mode,
            samples=command.samples,
            contract=_contract(command, work),
            voucher_grant=command.voucher_grant_id,
            requested_by=work.actor.user,
            answers=dict(command.answers),
            external_id=command.external_id,
            items=dict(command.items or {}),
            fund_card=command.fund_card,
            rules_read=command.rules_read,
            overrides=dict(command.overrides),
            entered_afterwards=True,
        ),
        used_minutes=command.used_minutes,
        persons=command.persons,
        successful=command.successful,
        note=command.note,
        items=command.items,
        lock_override=command.lock_override,
        operator=command.operator_id or work.actor.user,
        origin=command.origin,
        call_off=command.call_off_id,
    )
