# SPDX-License-Identifier: Apache-2.0
"""House rules on the real database: counters, overrides, moves, accessories, and what a request costs."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from application.bus import Request
from application.errors import NotPermitted, PreconditionFailed, QuotaExhausted, SlotTaken
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.expire_reservation import ExpireReservation
from application.reservations.reject_reservation import RejectReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.reserving import reserve
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.reservations.facts import Wish
from domain.reservations.judged_events import RequestJudged, RuleOverridden
from domain.reservations.rules import NAMES
from domain.resources.resource import RESOURCE
from tests.application.reservations.house import (
    Province,
    at,
    every_kind,
    obliging,
    opening,
    publish,
    publish_for_unit,
    quota,
    span,
    statements,
)
from tests.concurrency.crowd import customers, rush
from tests.domain.editions import JIANGSU
from tests.properties.booked import Following

BOOKINGS = 10_000


def used(home: Province) -> dict[str, int]:
    """What is drawn of every quota."""
    with home.home.database.reading() as cursor:
        rows = cursor.execute("SELECT account, used FROM account_claims WHERE account LIKE 'quota:%'").fetchall()
    return {account.rsplit(":", 1)[1]: used for account, used in rows}


def refused(home: Province, **changes: Any) -> DomainError:  # noqa: ANN401 - any field
    with pytest.raises(DomainError) as error:
        home.ask(**changes)
    return error.value


def test_what_is_published_binds_only_what_is_asked_after_it(province: Province) -> None:
    before = province.ask()
    publish(province, at(12, day=2), quotas=[quota(limit=60)])
    assert province.state(before.id).judged is None
    error = refused(province, span=span(13, 15))
    (violation,) = error.violations
    assert violation.parameters == {
        "quota": "每周机时",
        "limit": 60,
        "used": 0,
        "asked": 120,
        "resource_rules": "1",
        "unit_rules": "-",
    }
    assert (violation.citation.article if violation.citation else "", violation.overridable_by) == (
        "JS 15",
        "managing_unit",
    )


def test_counters_are_drawn_upon_and_the_refusal_names_limit_used_and_asked(province: Province) -> None:
    publish(province, quotas=[quota(limit=240)])
    publish_for_unit(province, quotas=[quota("每月次数", recurrence="monthly", measure="reservations", limit=5)])
    asked = province.ask()
    assert used(province) == {"每周机时": 120, "每月次数": 1}
    judged = province.state(asked.id).judged
    assert isinstance(judged, RequestJudged)
    assert (judged.rules, judged.resource_rules, judged.unit_rules) == (NAMES, 1, 1)
    error = refused(province, span=span(13, 16))
    assert [error.violations[0].parameters[name] for name in ("limit", "used", "asked")] == [240, 120, 180]
    assert province.ask(span=span(13, 15)).version == 2, "exactly the limit still fits"


@pytest.mark.parametrize("ending", ["cancel", "reject", "expire"])
def test_every_end_without_use_gives_the_draw_back(province: Province, ending: str) -> None:
    publish(province, quotas=[quota(limit=120)], accessories=[{"name": "样品杆", "quantity": 1}])
    asked = province.ask(accessories=("样品杆",))
    commands = {
        "cancel": (CancelReservation(reservation_id=asked.id, reason="延误"), province.customer, None),
        "reject": (
            RejectReservation(reservation_id=asked.id, ground="own_needs", reason="课题"),
            province.manager,
            None,
        ),
        "expire": (ExpireReservation(reservation_id=asked.id), province.system, at(9)),
    }
    command, actor, now = commands[ending]
    province.do(command, actor, now)
    assert used(province) == {"每周机时": 0}
    assert province.state(asked.id).draws == ()
    assert province.types(asked.id)[-1] == "HoldingsReturned"
    again = province.ask(province.customer, span=span(14, 16), accessories=("样品杆",))
    assert used(province) == {"每周机时": 120}
    assert province.state(again.id).accessories[0].piece == 1


def test_a_move_draws_the_difference_and_a_lowered_cap_refuses_new_draws_only(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, quotas=[quota(limit=240)])
    asked = province.ask(span=span(9, 13))
    publish(province, at(9, day=2), quotas=[quota(limit=120)])

    def move(when: Span) -> None:
        province.do(RescheduleReservation(reservation_id=asked.id, span=when, reason="改期"), province.customer)

    move(span(14, 17))
    assert used(province) == {"每周机时": 180}, "shorter than before: given back, although above the new cap"
    with pytest.raises(DomainError) as refusal:
        move(span(13, 17))
    assert refusal.value.codes == ("reservations.quota_exceeded",)
    move(span(14, 16))
    assert used(province) == {"每周机时": 120}


def test_a_move_into_another_period_goes_from_one_counter_to_the_other(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, quotas=[quota(limit=240)])
    asked = province.ask()
    later = span(9, 12, day=10)
    province.do(RescheduleReservation(reservation_id=asked.id, span=later, reason="下周"), province.customer)
    state = province.state(asked.id)
    assert [(draw.amount, "W11" in draw.account) for draw in state.draws] == [(180, True)]


def test_NEMO_104_a_resize_keeps_lineage_answers_accessories_and_the_judged_facts(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(
        province,
        questions=["样品是否含磁性成分"],
        must_read=["须知"],
        quotas=[quota(limit=240)],
        accessories=[{"name": "样品杆", "quantity": 1}],
    )
    answers = {"样品是否含磁性成分": "否"}
    asked = province.ask(answers=answers, rules_read=True, accessories=("样品杆",), use_type="training", samples=2)
    longer = RescheduleReservation(reservation_id=asked.id, span=span(9, 12), reason="样品多")
    result = province.do(longer, province.customer)
    state = province.state(asked.id)
    assert result.id == asked.id
    assert (state.answers, state.use_type, state.samples) == (answers, "training", 2)
    assert [accessory.name for accessory in state.accessories] == ["样品杆"]
    assert (state.span, used(province)) == (span(9, 12), {"每周机时": 180})
    assert province.types(asked.id) == [
        "ReservationRequested",
        "ReservationConfirmed",
        "RequestJudged",
        "ReservationRescheduled",
        "HoldingsReturned",
        "RequestJudged",
    ]


def test_a_move_into_the_past_or_on_an_old_version_is_refused(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask()
    past = RescheduleReservation(reservation_id=asked.id, span=span(9, 11, day=1), reason="误操作")
    with pytest.raises(DomainError) as refusal:
        province.do(past, province.customer)
    assert refusal.value.codes == ("reservations.start_in_past",)
    key = uuid4()
    later = RescheduleReservation(reservation_id=asked.id, span=span(12, 14), reason="改期")
    with pytest.raises(PreconditionFailed):
        province.home.bus.execute(Request(later, province.customer, key, key, expected_version=1))


@pytest.mark.parametrize(("minute", "codes"), [(0, ()), (1, ("reservations.too_late_to_change",))])
def test_a_user_moves_until_the_published_last_moment_and_the_unit_after_it(
    province: Province, minute: int, codes: tuple[str, ...]
) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, lead={"change_minutes": 60})
    asked = province.ask()
    move = RescheduleReservation(reservation_id=asked.id, span=span(14, 16), reason="改期", consent="电话")
    if not codes:
        province.do(move, province.customer, at(8, minute))
        return
    with pytest.raises(DomainError) as refusal:
        province.do(move, province.customer, at(8, minute))
    assert refusal.value.codes == codes
    province.do(move, province.manager, at(8, minute))


@pytest.mark.parametrize(("hour", "minute", "late"), [(8, 0, False), (8, 1, True)])
def test_cancelling_is_late_by_the_rules_published_before_the_request(
    province: Province,
    hour: int,
    minute: int,
    late: bool,  # noqa: FBT001 - an example
) -> None:
    publish(province, lead={"cancel_minutes": 60})
    asked = province.ask()
    publish(province, at(13, day=2), lead={"cancel_minutes": 0})
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    done = province.do(CancelReservation(reservation_id=asked.id, reason="延误"), province.customer, at(hour, minute))
    assert done.data["late"] is late


def test_only_the_units_staff_sets_aside_what_may_be_set_aside(province: Province) -> None:
    publish(province, quotas=[quota(limit=60)], use_types=["training"])
    reasons = {"reservations.quota_exceeded": "课题验收", "reservations.use_type_not_offered": "课题验收"}
    own = refused(province, overrides=reasons)
    assert own.codes == (
        "reservations.use_type_not_offered",
        "reservations.quota_exceeded",
        "reservations.override_by_unit_only",
    )
    with pytest.raises(DomainError) as error:
        province.ask(province.manager, on_behalf_of=province.client, overrides={"reservations.off_grid": "着急"})
    [unknown] = [each for each in error.value.violations if each.code == "reservations.not_overridable"]
    assert "reservations.quota_exceeded" in str(unknown.parameters["possible"]).split(", ")
    asked = province.ask(province.manager, on_behalf_of=province.client, overrides=reasons)
    events = [item.event for item in province.home.log.stream(asked.id)]
    overridden = {event.rule: (event.approver, event.reason) for event in events if isinstance(event, RuleOverridden)}
    assert overridden == dict.fromkeys(reasons, (province.keeper, "课题验收"))
    assert used(province) == {}, "a counter that was set aside is not drawn upon"


def test_the_staff_of_another_unit_sets_nothing_aside(province: Province) -> None:
    publish(province, quotas=[quota(limit=60)])
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    with pytest.raises(NotPermitted):
        province.ask(stranger, on_behalf_of=province.client, overrides={"reservations.quota_exceeded": "无"})


def test_an_accessory_is_held_as_often_as_there_are_pieces(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=3))
    publish(province, accessories=[{"name": "样品杆", "quantity": 2}])
    for _ in range(2):
        province.ask(accessories=("样品杆",))
    assert refused(province, accessories=("样品杆",)).codes == ("reservations.accessory_taken",)
    assert refused(province, accessories=("离心机",)).codes == ("reservations.accessory_unknown",)
    province.ask()


def test_a_lost_race_for_the_last_draw_is_refused_by_the_constraint(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(province, quotas=[quota(limit=120)])
    province.ask()
    monkeypatch.setattr(type(province.home.claims), "used", lambda _self, _accounts: {})
    with pytest.raises(QuotaExhausted):
        province.ask(span=span(13, 15))


def test_neighbours_of_one_user_become_one(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic", cleanup_minutes=30))
    publish(province, merge_gap_minutes=30, quotas=[quota(limit=300)])
    first = province.ask()
    second = province.ask(span=Span(start=at(11, 30), end=at(12, 30)))
    assert (second.id, second.data["merged_into"]) == (first.id, str(first.id))
    state = province.state(first.id)
    assert state.span == Span(start=at(9), end=at(12, 30))
    assert province.types(first.id).count("ReservationRescheduled") == 1
    assert (used(province), state.quote.total_fen) == ({"每周机时": 210}, 105_000)


@pytest.mark.parametrize(
    "changes",
    [
        {"project_type": "teaching"},
        {"samples": 1},
        {"purpose": JIANGSU.value("scope.service_purposes")[-1]},
        {"span": Span(start=at(11, 30) + timedelta(minutes=30), end=at(13))},
    ],
)
def test_what_differs_or_lies_further_off_stays_apart(province: Province, changes: dict[str, Any]) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, merge_gap_minutes=30)
    first = province.ask()
    wish = {"span": Span(start=at(11, 30), end=at(12, 30)), **changes}
    assert province.ask(**wish).id != first.id


@pytest.mark.parametrize("before", [{"accessories": ("样品杆",)}, {"fund_card": "FC-1"}])
def test_a_neighbour_that_holds_more_than_time_stays_as_it_is(province: Province, before: dict[str, Any]) -> None:
    """Merged, it would lose its accessories and be charged to the other fund."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, merge_gap_minutes=30, accessories=[{"name": "样品杆", "quantity": 1}])
    first = province.ask(**before)
    held = province.state(first.id)
    assert province.ask(span=span(11, 12)).id != first.id
    assert province.state(first.id) == held


