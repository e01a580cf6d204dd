# SPDX-License-Identifier: Apache-2.0
"""Wait for time on one of several instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.guards import own_unit
from application.reservations.house import house_of
from application.reservations.proxies import require_self_or_proxy
from application.reservations.request_reservation import Question, Reply
from application.reservations.standing import UNIT_STAFF
from application.reservations.waited import broken_beforehand
from domain.kernel.actor import Role
from domain.kernel.house_rules import Name
from domain.kernel.time import Instant
from domain.parties.user import USER
from domain.reservations import waiting
from domain.reservations.events import ProjectType, ServiceMode, UseType
from domain.reservations.waiting import DAY_MINUTES, Listed
from domain.reservations.waiting_events import Place, Request, WaitingMode, WaitlistJoined
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.resources.resource import Resource


class JoinWaitingList(Command):
    """Wait for `minutes` on one of the instruments, inside `[earliest, latest)`, at the hours of the day named.

    In the mode `book` time that is free is requested for the user, in the order of joining and under every rule of a
    request: those of the user and of the form are judged at once, for waiting would be in vain, those of time, conduct
    and quotas when time is free. In the mode `notify` the user is told of free time once.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resources": ["5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11"],
                "minutes": 120,
                "samples": 2,
                "earliest": "2026-03-02T00:00:00+08:00",
                "latest": "2026-03-16T00:00:00+08:00",
                "from_minute": 540,
                "until_minute": 1080,
                "mode": "book",
                "purpose": "scientific_research",
            }
        }
    )

    resources: tuple[UUID, ...] = Field(min_length=1, max_length=20)
    minutes: int = Field(ge=1, le=DAY_MINUTES)
    earliest: Instant
    latest: Instant
    from_minute: int = Field(default=0, ge=0, lt=DAY_MINUTES, description="After midnight in Shanghai")
    until_minute: int = Field(default=DAY_MINUTES, gt=0, le=DAY_MINUTES, description="After midnight in Shanghai")
    mode: WaitingMode = "book"
    on_behalf_of: UUID | None = Field(default=None, description="The user, where a proxy, a broker or the unit asks")
    purpose: Code
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    samples: int = Field(default=0, ge=0, le=100_000)
    contract_id: UUID | None = None
    voucher_grant_id: UUID | None = None
    answers: dict[Question, Reply] = Field(default_factory=dict, max_length=50)
    accessories: tuple[Name, ...] = Field(default=(), max_length=20)
    group_id: UUID | None = None
    items: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] = Field(default_factory=dict, max_length=50)
    fund_card: Code | None = None
    rules_read: bool = False


def join_waiting_list(command: JoinWaitingList, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = [work.load(RESOURCE, resource) for resource in dict.fromkeys(command.resources)]
    user = command.on_behalf_of or work.actor.user
    work.load(USER, user)
    for each in found:
        _require_side(work, user, each)
    units = {each.id: each.state.unit for each in found}
    joined = WaitlistJoined(
        user=user,
        requested_by=work.actor.user,
        places=tuple(Place(resource=resource, unit=units[resource]) for resource in command.resources),
        minutes=command.minutes,
        earliest=command.earliest,
        latest=command.latest,
        from_minute=command.from_minute,
        until_minute=command.until_minute,
        mode=command.mode,
        request=_request(command),
    )
    new = work.new_id()
    listed = [_listed(work, each) for each in found]
    vain = (
        [broken for each in found for broken in broken_beforehand(work, joined, each)]
        if _judged(listed, joined)
        else []
    )
    work.append(new, *waiting.join(joined, listed, edition=work.edition(), now=work.now, also=vain))
    return Result(new, {"state": "queued"})


def _require_side(work: Work, user: UUID, found: Loaded[Resource]) -> None:
    """Users wait for themselves or whose proxies they are, brokers for anybody, staff for users of its instruments."""
    if work.actor.role is Role.USER:
        require_self_or_proxy(work, user, found.state.unit, found.id)
    elif work.actor.role in UNIT_STAFF and user != work.actor.user:
        own_unit(work, found.state.unit)


def _listed(work: Work, found: Loaded[Resource]) -> Listed:
    house = house_of(work, found.state)
    bookable = found.state.bookable and found.state.state == "published"
    return Listed(found.id, bookable, bool(house and house.rules.waiting_list))


def _judged(listed: list[Listed], joined: WaitlistJoined) -> bool:
    """Only where a request would be made; the time stands on the calendar, so that there is something to ask it of."""
    bookable = all(each.bookable and each.waiting_list for each in listed)
    return joined.mode == "book" and bookable and joined.earliest < joined.latest


def _request(command: JoinWaitingList) -> Request:
    return Request(
        purpose=command.purpose,
        use_type=command.use_type,
        project_type=command.project_type,
        service_mode=command.service_mode,
        samples=command.samples,
        contract=command.contract_id,
        voucher_grant=command.voucher_grant_id,
        answers=dict(command.answers),
        accessories=tuple(dict.fromkeys(command.accessories)),
        group=command.group_id,
        items=dict(command.items),
        fund_card=command.fund_card,
        rules_read=command.rules_read,
    )
