# SPDX-License-Identifier: Apache-2.0
"""A use entered afterwards has the effect of one that was booked, and is refused where that would have been."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.command import Result
from application.errors import NotPermitted
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.dismiss_duplicate import DismissDuplicate
from application.reservations.explaining import explained
from application.reservations.record_use import RecordUse
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.parties.events import UserRegistered
from domain.reservations.day_sheet import sheet_id
from domain.reservations.rules import AHEAD_ONLY
from tests.application.reservations.house import publish, quota
from tests.application.reservations.province import Province, at, opening

EVENING = at(20)
"""After the uses of 3 March."""


def enter(province: Province, actor: Actor | None = None, now: datetime = EVENING, **changes: Any) -> Result:  # noqa: ANN401
    facts = {
        "resource_id": province.resource,
        "user_id": province.client,
        "span": Span(start=at(9, 7), end=at(10, 43)),
        "purpose": "scientific_research",
        **changes,
    }
    return province.do(RecordUse(**facts), actor or province.manager, now)


def codes(refused: pytest.ExceptionInfo[DomainError]) -> list[str]:
    return sorted(refused.value.codes)


def test_a_walk_in_leaves_the_events_of_a_booked_use_and_its_order(province: Province) -> None:
    contract = province.contract()
    done = enter(province, contract_id=contract.id, samples=3, persons=2)
    assert province.types(done.id) == [
        "ReservationRequested",
        "ReservationConfirmed",
        "UsageStarted",
        "UsageCompleted",
    ]
    use = province.state(done.id)
    assert (use.state, use.used_minutes, use.samples, use.persons, use.contract) == ("completed", 96, 3, 2, contract.id)
    order = province.state(UUID(str(done.data["order_id"])))
    assert (order.kind, order.used_minutes, order.external) == ("service", 96, True)
    assert order.amount_fen == 96 * 30_000 // 60


def test_rules_of_asking_ahead_stand_in_the_way_of_no_use_and_the_explanation_says_so(province: Province) -> None:
    limits = [quota("每周机时", limit=30)]
    publish(province, must_read=["须知"], questions=["磁性"], feedback={"block_after_hours": 1}, quotas=limits)
    enter(province, user_id=province.staff)
    later = enter(province, user_id=province.staff, span=Span(start=at(13), end=at(14)), answers={"磁性": "否"})
    assert (later.data["state"], province.state(later.id).answers) == ("completed", {"磁性": "否"})
    told = explained(province.home.log, province.home.claims, later.id)
    verdicts = {each.rule: each.verdict for each in told.judgements[0].rules}
    assert {name for name, verdict in verdicts.items() if verdict == "not_judged"} == AHEAD_ONLY
    assert verdicts["hours.opening_hours"] == "kept"


def test_no_time_is_held_once_it_is_entered(province: Province) -> None:
    contract = province.contract()
    done = enter(province, contract_id=contract.id)
    assert province.home.claims.holders(province.resource, at(0), at(23)) == []
    assert done.data["overlaps"] == []


def test_use_by_others_without_a_contract_is_refused_and_own_use_needs_none(province: Province) -> None:
    with pytest.raises(DomainError) as refused:
        enter(province)
    assert codes(refused) == ["reservations.contract_missing"]
    assert enter(province, user_id=province.staff).data["state"] == "completed"


def test_a_contract_signed_after_the_start_does_not_cover_it(province: Province) -> None:
    contract = province.contract(now=at(9, 8))
    with pytest.raises(DomainError) as refused:
        enter(province, contract_id=contract.id)
    assert codes(refused) == ["reservations.contract_not_in_force"]
    entered = enter(province, contract_id=contract.id, span=Span(start=at(9, 8), end=at(10)))
    assert entered.data["state"] == "completed"


def test_every_broken_rule_is_told_at_once(province: Province) -> None:
    span = Span(start=at(19), end=at(21))
    with pytest.raises(DomainError) as refused:
        enter(province, span=span, purpose="leisure", used_minutes=500)
    assert codes(refused) == [
        "reservations.contract_missing",
        "reservations.end_in_future",
        "reservations.more_than_measured",
        "reservations.outside_opening_hours",
        "reservations.purpose_not_served",
    ]


LOCKED = [
    (datetime.fromisoformat("2026-06-30T12:00:00+08:00"), True),
    (datetime.fromisoformat("2026-07-01T12:00:00+08:00"), False),
]
"""A use of 3 March: open while March is one of the three months before this one's."""


