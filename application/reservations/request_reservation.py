# SPDX-License-Identifier: Apache-2.0
"""Ask for time on a resource. From now on the time is held, whoever has to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Code, Command, Result, Words
from application.errors import NotPermitted
from application.guards import own_unit
from application.reservations.imported import reserve_imported
from application.reservations.proxies import require_self_or_proxy
from application.reservations.reserving import reserve
from application.reservations.standing import UNIT_STAFF
from domain.kernel.actor import Role
from domain.kernel.house_rules import Name
from domain.kernel.time import Span
from domain.reservations.events import ProjectType, ServiceMode, UseType
from domain.reservations.facts import Wish
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work
    from domain.resources.resource import Resource

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Reply = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Foreign = Annotated[
    str,
    StringConstraints(max_length=128, pattern=r"^[A-Za-z0-9_.-]+:[^\s\x00]+$"),
    Field(description="Identity in the unit's own platform, as `source:id` (JS 16.b)"),
]


Rule = Annotated[str, StringConstraints(pattern=r"^reservations\.[a-z_]{1,60}$")]


class RequestBody(Command):
    """What is said of any request, whether for one time or for many."""

    resource_id: UUID
    purpose: Code
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    samples: int = Field(default=0, ge=0, le=100_000)
    contract_id: UUID | None = None
    voucher_grant_id: UUID | None = None
    on_behalf_of: UUID | None = Field(default=None, description="The user, where a proxy, a broker or the unit asks")
    answers: dict[Question, Reply] = Field(default_factory=dict, max_length=50)
    accessories: tuple[Name, ...] = Field(default=(), max_length=20, description="Used together with the instrument")
    items: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] = Field(default_factory=dict, max_length=50)
    group_id: UUID | None = Field(default=None, description="The group of users it is for, one of the user's own")
    fund_card: Code | None = Field(default=None, description="The fund to be charged inside the unit")
    rules_read: bool = Field(default=False, description="The notices of the house rules have been read")
    overrides: dict[Rule, Words] = Field(
        default_factory=dict,
        max_length=20,
        description="House rules that the unit's staff sets aside for the user, each by its code with the reason",
    )


class RequestReservation(RequestBody):
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

    span: Span
    external_id: Annotated[
        Foreign | None, Field(description="Identity in the unit's own platform; the unit's staff alone gives it")
    ] = None


def request_reservation(command: RequestReservation, work: Work) -> Result:
    """Raises `DomainError`, `SlotTaken`, `NotFound`, `NotPermitted`."""
    resource = work.load(RESOURCE, command.resource_id)
    user = user_of(command, work, resource.state)
    wish = wish_of(command, work)
    if command.external_id is not None:
        _require_own_platform(work, resource.state.unit)
        return reserve_imported(work, resource, user, wish)
    return reserve(work, resource, user, wish)


def _require_own_platform(work: Work, unit: UUID) -> None:
    """Anybody else could take an identity before the unit's platform does, which would then be known already.

    Raises `NotPermitted`.
    """
    if work.actor.role is not Role.SYSTEM and work.actor.role not in UNIT_STAFF:
        raise NotPermitted(reason="unit", unit=str(unit))
    own_unit(work, unit)


def user_of(command: RequestBody, work: Work, resource: Resource) -> UUID:
    """For whom: a user for himself or whose proxy he is, a broker for anybody, staff for users of its own resources.

    Raises `NotPermitted`.
    """
    actor = work.actor
    user = command.on_behalf_of or actor.user
    if user != actor.user:
        if actor.role is Role.USER:
            require_self_or_proxy(work, user, resource.unit, command.resource_id)
        if actor.role in UNIT_STAFF:
            own_unit(work, resource.unit)
    return user


def wish_of(command: RequestReservation, work: Work) -> Wish:
    """What the command asks for."""
    return wish_for(command, work, command.span, external_id=command.external_id)


def wish_for(
    command: RequestBody, work: Work, span: Span, *, series: UUID | None = None, external_id: str | None = None
) -> Wish:
    """What is asked for one time, that of a series included."""
    return Wish(
        span=span,
        purpose=command.purpose,
        use_type=command.use_type,
        project_type=command.project_type,
        service_mode=command.service_mode,
        samples=command.samples,
        contract=command.contract_id,
        voucher_grant=command.voucher_grant_id,
        requested_by=work.actor.user,
        answers=dict(command.answers),
        external_id=external_id,
        accessories=tuple(dict.fromkeys(command.accessories)),
        items=dict(command.items),
        group=command.group_id,
        fund_card=command.fund_card,
        series=series,
        rules_read=command.rules_read,
        overrides=dict(command.overrides),
    )
