# SPDX-License-Identifier: Apache-2.0
"""Closed time and maintenance on the real database: who is refused, whom it hits, and what races come to."""

from datetime import date, timedelta
from functools import partial
from typing import Any, cast
from uuid import UUID

import pytest

from application.command import Result
from application.errors import NotPermitted
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from application.resources.announce_closure import AnnounceClosure
from application.resources.announce_unit_closure import AnnounceUnitClosure
from application.resources.end_maintenance import EndMaintenance
from application.resources.enter_internal_block import EnterInternalBlock
from application.resources.lift_closure import LiftClosure
from application.resources.lift_unit_closure import LiftUnitClosure
from application.resources.schedule_maintenance import ScheduleMaintenance
from domain.kernel.errors import DomainError
from domain.kernel.time import Span, midnight
from domain.reservations.events import ReservationCancelled
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from tests.application.reservations.house import publish, quota
from tests.application.reservations.province import Province, at, opening, span
from tests.concurrency.crowd import customers, rush


def close(home: Province, **changes: Any) -> Result:  # noqa: ANN401 - any field
    stated = {"resource": home.resource, "reason": "搬迁", **changes}
    return home.do(AnnounceClosure.model_validate(stated), home.manager)


def hits(closed: Result, named: str = "hits") -> list[str]:
    """The reservations that stand in the closed time, or those that gave way to it."""
    return [each["reservation"] for each in cast("list[dict[str, str]]", closed.data[named])]


def close_unit(home: Province, **changes: Any) -> Result:  # noqa: ANN401 - any field
    stated = {"unit": home.unit, "reason": "假期", **changes}
    return home.do(AnnounceUnitClosure.model_validate(stated), home.manager)


def maintain(home: Province, when: Span | None = None, **changes: Any) -> Result:  # noqa: ANN401 - any field
    stated = {"resource": home.resource, "span": when or span(8, 18), "kind": "repair", "reason": "换灯丝", **changes}
    return home.do(ScheduleMaintenance.model_validate(stated), home.manager)


def follow(home: Province) -> None:
    """Let the read models stand where the log does."""
    projector = home.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()


def refused(do: Any, *args: Any, **changes: Any) -> DomainError:  # noqa: ANN401 - any step
    with pytest.raises(DomainError) as error:
        do(*args, **changes)
    return error.value


def test_closed_time_refuses_what_is_asked_after_it_and_names_the_closure(province: Province) -> None:
    before = province.ask()
    closed = close(province, span=span(9, 12))
    assert hits(closed) == [str(before.id)]
    error = refused(province.ask, span=span(11, 13))
    (violation,) = error.violations
    assert (violation.code, violation.overridable_by) == ("reservations.closed", "managing_unit")
    assert violation.parameters["closure"] == closed.data["closure"]
    assert (violation.parameters["level"], violation.parameters["why"]) == ("instrument", "搬迁")
    assert violation.citation is not None
    assert province.ask(span=span(12, 13)).data["state"] == "requested", "closed time is half-open"
    assert province.state(before.id).state == "requested", "kept reservations stand"


def test_a_closure_of_the_unit_closes_each_instrument_until_it_is_lifted(province: Province) -> None:
    closed = close_unit(province, first_day=date(2026, 3, 3), last_day=date(2026, 3, 5))
    assert refused(province.ask, span=span(9, 11, day=5)).codes == ("reservations.closed",)
    assert province.ask(span=span(9, 11, day=6)).data["state"]
    lift = LiftUnitClosure(unit=province.unit, closure=UUID(str(closed.data["closure"])), reason="提前")
    province.do(lift, province.manager, at(12, day=4))
    assert refused(province.do, lift, province.manager, at(13, day=4)).codes == ("closures.over",)
    assert province.ask(now=at(13, day=4), span=span(9, 11, day=5)).data["state"], "what was left is open again"