@pytest.mark.parametrize(("now", "accepted"), LOCKED)
def test_a_use_may_be_entered_for_three_months(province: Province, now: datetime, accepted: bool) -> None:  # noqa: FBT001
    if accepted:
        assert enter(province, now=now, user_id=province.staff).data["state"] == "completed"
        return
    with pytest.raises(DomainError) as refused:
        enter(province, now=now, user_id=province.staff)
    [told] = refused.value.violations
    assert (told.code, told.parameters["first"]) == ("reservations.period_locked", "2026-04-01")


def test_a_booking_that_still_holds_the_time_is_named(province: Province) -> None:
    booked = province.ask(province.individual, at(12, day=2))
    with pytest.raises(DomainError) as refused:
        enter(province, user_id=province.staff)
    [told] = refused.value.violations
    assert (told.code, told.parameters["holders"]) == ("reservations.overlaps_booking", str(booked.id))


PARTLY = Span(start=at(10), end=at(11))
WHY = {"reservations.overlaps_use": "两个工位同时使用"}


def test_a_use_that_leaves_no_lane_is_refused_with_the_one_it_covers(province: Province) -> None:
    """A booked and paid use counts like one entered: within its time nothing is charged a second time."""
    first = enter(province, user_id=province.staff)
    for user in (province.staff, province.person):
        with pytest.raises(DomainError) as refused:
            enter(province, user_id=user, span=PARTLY)
        told = {violation.code: violation for violation in refused.value.violations}["reservations.overlaps_use"]
        assert (told.parameters["duplicates"], told.overridable_by) == (str(first.id), "managing_unit")
    assert enter(province, user_id=province.staff, span=Span(start=at(11), end=at(12))).data["overlaps"] == []


def test_the_unit_may_enter_it_all_the_same_with_a_reason(province: Province) -> None:
    colleague = uuid4()
    named = Personal.of(colleague, "同事")
    province.seed(colleague, UserRegistered(name=named, user_kind="university", legal_person=province.university))
    first = enter(province, user_id=colleague)
    second = enter(province, user_id=colleague, span=PARTLY, overrides=WHY)
    assert (second.data["overlaps"], second.data["duplicate_of"]) == ([str(first.id)], str(first.id))
    assert "RuleOverridden" in province.types(second.id)


def test_where_there_is_another_lane_the_same_user_is_flagged_and_others_are_not(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=2))
    first = enter(province, user_id=province.staff)
    own = enter(province, user_id=province.staff, span=PARTLY)
    assert (own.data["duplicate_of"], province.state(own.id).lane) == (str(first.id), 2)
    with pytest.raises(DomainError) as refused:
        enter(province, user_id=province.staff, span=Span(start=at(10), end=at(10, 30)))
    assert codes(refused) == ["reservations.overlaps_use"]


def test_the_use_of_a_booking_is_refused_on_time_that_another_one_took(province: Province) -> None:
    first = enter(province, user_id=province.staff)
    span = Span(start=at(10, 30), end=at(12))
    named = {"on_behalf_of": province.staff, "external_id": "lims:12"}
    own = province.ask(province.manager, at(12, day=2), span=span, **named)
    province.do(ConfirmReservation(reservation_id=own.id), province.manager, at(13, day=2))
    with pytest.raises(DomainError) as refused:
        enter(province, user_id=province.staff, external_id="lims:12", span=span)
    [told] = refused.value.violations
    assert (told.code, told.parameters["duplicates"]) == ("reservations.overlaps_use", str(first.id))
    done = enter(province, user_id=province.staff, external_id="lims:12", span=span, overrides=WHY)
    assert (done.id, "RuleOverridden" in province.types(own.id)) == (own.id, True)


