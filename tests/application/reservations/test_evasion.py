# SPDX-License-Identifier: Apache-2.0
"""A user who wants more than is theirs: quotas and bans hold on every way round them, on the real handlers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from application.parties.appoint_proxy import AppointProxy
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.join_waiting_list import JoinWaitingList
from application.reservations.request_series import RequestSeries
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from application.reservations.transfer_reservation import TransferReservation
from application.standing.ban_user import BanUser
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from tests.application.reservations.house import publish, publish_for_unit, quota
from tests.application.reservations.lab import Lab, tick
from tests.application.reservations.province import Province, at, span

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from domain.kernel.actor import Actor


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    lab.automatic()
    return lab


def used(home: Province) -> int:
    with home.home.database.reading() as cursor:
        rows = cursor.execute("SELECT used FROM account_claims WHERE account LIKE 'quota:%'").fetchall()
    return sum(int(row[0]) for row in rows)


def refused(do: Callable[..., Any], *args: Any, **changes: Any) -> tuple[str, ...]:  # noqa: ANN401 - any step
    with pytest.raises(DomainError) as caught:
        do(*args, **changes)
    return caught.value.codes


def booked_minutes(home: Province, *reservations: UUID) -> int:
    states = [home.state(each) for each in reservations]
    return sum(each.span.minutes for each in states if each.state in ("requested", "confirmed"))


def move(reservation: UUID, when: Span) -> RescheduleReservation:
    return RescheduleReservation(reservation_id=reservation, span=when, reason="改期")


EXCEEDED = ("reservations.quota_exceeded",)


def test_a_week_is_not_filled_by_moving_into_it_from_the_next(lab: Lab) -> None:
    home = lab.province
    publish(home, quotas=[quota(limit=120)])
    home.ask()
    next_week = home.ask(span=span(9, 11, 10)).id
    assert refused(home.do, move(next_week, span(13, 15)), home.customer) == EXCEEDED
    assert refused(home.do, move(next_week, span(9, 12, 10)), home.customer) == EXCEEDED
    assert used(home) == 240


def test_a_longer_booking_is_not_made_of_merged_neighbours(lab: Lab) -> None:
    home = lab.province
    publish(home, quotas=[quota(limit=180)], merge_gap_minutes=30)
    home.ask()
    assert refused(home.ask, span=Span(start=at(11, 30), end=at(13))) == EXCEEDED
    home.ask(span=Span(start=at(11, 30), end=at(12, 30)))
    assert used(home) == 180


def test_cancelling_gives_back_once_however_often_it_is_tried(lab: Lab) -> None:
    home = lab.province
    publish(home, quotas=[quota(limit=120)])
    asked = home.ask().id
    cancel = CancelReservation(reservation_id=asked, reason="不用")
    home.do(cancel, home.customer)
    assert refused(home.do, cancel, home.customer) == ("reservations.wrong_state",)
    home.ask()
    assert refused(home.ask, span=span(13, 14)) == EXCEEDED


def test_a_use_that_took_place_keeps_what_it_drew(lab: Lab) -> None:
    home = lab.province
    publish(home, quotas=[quota(limit=120)])
    asked = home.ask(home.colleague).id
    home.do(StartUsage(reservation_id=asked), home.manager, at(9))
    home.do(CompleteUsage(reservation_id=asked), home.manager, at(9, 5))
    assert refused(home.ask, home.colleague, at(9, 10), span=span(13, 14)) == EXCEEDED


def test_proxies_series_waiting_and_transfer_draw_on_the_users_counter(lab: Lab) -> None:
    home = lab.province
    publish(home, quotas=[quota(limit=120)], waiting_list=True)
    home.do(AppointProxy(user=home.client, proxy=lab.member.user, until=at(0, day=20)), home.customer)
    first = home.ask().id
    assert refused(home.ask, lab.member, on_behalf_of=home.client, span=span(13, 14)) == EXCEEDED
    series = RequestSeries.model_validate(
        {
            "resource_id": home.resource,
            "purpose": "scientific_research",
            "first": {"start": "2026-03-04T09:00:00", "end": "2026-03-04T10:00:00"},
            "pattern": {"frequency": "daily", "count": 2},
        }
    )
    assert set(refused(home.do, series, home.customer)) == set(EXCEEDED)
    waiting = JoinWaitingList.model_validate(
        {
            "resources": [home.resource],
            "minutes": 60,
            "earliest": at(13),
            "latest": at(15),
            "purpose": "scientific_research",
        }
    )
    queued = home.do(waiting, home.customer)
    tick(home, at(13, day=2))
    assert home.state(queued.id).state == "queued", "passed over: time is free, the quota is not"
    mine = home.ask(lab.member, span=span(15, 17)).id
    to_me = TransferReservation(reservation_id=mine, to_user=home.client, reason="换人")
    assert refused(home.do, to_me, lab.member) == EXCEEDED
    assert booked_minutes(home, first, mine) == used(home) == 240


@pytest.mark.parametrize("way", ["request", "group", "proxy", "series", "transfer", "move"])
def test_who_is_banned_books_on_no_way(lab: Lab, way: str) -> None:
    home = lab.province
    publish_for_unit(home, conduct={}, waiting_list=True)
    mine, other = lab.ask(group_id=None).id, home.ask(home.customer, span=span(11, 13)).id
    ban = BanUser(user=lab.member.user, unit=home.unit, until=at(0, day=25), ground="safety", reason="违规")
    home.do(ban, home.manager)
    home.do(AppointProxy(user=lab.member.user, proxy=home.client, until=at(0, day=20)), lab.member)
    later = span(14, 15)
    series = RequestSeries.model_validate(
        {
            "resource_id": home.resource,
            "purpose": "scientific_research",
            "first": {"start": "2026-03-04T09:00:00", "end": "2026-03-04T10:00:00"},
            "pattern": {"frequency": "daily", "count": 2},
        }
    )
    to_me = TransferReservation(reservation_id=other, to_user=lab.member.user, reason="换人")
    ways: dict[str, Callable[[], Any]] = {
        "request": lambda: lab.ask(group_id=None, span=later),
        "group": lambda: lab.ask(span=later),
        "proxy": lambda: home.ask(home.customer, on_behalf_of=lab.member.user, span=later),
        "series": lambda: home.do(series, lab.member),
        "transfer": lambda: home.do(to_me, home.customer),
        "move": lambda: home.do(move(mine, span(15, 17)), lab.member),
    }
    assert set(refused(ways[way])) == {"reservations.banned"}


def test_whoever_is_banned_meanwhile_is_served_from_no_waiting_list(lab: Lab) -> None:
    home = lab.province
    publish_for_unit(home, conduct={}, waiting_list=True)
    waiting = JoinWaitingList.model_validate(
        {
            "resources": [home.resource],
            "minutes": 60,
            "earliest": at(13),
            "latest": at(15),
            "purpose": "scientific_research",
        }
    )
    queued = home.do(waiting, lab.member)
    ban = BanUser(user=lab.member.user, unit=home.unit, until=at(0, day=25), ground="safety", reason="违规")
    home.do(ban, home.manager)
    tick(home, at(13, day=2) + timedelta(minutes=5))
    assert home.state(queued.id).state == "queued"


def test_a_proxy_who_is_banned_books_for_others_as_they_may_and_not_for_themselves(lab: Lab) -> None:
    """Every rule is judged for the user who comes; the ban is not lent, and not lost."""
    home = lab.province
    publish_for_unit(home, conduct={})
    actor: Actor = lab.member
    home.do(AppointProxy(user=home.client, proxy=actor.user, until=at(0, day=20)), home.customer)
    ban = BanUser(user=actor.user, unit=home.unit, until=at(0, day=25), ground="safety", reason="违规")
    home.do(ban, home.manager)
    asked = home.ask(actor, on_behalf_of=home.client).id
    to_me = TransferReservation(reservation_id=asked, to_user=actor.user, reason="换人")
    assert refused(home.do, to_me, actor) == ("reservations.banned",)
