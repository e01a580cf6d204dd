# SPDX-License-Identifier: Apache-2.0
"""Every path on which a booking comes about or changes, as data: whoever adds one adds a line here.

`tests/peers/test_one_path.py` holds the code against this table, and asks each path for the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from application.command import Result
from application.parties.appoint_proxy import AppointProxy
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.join_waiting_list import JoinWaitingList
from application.reservations.leave_waiting_list import LeaveWaitingList
from application.reservations.request_reservation import RequestReservation
from application.reservations.request_series import RequestSeries
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.serve_waiting import ServeWaiting
from application.reservations.transfer_reservation import TransferReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError, Violation
from domain.kernel.time import Span, local
from tests.application.reservations.house import publish
from tests.application.reservations.province import Province, at, span
from tests.concurrency.crowd import customers

if TYPE_CHECKING:
    from collections.abc import Callable


ADMITTING = {
    "application/reservations/reserving.py": "a single request, each of a series, the waiting list, other platforms",
    "application/reservations/joining.py": "a request beside a booking of the same user, judged as the whole",
    "application/reservations/reschedule_reservation.py": "a move, longer or shorter",
    "application/reservations/transfer_reservation.py": "another user of the same customer",
    "application/reservations/entering.py": "a use entered after it took place",
}
"""Every module that lets a request in, that is, calls `admit`. Nobody else makes a reservation or moves one."""
RESERVING = {
    "application/reservations/request_reservation.py": "a single request, of a user, a proxy, a broker or the unit",
    "application/reservations/imported.py": "the same for a booking of a unit's own platform",
    "application/reservations/occurrences.py": "each time of a series",
    "application/reservations/serve_waiting.py": "whoever waits, when time is free",
}
"""Every module that calls `reserve`; imports of other platforms send the command of a single request."""


@dataclass(frozen=True)
class Path:
    """One way to a booking. `take` asks for the time for the customer; codes in `never` cannot be broken on it."""

    name: str
    take: Callable[[Province, Span], Result]
    never: frozenset[str] = frozenset()


def facts(province: Province, when: Span) -> dict[str, Any]:
    return {"resource_id": province.resource, "span": when, "purpose": "scientific_research"}


def by_request(province: Province, when: Span) -> Result:
    return province.do(RequestReservation(**facts(province, when)), province.customer)


def by_the_unit(province: Province, when: Span) -> Result:
    """Staff ask for the user, and set nothing aside."""
    asked = RequestReservation(**facts(province, when), on_behalf_of=province.client)
    return province.do(asked, province.manager)


def by_a_broker(province: Province, when: Span) -> Result:
    broker = Actor(user=UUID(int=3), role=Role.BROKER, organisation=province.enterprise)
    return province.do(RequestReservation(**facts(province, when), on_behalf_of=province.client), broker)


def by_a_proxy(province: Province, when: Span) -> Result:
    """A proxy whose own record is spotless books for the user, who is judged."""
    (proxy,) = customers(province.home, 1, province.enterprise)
    appointed = AppointProxy(user=province.client, proxy=proxy.user, until=at(9, day=31))
    province.do(appointed, province.customer)
    return province.do(RequestReservation(**facts(province, when), on_behalf_of=province.client), proxy)


def by_a_series(province: Province, when: Span) -> Result:
    """A series of one time."""
    wall = {name: local(moment).replace(tzinfo=None).isoformat() for name, moment in when}
    stated = {
        "resource_id": province.resource,
        "purpose": "scientific_research",
        "first": wall,
        "pattern": {"frequency": "weekly", "count": 1},
    }
    return province.do(RequestSeries.model_validate(stated), province.customer)


def by_import(province: Province, when: Span) -> Result:
    """As another platform sends it, under its own identity."""
    asked = RequestReservation(**facts(province, when), on_behalf_of=province.client, external_id=f"lims:{uuid4()}")
    return province.do(asked, province.system)


def by_the_waiting_list(province: Province, when: Span) -> Result:
    """Whoever waits is judged when time is free; what keeps them from it is noted, and told here as a refusal.

    They joined before these rules were published: what no time mends would refuse them at once.
    """
    waits = {
        "resources": [province.resource],
        "minutes": when.minutes,
        "earliest": when.start,
        "latest": when.end,
        "purpose": "scientific_research",
    }
    published = province.state(province.resource).house_rules[-1]
    publish(province, waiting_list=True, daily_sample_intake=99_999)
    waiting = province.do(JoinWaitingList.model_validate(waits), province.customer).id
    publish(province, **published.model_dump())
    free = {"resource": province.resource, "span": when}
    served = province.do(ServeWaiting.model_validate({"waiting_id": waiting, "times": [free]}), province.system)
    if served.data["state"] == "served":
        return Result(UUID(str(served.data["reservation"])), served.data)
    province.do(LeaveWaitingList(waiting_id=waiting, reason="不再等待"), province.customer)
    codes = served.data["codes"]
    assert isinstance(codes, list)
    raise DomainError([Violation(str(code)) for code in codes])


def by_a_transfer(province: Province, _when: Span) -> Result:
    """A colleague's booking, made before the rules were published, is passed to the customer's user."""
    held = TransferReservation(reservation_id=earlier(province, last=True), to_user=province.client, reason="出差")
    return province.do(held, province.manager)


def by_a_move(province: Province, when: Span) -> Result:
    """A booking made before the rules were published is moved into the time."""
    moved = RescheduleReservation(reservation_id=earlier(province), span=when, reason="改期", consent="电话确认")
    return province.do(moved, province.customer)


def before_the_rules(province: Province) -> None:
    """Bookings from before anything was published: the user's own to be moved, a colleague's to be passed on."""
    (colleague,) = customers(province.home, 1, province.enterprise)
    for user, day in ((province.customer, 4), (colleague, 27)):
        asked = province.ask(user, span=span(day=day))
        province.do(ConfirmReservation(reservation_id=asked.id), province.manager)


def earlier(province: Province, *, last: bool = False) -> UUID:
    """One of these two."""
    when = span(day=27 if last else 4)
    (holder,) = province.home.claims.holders(province.resource, when.start, when.end)
    return holder


READ_ONCE = frozenset({"reservations.notices_not_read"})
"""Notices are read with the request; a move does not ask for it again."""
HELD_ALREADY = frozenset({"reservations.too_short_notice_for_house_rules", "reservations.outside_opening_hours"})
"""A transfer takes no new time: lead times do not bind it, and its hours were open."""

PATHS = (
    Path("request", by_request),
    Path("unit for a user", by_the_unit),
    Path("broker for a user", by_a_broker),
    Path("proxy", by_a_proxy),
    Path("series", by_a_series),
    Path("import", by_import),
    Path("waiting list", by_the_waiting_list),
    Path("transfer", by_a_transfer, HELD_ALREADY),
    Path("move", by_a_move, READ_ONCE),
)