def test_nobody_but_the_unit_names_what_its_own_platform_numbers(province: Province) -> None:
    """Else anybody could take a number first, and the use that bears it would never be taken in."""
    elsewhere = province.manager.model_copy(update={"user": province.person, "unit": province.enterprise})
    for actor in (province.customer, province.colleague, elsewhere):
        with pytest.raises(NotPermitted):
            province.ask(actor, at(12, day=2), external_id="lims:2026-0117")
    named = {"on_behalf_of": province.staff, "external_id": "lims:2026-0117"}
    assert province.ask(province.manager, at(12, day=2), **named).data["state"]


def test_an_imported_booking_of_what_is_booked_here_is_refused_or_flagged(province: Province) -> None:
    booked = province.ask(province.colleague, at(12, day=2))
    imported = {"on_behalf_of": province.person, "external_id": "lims:1"}
    own = {**imported, "on_behalf_of": province.colleague.user}
    with pytest.raises(DomainError) as refused:
        province.ask(province.manager, at(12, day=2), **imported)
    [told] = refused.value.violations
    assert (told.code, told.parameters["holders"]) == ("reservations.overlaps_booking", str(booked.id))
    with pytest.raises(DomainError) as refused:
        province.ask(province.manager, at(12, day=2), **own)
    [told] = refused.value.violations
    assert (told.code, told.parameters.get("duplicates")) == ("reservations.booked_already", str(booked.id))
    province.add(province.resource, opening(2, capacity=2))
    second = province.ask(province.manager, at(12, day=2), **own)
    assert second.data["duplicate_of"] == str(booked.id)
    province.do(DismissDuplicate(reservation_id=second.id, reason="两个工位"), province.manager, EVENING)


def test_two_units_own_platforms_may_both_have_the_same_identity(province: Province) -> None:
    unit, resource, colleague = uuid4(), uuid4(), uuid4()
    provided = [item.event for item in province.home.log.stream(province.unit)]
    province.seed(unit, provided[0].model_copy(update={"code": "JS-U02"}))
    registered, *published = [item.event for item in province.home.log.stream(province.resource)]
    province.seed(resource, registered.model_copy(update={"unit": unit}), *published)
    other = Actor(user=colleague, role=Role.MANAGING_UNIT, organisation=province.university, unit=unit)
    first = enter(province, user_id=province.staff, external_id="lims:1001")
    second = enter(province, other, user_id=province.staff, external_id="lims:1001", resource_id=resource)
    assert first.id != second.id
    for actor, found, place in ((province.manager, first, province.resource), (other, second, resource)):
        again = enter(province, actor, user_id=province.staff, external_id="lims:1001", resource_id=place)
        assert (again.id, again.data["entered_before"]) == (found.id, True)


def test_the_same_identity_twice_is_one_use_and_another_is_flagged(province: Province) -> None:
    first = enter(province, user_id=province.staff, external_id="lims:7")
    again = enter(province, user_id=province.staff, external_id="lims:7")
    other = enter(province, user_id=province.staff, external_id="lims:8")
    assert (again.id, again.data["entered_before"]) == (first.id, True)
    assert again.position == first.position > 0
    assert again.data["order_id"] == first.data["order_id"]
    assert (other.id != first.id, other.data["duplicate_of"]) == (True, str(first.id))
    day = at(9).date()
    assert province.types(sheet_id(province.resource, day)) == [
        "UseEnteredAfterwards",
        "UseEnteredAfterwards",
        "DuplicateSuspected",
    ]