def test_neighbours_on_one_fund_become_one(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, merge_gap_minutes=30)
    first = province.ask(fund_card="FC-1")
    assert province.ask(span=span(11, 12), fund_card="FC-1").id == first.id
    assert province.state(first.id).judged.fund_card == "FC-1"


def test_a_whole_that_breaks_a_rule_is_not_merged(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, merge_gap_minutes=0, lengths=[{"max_minutes": 150}])
    first = province.ask()
    assert province.ask(span=span(11, 12)).id != first.id


def test_what_the_tables_hold_is_what_history_says(province: Province) -> None:
    """`tongchou verify` folds draws, returns, moves, lowered caps, accessories and mergers from the log alone."""
    following = Following(province.home)
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, merge_gap_minutes=5, quotas=[quota(limit=480)], accessories=[{"name": "样品杆", "quantity": 1}])
    first = province.ask()
    province.ask(span=span(11, 12))
    other = province.ask(span=span(14, 16), accessories=("样品杆",))
    publish(province, at(13, day=2), quotas=[quota(limit=60)], accessories=[{"name": "样品杆", "quantity": 1}])
    move = RescheduleReservation(reservation_id=other.id, span=span(15, 17), reason="改期")
    province.do(move, province.customer)
    province.do(CancelReservation(reservation_id=first.id, reason="延误"), province.customer)
    assert used(province) == {"每周机时": 120}
    assert following.problems() == []


