# SPDX-License-Identifier: Apache-2.0
"""Ask for time on a resource. From now on the time is held, whoever has to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Code, Command, Result
from application.errors import NotPermitted, SlotTaken
from application.guards import own_unit
from application.reservations.facts import asker_of, offer_of
from application.reservations.standing import UNIT_STAFF
from application.vouchers.reserving import reserve_for
from domain.kernel.actor import Role
from domain.kernel.time import Span, local_date
from domain.reservations.admission import admit
from domain.reservations.events import ProjectType, ServiceMode, UseType
from domain.reservations.facts import Wish
from domain.reservations.requesting import request
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.admission import Admitted
    from domain.resources.resource import Resource

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Reply = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Foreign = Annotated[
    str,
    StringConstraints(max_length=128, pattern=r"^[A-Za-z0-9_.-]+:[^\s\x00]+$"),
    Field(description="Identity in the unit's own platform, as `source:id` (JS 16.b)"),
]


class RequestReservation(Command):
    """Ask for a span of time. Every broken rule comes back at once; nothing is held then."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource_id": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                "span": {"start": "2026-03-02T09:00:00+08:00", "end": "2026-03-02T11:00:00+08:00"},
                "purpose": "scientific_research",
                "use_type": "use",
                "project_type": "national_fund",
                "service_mode": "operator_assisted",
                "samples": 3,
            }
        }
    )

    resource_id: UUID
    span: Span
    purpose: Code
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    samples: int = Field(default=0, ge=0, le=100_000)
    contract_id: UUID | None = None
    voucher_grant_id: UUID | None = None
    on_behalf_of: UUID | None = Field(default=None, description="The user, where a broker or the unit asks for them")
    answers: dict[Question, Reply] = Field(default_factory=dict, max_length=50)
    external_id: Foreign | None = None


def request_reservation(command: RequestReservation, work: Work) -> Result:
    """Raises `DomainError`, `SlotTaken`, `NotFound`, `NotPermitted`."""
    resource = work.load(RESOURCE, command.resource_id).state
    user = _user(command, work, resource)
    edition = work.edition()
    wish = _wish(command, work)
    asker = asker_of(work, user, resource, voucher_grant=wish.voucher_grant)
    offer = offer_of(work, command.resource_id, resource, wish, asker, edition)
    admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now)
    opening = resource.opening_on(local_date(wish.span.start))
    automatic = opening is not None and opening.terms.confirmation == "automatic"
    lane = _lane(work, resource, admitted)
    reservation = work.new_id()
    work.append(reservation, *request(admitted, lane=lane, automatic=automatic, edition=edition))
    reserved = 0
    if automatic and wish.voucher_grant is not None:
        fee = admitted.quote.total_fen
        reserved = reserve_for(work, wish.voucher_grant, reservation, fee, asker.customer, asker.user)
    return Result(
        id=reservation,
        data={
            "state": "confirmed" if automatic else "requested",
            "lane": lane,
            "external": asker.external,
            "quote_fen": admitted.quote.total_fen,
            "voucher_reserved_fen": reserved,
        },
    )


def _user(command: RequestReservation, work: Work, resource: Resource) -> UUID:
    """For whom: a user asks for himself, a broker for anybody, a unit's staff for users of its own resources."""
    actor = work.actor
    user = command.on_behalf_of or actor.user
    if user != actor.user:
        if actor.role is Role.USER:
            raise NotPermitted(reason="person", user=str(user))
        if actor.role in UNIT_STAFF:
            own_unit(work, resource.unit)
    return user


def _wish(command: RequestReservation, work: Work) -> Wish:
    return Wish(
        span=command.span,
        purpose=command.purpose,
        use_type=command.use_type,
        project_type=command.project_type,
        service_mode=command.service_mode,
        samples=command.samples,
        contract=command.contract_id,
        voucher_grant=command.voucher_grant_id,
        requested_by=work.actor.user,
        answers=dict(command.answers),
        external_id=command.external_id,
    )


def _lane(work: Work, resource: Resource, admitted: Admitted) -> int:
    held, capacity = admitted.held, resource.capacity_on(local_date(admitted.wish.span.start))
    if capacity == 1 and not work.fresh:
        return 1  # where there is nothing to choose the constraint alone decides; refused, we look before we speak
    lane = work.claims.free_lane(admitted.offer.resource, capacity, held.start, held.end)
    if lane is None:
        span = admitted.wish.span
        raise SlotTaken(resource=str(admitted.offer.resource), start=span.start.isoformat(), end=span.end.isoformat())
    return lane