def test_a_suspected_duplicate_is_dismissed_once_with_a_reason_by_its_unit(province: Province) -> None:
    first = enter(province, user_id=province.staff, external_id="lims:7")
    other = enter(province, user_id=province.staff, external_id="lims:8")
    dismiss = DismissDuplicate(reservation_id=other.id, reason="两个工位")
    with pytest.raises(NotPermitted):
        province.do(dismiss, Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4()), EVENING)
    province.do(dismiss, province.manager, EVENING)
    assert province.types(sheet_id(province.resource, at(9).date()))[-1] == "DuplicateDismissed"
    for entered in (first, other):
        with pytest.raises(DomainError) as refused:
            province.do(DismissDuplicate(reservation_id=entered.id, reason="x"), province.manager, EVENING)
        assert codes(refused) == ["reservations.no_duplicate_suspected"]


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({"span": Span(start=at(9, 7), end=at(10))}, "span, used_minutes"),
        ({"samples": 4}, "samples"),
        ({"used_minutes": 90}, "used_minutes"),
        ({"persons": 2}, "persons"),
        ({"purpose": "technology_development"}, "purpose"),
    ],
)
def test_the_same_identity_with_another_content_is_refused(
    province: Province, changes: dict[str, Any], differing: str
) -> None:
    enter(province, user_id=province.staff, external_id="lims:7", samples=3)
    with pytest.raises(DomainError) as refused:
        enter(province, user_id=province.staff, external_id="lims:7", **{"samples": 3, **changes})
    assert refused.value.violations[0].parameters["differing"] == differing


def test_nobody_learns_of_the_identities_of_another_unit(province: Province) -> None:
    enter(province, user_id=province.staff, external_id="lims:9")
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=province.enterprise, unit=uuid4())
    with pytest.raises(NotPermitted):
        enter(province, stranger, user_id=province.staff, external_id="lims:9")


def test_the_use_of_an_imported_booking_completes_it(province: Province) -> None:
    booked = province.ask(
        province.manager,
        at(12, day=2),
        on_behalf_of=province.person,
        external_id="lims:11",
        span=Span(start=at(9), end=at(11)),
    )
    province.do(ConfirmReservation(reservation_id=booked.id), province.manager, at(13, day=2))
    with pytest.raises(DomainError) as refused:
        enter(province, user_id=province.person, external_id="lims:11")
    assert codes(refused) == ["reservations.contract_missing"]
    named = {"on_behalf_of": province.staff, "external_id": "lims:12", "span": Span(start=at(14), end=at(16))}
    own = province.ask(province.manager, at(12, day=2), **named)
    province.do(ConfirmReservation(reservation_id=own.id), province.manager, at(13, day=2))
    span = Span(start=at(14, 5), end=at(15, 30))
    done = enter(province, user_id=province.staff, external_id="lims:12", span=span)
    assert (done.id, done.data["used_minutes"]) == (own.id, 85)
    again = enter(province, user_id=province.staff, external_id="lims:12", span=span)
    assert (again.id, again.data["entered_before"]) == (own.id, True), "told of its use, not of the time once booked"


def test_native_and_entered_uses_end_alike(province: Province) -> None:
    contract = province.contract()
    span = Span(start=at(9), end=at(11))
    asked = province.ask(now=at(12, day=2), contract_id=contract.id, span=span)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager, at(13, day=2))
    province.do(StartUsage(reservation_id=asked.id, started_at=at(9)), province.manager, at(9))
    native = province.do(
        CompleteUsage(reservation_id=asked.id, ended_at=at(11), samples=2, persons=2), province.manager, at(11)
    )
    later = Span(start=at(13), end=at(15))
    entered = enter(province, contract_id=contract.id, span=later, samples=2, persons=2)
    assert province.types(entered.id) == province.types(native.id)
    for name in (
        "user_kind",
        "customer",
        "external",
        "quote",
        "state",
        "samples",
        "persons",
        "used_minutes",
        "contract",
    ):
        assert getattr(province.state(entered.id), name) == getattr(province.state(native.id), name), name


def test_only_the_unit_and_the_system_enter_uses(province: Province) -> None:
    for actor in (province.customer, province.individual):
        with pytest.raises(NotPermitted):
            enter(province, actor)
    assert enter(province, province.system, user_id=province.staff).data["state"] == "completed"