def test_one_limit_set_aside_leaves_others_of_its_name_in_force(province: Province) -> None:
    publish(province, quotas=[quota(limit=60)])
    publish_for_unit(province, quotas=[quota(limit=600)])
    overrides = {"reservations.quota_exceeded": "设备调试"}
    by_staff: dict[str, Any] = {"on_behalf_of": province.client, "overrides": overrides}
    asked = province.ask(province.manager, **by_staff)
    assert [draw.cap for draw in province.state(asked.id).draws] == [600]


def test_the_bookings_of_one_command_count_for_each_other(province: Province) -> None:
    publish(province, quotas=[quota(limit=240)])
    key = uuid4()
    request = Request(ExpireReservation(reservation_id=key), province.customer, key, key)
    work = province.home.bus._work(request, fresh=True)
    found = work.load(RESOURCE, province.resource)
    for hours in ((9, 11), (12, 14)):
        wish = Wish(span=span(*hours), purpose="scientific_research", requested_by=province.client)
        reserve(work, found, province.client, wish)
    with pytest.raises(DomainError) as error:
        reserve(work, found, province.client, replace(wish, span=span(15, 16)))
    assert error.value.violations[0].parameters["used"] == 240


def test_many_at_once_draw_no_more_than_the_limit(province: Province) -> None:
    """Fund balances read, changed and written without a lock are a defect seen in the field."""
    province.add(province.resource, opening(2, confirmation="automatic", capacity=8))
    publish(province, quotas=[quota("每组", scope="organisation", measure="reservations", limit=3)])
    crowd = customers(province.home, 8, province.enterprise)
    outcome = rush([partial(province.ask, user) for user in crowd])
    assert len(outcome.results) == 3
    assert outcome.refused == {"reservations.quota_exceeded": 5}
    assert used(province) == {"每组": 3}


