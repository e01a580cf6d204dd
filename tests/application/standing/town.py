# SPDX-License-Identifier: Apache-2.0
"""A province whose microscope has published house rules, with a worker that can be stopped and started."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from application.bus import Request
from application.command import Command
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.start_usage import StartUsage
from application.resources.publish_house_rules import PublishHouseRules
from application.standing.conduct import conduct_of
from domain.kernel.actor import Actor
from domain.kernel.house_rules import ConductRule, FeedbackRule, HouseRules, Points, TrainingRule
from domain.standing.ids import standing_id
from infrastructure.scheduling.due import do_due_work
from tests.application.reservations.province import span

if TYPE_CHECKING:
    from datetime import datetime

    from domain.reservations.facts import Conduct
    from tests.application.reservations.province import Province

CONDUCT = ConductRule(
    points=(Points(outcome="late", points=25), Points(outcome="no_show", points=50)),
    notify_below=80,
    ban_below=60,
    ban_days=10,
)
RULES = HouseRules(
    conduct=CONDUCT,
    feedback=FeedbackRule(questions=("仪器状态",)),
)
TRAINING = HouseRules(training=TrainingRule(valid_months=12, lapse_months=6))


def publish(province: Province, rules: HouseRules = RULES, now: datetime | None = None) -> None:
    province.do(PublishHouseRules(resource=province.resource, rules=rules), province.manager, now)


def superior(province: Province) -> Actor:
    """Of the unit's staff somebody other than the colleague, whose standing it is."""
    manager = province.manager
    return Actor(user=UUID(int=77), role=manager.role, organisation=manager.organisation, unit=manager.unit)


def booked(province: Province, start: int = 9, end: int = 11, day: int = 3, **changes: Any) -> UUID:  # noqa: ANN401
    """The colleague's reservation, confirmed."""
    asked = province.ask(province.colleague, span=span(start, end, day), **changes)
    if asked.data["state"] == "requested":
        province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    return asked.id


def used(province: Province, begun: datetime, ended: datetime, **changes: Any) -> UUID:  # noqa: ANN401
    """The same, used from one moment to another."""
    reservation = booked(province, **changes)
    province.do(StartUsage(reservation_id=reservation), province.manager, begun)
    province.do(CompleteUsage(reservation_id=reservation), province.manager, ended)
    return reservation


def tick(province: Province, now: datetime) -> int:
    """One round of a worker that runs now, with everything known."""
    projector = province.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    return do_due_work(province.home, now)


def recorded(province: Province, stream: UUID) -> Counter[str]:
    """How often each kind of event stands in a stream."""
    return Counter(province.types(stream))


def standing_of(province: Province, user: UUID | None = None) -> UUID:
    return standing_id(province.unit, user or province.staff)


def conduct(province: Province, now: datetime, user: UUID | None = None, group: UUID | None = None) -> Conduct:
    """What a decision on a request would be told now."""
    request = Request(Command(), province.system, UUID(int=1), UUID(int=1), occurred_at=now)
    work = province.home.bus._work(request, fresh=True)
    return conduct_of(work, province.unit, user or province.staff, province.resource, group=group)
