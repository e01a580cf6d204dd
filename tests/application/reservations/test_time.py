# SPDX-License-Identifier: Apache-2.0
"""Accessories held by many, capacity that shrinks, and uses across midnight, a month's end and another opening."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from application.reservations.abort_usage import AbortUsage
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from application.resources.publish_opening import PublishOpening
from domain.kernel.time import SHANGHAI, Span
from domain.resources.events import OpeningPublished
from domain.resources.values import OpeningWindow
from tests.application.reservations.house import publish
from tests.application.reservations.province import Province, at, opening, span
from tests.application.reservations.test_closures import refused
from tests.concurrency.crowd import customers, rush

ROD = "样品杆"


def always(version: int = 2, day: date = date(2026, 1, 1), **terms: object) -> OpeningPublished:
    windows = tuple(OpeningWindow(weekday=weekday, start_minute=0, end_minute=1440) for weekday in range(1, 8))
    return opening(version, **terms).model_copy(update={"windows": windows, "effective_from": day})


def when(start: str, end: str) -> Span:
    first, last = (datetime.fromisoformat(each).replace(tzinfo=SHANGHAI).astimezone(UTC) for each in (start, end))
    return Span(start=first, end=last)


def test_two_users_cannot_hold_one_piece_however_they_race(province: Province) -> None:
    """The instrument has lanes for all of them; the accessory has two pieces."""
    province.add(province.resource, opening(2, capacity=8))
    publish(province, accessories=[{"name": ROD, "quantity": 2}])
    crowd = customers(province.home, 8, province.enterprise)
    outcome = rush([partial(province.ask, user, accessories=(ROD,)) for user in crowd])
    assert len(outcome.results) == 2
    assert set(outcome.refused) == {"reservations.accessory_taken"}
    pieces = {province.state(each.id).accessories[0].piece for each in outcome.results}
    assert pieces == {1, 2}


def test_the_refusal_names_the_accessory_and_when_it_is_free_again(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=4))
    publish(province, accessories=[{"name": ROD, "quantity": 1}])
    province.ask(span=span(9, 11), accessories=(ROD,))
    province.ask(span=span(12, 13), accessories=(ROD,))
    error = refused(province.ask, span=span(10, 12), accessories=(ROD,))
    assert error.codes == ("reservations.accessory_taken",)
    parameters = error.violations[0].parameters
    assert (parameters["accessory"], parameters["quantity"]) == (ROD, 1)
    assert parameters["free_from"] == at(13).isoformat(), "two hours are free after the second one, not between"
    short = refused(province.ask, span=span(10, 11), accessories=(ROD,))
    assert short.violations[0].parameters["free_from"] == at(11).isoformat()


def test_accessories_move_with_the_time_and_go_back_at_every_end(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=4, confirmation="automatic"))
    publish(province, accessories=[{"name": ROD, "quantity": 1}])
    first = province.ask(province.colleague, accessories=(ROD,))
    move = RescheduleReservation(reservation_id=first.id, span=span(10, 12), reason="改期")
    province.do(move, province.colleague)
    assert province.ask(span=span(9, 10), accessories=(ROD,)).data["state"], "what it left is free"
    assert refused(province.ask, span=span(11, 12), accessories=(ROD,)).codes == ("reservations.accessory_taken",)
    province.do(StartUsage(reservation_id=first.id), province.manager, at(10))
    complete = CompleteUsage(reservation_id=first.id)
    province.do(complete, province.manager, at(10, 30))
    early = province.ask(span=span(11, 12), accessories=(ROD,), now=at(10, 31))
    assert province.state(early.id).accessories, "an early end gives the piece back"
    province.do(CancelReservation(reservation_id=early.id, reason="延误"), province.customer, at(10, 32))
    last = province.ask(province.colleague, span=span(11, 12), accessories=(ROD,), now=at(10, 33))
    province.do(StartUsage(reservation_id=last.id), province.manager, at(11))
    abort = AbortUsage(reservation_id=last.id, ground="fault", reason="断电")
    province.do(abort, province.manager, at(11, 10))
    assert province.state(last.id).accessories == ()


def test_a_smaller_capacity_lists_what_lies_beyond_it_and_lets_it_stand(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=3))
    asked = [province.ask() for _ in range(3)]
    fewer = PublishOpening(
        resource=province.resource,
        effective_from=date(2026, 3, 3),
        windows=opening().windows,
        terms=opening(capacity=1).terms,
        rated_minutes_per_year=48_000,
    )
    published = province.do(fewer, province.manager)
    listed = [each["reservation"] for each in published.data["beyond_capacity"]]  # type: ignore[union-attr, index, call-overload]
    assert listed == [str(each.id) for each in asked[1:]]
    with pytest.raises(Exception, match="slot_taken"):
        province.ask()
    assert [province.state(each.id).state for each in asked] == ["requested"] * 3


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-03T22:00", "2026-03-04T02:00"),
        ("2026-03-31T20:00", "2026-04-01T04:00"),
        ("2026-12-31T20:00", "2027-01-01T04:00"),
    ],
)
def test_a_use_crosses_midnight_and_the_ends_of_months_and_years(province: Province, start: str, end: str) -> None:
    province.add(province.resource, always())
    asked = province.ask(span=when(start, end))
    assert province.state(asked.id).span == when(start, end)
    with pytest.raises(Exception, match="slot_taken"):
        province.ask(span=when(start, end))


def test_where_the_night_is_closed_a_use_does_not_cross_it(province: Province) -> None:
    error = refused(province.ask, span=when("2026-03-03T17:00", "2026-03-04T00:00"))
    assert error.codes == ("reservations.outside_opening_hours",)


def test_the_day_on_which_a_use_begins_decides_by_which_opening_it_is_judged(province: Province) -> None:
    """From 5 March on the terms are shorter; a use that begins the night before keeps those of its own day."""
    province.add(province.resource, always())
    province.add(province.resource, always(3, date(2026, 3, 5), max_minutes=120))
    across = province.ask(span=when("2026-03-04T22:00", "2026-03-05T02:00"))
    assert province.state(across.id).opening_version == 2
    error = refused(province.ask, span=when("2026-03-05T02:00", "2026-03-05T06:00"))
    assert error.codes == ("reservations.too_long",)
    after = province.ask(span=when("2026-03-05T02:00", "2026-03-05T04:00"))
    assert province.state(after.id).opening_version == 3


def test_nothing_moves_into_the_past(province: Province) -> None:
    asked = province.ask()
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    back = RescheduleReservation(reservation_id=asked.id, span=span(9, 11, day=2), reason="改期", consent="电话")
    assert refused(province.do, back, province.manager).codes == ("reservations.start_in_past",)