def test_a_move_into_closed_time_is_refused_and_staff_may_set_a_closure_aside(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask()
    close(province, span=span(14, 16))
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 15), reason="改期")
    assert refused(province.do, move, province.customer).codes == ("reservations.closed",)
    let_in = province.ask(
        province.manager,
        span=span(14, 16),
        on_behalf_of=province.client,
        overrides={"reservations.closed": "院士来访"},
    )
    assert "RuleOverridden" in province.types(let_in.id)


def test_closed_lanes_leave_the_others_open(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=2))
    close(province, span=span(9, 12), lanes=[1])
    assert province.ask().data["lane"] == 2
    with pytest.raises(Exception, match="slot_taken"):
        province.ask()
    close(province, span=span(9, 12), lanes=[2])
    assert refused(province.ask).codes == ("reservations.closed",) * 2


def test_holidays_are_those_of_the_pinned_calendar(province: Province) -> None:
    closed = close_unit(province, first_day=date(2026, 9, 1), last_day=date(2026, 12, 31), closed_on="holidays")
    assert closed.data["calendar"] == "mainland-2026-1"
    (closure,) = province.state(province.unit).closures
    national_day = next(each for each in closure.spans if each.start <= midnight(date(2026, 10, 1)) < each.end)
    assert (national_day.start, national_day.end) == (midnight(date(2026, 10, 1)), midnight(date(2026, 10, 8)))
    rest = close(province, first_day=date(2026, 3, 7), last_day=date(2026, 3, 8), closed_on="rest_days")
    assert rest.data["calendar"] == "mainland-2026-1"
    assert refused(province.ask, span=span(9, 10, day=7)).codes == ("reservations.closed",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ["closures.time_unclear"]),
        ({"first_day": date(2026, 3, 5)}, ["closures.time_unclear"]),
        ({"span": span(), "first_day": date(2026, 3, 5), "last_day": date(2026, 3, 5)}, ["closures.time_unclear"]),
        ({"first_day": date(2026, 3, 5), "last_day": date(2026, 3, 4)}, ["closures.ends_before_start"]),
        ({"first_day": date(2026, 3, 5), "last_day": date(2027, 3, 6)}, ["closures.too_long"]),
        ({"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 4)}, ["closures.in_the_past"]),
        ({"span": span(9, 11, day=2)}, ["closures.in_the_past"]),
        (
            {"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 31), "closed_on": "holidays"},
            ["closures.holidays_unknown"],
        ),
        (
            {"first_day": date(2026, 3, 3), "last_day": date(2026, 3, 4), "closed_on": "rest_days"},
            ["closures.no_such_day"],
        ),
        ({"span": span(), "lanes": [2]}, ["resources.unknown_lane"]),
        ({"span": span(), "lanes": []}, ["resources.unknown_lane"]),
    ],
)
def test_closures_that_cannot_be_are_refused(province: Province, changes: dict[str, Any], codes: list[str]) -> None:
    assert list(refused(close, province, **changes).codes) == codes


def test_a_closure_may_begin_this_very_moment_and_last_a_year(province: Province) -> None:
    close(province, span=Span(start=at(12, day=2), end=at(13, day=2)))
    close(province, first_day=date(2026, 3, 5), last_day=date(2027, 3, 5))


def test_overlapping_closures_name_the_one_that_stands(province: Province) -> None:
    first = close(province, span=span(9, 12))
    error = refused(close, province, span=span(11, 13))
    assert error.codes == ("closures.closed_already",)
    assert error.violations[0].parameters["closure"] == first.data["closure"]
    close(province, span=span(12, 13))
    close_unit(province, span=span(11, 13))
    province.do(
        LiftClosure(resource=province.resource, closure=UUID(str(first.data["closure"])), reason="完"), province.manager
    )
    close(province, span=span(9, 10))


def test_only_the_own_unit_closes(province: Province) -> None:
    other = province.manager.model_copy(update={"unit": UUID(int=7)})
    with pytest.raises(NotPermitted):
        province.do(AnnounceClosure(resource=province.resource, span=span(), reason="…"), other)
    with pytest.raises(NotPermitted):
        province.do(AnnounceUnitClosure(unit=province.unit, span=span(), reason="…"), other)


def test_maintenance_lists_what_it_hits_and_cancels_it_in_the_same_commit(
    province: Province, platform: Platform
) -> None:
    publish(province, quotas=[quota(limit=240)], accessories=[{"name": "样品杆", "quantity": 1}])
    asked = province.ask(accessories=("样品杆",))
    confirmed = province.ask(span=span(13, 15))
    province.do(ConfirmReservation(reservation_id=confirmed.id), province.manager)
    kept = refused(maintain, province)
    assert kept.codes == ("resources.slot_occupied",)
    assert str(kept.violations[0].parameters["reservations"]).split(", ") == [str(asked.id), str(confirmed.id)]
    assert province.state(asked.id).state == "requested"
    done = maintain(province, displace="cancel")
    assert hits(done, "cancelled") == [str(asked.id), str(confirmed.id)]
    for each in (asked, confirmed):
        state = province.state(each.id)
        assert (state.state, state.draws, state.accessories) == ("cancelled", (), ())
    events = [item for item in province.home.log.stream(confirmed.id) if isinstance(item.event, ReservationCancelled)]
    assert [(item.event.by, item.event.reason, item.event.late) for item in events] == [("provider", "换灯丝", False)]  # type: ignore[attr-defined]
    command = province.home.log.stream(province.resource)[-1].meta.command_id
    assert {item.meta.command_id for item in events} == {command}, "one command, one commit"
    with pytest.raises(Exception, match="slot_taken"):
        province.ask()
    province.do(
        EndMaintenance(resource=province.resource, maintenance=UUID(str(done.data["maintenance"]))), province.manager
    )
    assert province.ask(accessories=("样品杆",)).data["state"]
    follow(province)
    report = verify(platform)
    assert report.ok, report.as_dict()


def test_a_use_in_progress_is_never_displaced(province: Province) -> None:
    asked = province.ask(province.colleague)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    province.do(StartUsage(reservation_id=asked.id), province.manager, at(9))
    late = ScheduleMaintenance(
        resource=province.resource, span=span(10, 12), kind="repair", reason="…", displace="cancel"
    )
    assert refused(province.do, late, province.manager, at(10)).codes == ("closures.use_in_progress",)


def test_an_internal_block_never_displaces_a_confirmed_reservation(province: Province) -> None:
    """A26: only its provider's cancellation with a reason does."""
    asked = province.ask()
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    block = EnterInternalBlock(resource=province.resource, span=span(8, 12), purpose="本科教学")
    error = refused(province.do, block, province.manager)
    assert error.codes == ("resources.slot_occupied",)
    assert error.violations[0].parameters["reservations"] == str(asked.id)
    province.do(CancelReservation(reservation_id=asked.id, reason="教学急需"), province.manager)
    province.do(block, province.manager)


def test_a_closure_cancels_the_reservations_of_a_unit(province: Province) -> None:
    asked, beside = province.ask(), province.ask(span=span(9, 11, day=4))
    follow(province)
    closed = close_unit(province, first_day=date(2026, 3, 3), last_day=date(2026, 3, 3), displace="cancel")
    assert hits(closed) == [str(asked.id)]
    assert (province.state(asked.id).state, province.state(beside.id).state) == ("cancelled", "requested")


def test_eight_races_of_maintenance_with_requests_leave_one_holder_of_each_minute(province: Province) -> None:
    """Whoever comes first: the request is cancelled with the maintenance, or it finds its time taken."""
    crowd = customers(province.home, 8, province.enterprise)
    slots = [Span(start=at(8) + n * timedelta(hours=1), end=at(9) + n * timedelta(hours=1)) for n in range(8)]
    outcome = rush(
        [partial(province.ask, user, span=slot) for user, slot in zip(crowd, slots, strict=True)]
        + [partial(maintain, province, displace="cancel")]
    )
    assert set(outcome.refused) <= {"reservation.slot_taken"}, outcome
    (maintenance,) = province.state(province.resource).maintenances
    assert set(province.home.claims.holders(province.resource, at(8), at(18))) == set(maintenance.holders)
    for made in outcome.results[:-1]:
        assert province.state(made.id).state == "cancelled"