def test_statements_of_a_request_are_a_fixed_number_however_many_bookings_there_are(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peers: 330 statements after 300 bookings of one user, 1,000 and more elsewhere."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, **every_kind())
    counts = []
    for place, (many, day) in enumerate(((10, 3), (BOOKINGS, 10))):
        _seed(province, many, first=place * 10)
        province.ask(**obliging(span(15, 16, day=day)))  # whatever is read once is known from now on
        with statements(monkeypatch) as sent:
            province.ask(**obliging(span(9, 11, day=day)))
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] <= 5, "counters, accessory, neighbours, lane and commit"


def test_a_request_without_house_rules_costs_the_commit_alone(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.ask(span=span(15, 16))
    with statements(monkeypatch) as sent:
        province.ask()
    assert len(sent) == 1
    assert "INSERT INTO events" in sent[0]


def test_a_slot_that_is_taken_is_refused_without_reading_a_stream_anew(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is asked once whether it stands where memory thought."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, **every_kind())
    asked = obliging(span(9, 11, day=3))
    province.ask(**asked)
    with statements(monkeypatch) as sent, pytest.raises(SlotTaken):
        province.ask(**asked)
    assert len([each for each in sent if "AS known (stream, version)" in each]) == 1, "whether it stands"
    assert not [each for each in sent if "FROM events WHERE stream" in each]
    assert len(sent) <= 8, "accessory and lane, the append in vain, counters, lane, standing, first result, refusal"


def _seed(home: Province, many: int, *, first: int) -> None:
    """Bookings of the same user in years past and to come, as the tables know them: slots and counters."""
    with home.home.database.writing() as cursor:
        cursor.execute(
            "INSERT INTO slot_claims (holder, resource, lane, during)"
            " SELECT gen_random_uuid(), %s, 1, tstzrange(t, t + interval '1 hour')"
            " FROM generate_series(%s::int, %s::int) AS n,"
            " LATERAL (SELECT timestamptz '2030-01-01 00:00+08' + n * interval '2 hours' AS t) AS at",
            (home.resource, first, first + many - 1),
        )
        cursor.execute(
            "INSERT INTO account_claims (account, used, cap)"
            " SELECT 'quota:' || %s || ':seed:' || n, 60, 100 FROM generate_series(%s::int, %s::int) AS n",
            (str(home.client), first, first + many - 1),
        )
        cursor.execute("UPDATE account_claims SET used = used + %s WHERE account LIKE '%%:每年'", (many,))
