# SPDX-License-Identifier: Apache-2.0
"""A check says what the command does: the same rules, the same price, and times that are accepted."""

import random
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from application.errors import ApplicationError, NotPermitted, SlotTaken
from application.reservations.checking import quoted, tried
from application.reservations.consequences import cancellation_of, explained_price, lanes_of
from application.reservations.reschedule_reservation import RescheduleReservation
from application.resources.schedule_maintenance import ScheduleMaintenance
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.reservations.rules import NAMES
from domain.resources.events import OpeningLimitPublished
from domain.standing.events import StandingOpened, UseNoted
from domain.standing.ids import standing_id
from tests.application.reservations.checks import check, command, suggested
from tests.application.reservations.house import every_kind, obliging, opening, publish, publish_for_unit, quota, span
from tests.application.reservations.province import Province, at


def test_every_rule_is_told_kept_or_broken_and_nothing_is_written(province: Province) -> None:
    publish(province, quotas=[quota(limit=60)], must_read=["须知"])
    before = _log(province)
    trial = check(province, span=Span(start=at(9, 10), end=at(11, 10)))
    assert not trial.accepted
    assert tuple(name for name, _ in trial.rules) == NAMES
    broken = {name for name, verdict in trial.rules if verdict == "broken"}
    assert broken == {"hours.grid", "quota.counters", "reading.notices"}
    told = {each.violation.code: each.mend for each in trial.broken}
    assert told["reservations.quota_exceeded"] == {
        "left": 60,
        "measure": "minutes",
        "reset_at": at(0, day=9).isoformat(),
    }
    assert told["reservations.off_grid"]["start_after"] == at(9, 30).isoformat()
    assert _log(province) == before


def test_a_slot_that_is_taken_says_by_what_and_how_many_lanes_are_left(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=2))
    province.ask()
    trial = check(province)
    assert trial.accepted
    lanes = lanes_of(trial)
    assert lanes is not None
    assert (lanes.capacity, lanes.left, lanes.taken_by) == (2, 1, ("reservation",))
    maintenance = ScheduleMaintenance(resource=province.resource, span=span(), lanes=(2,), kind="repair", reason="维修")
    province.do(maintenance, province.manager)
    again = check(province)
    assert isinstance(again.tried.refused, SlotTaken)
    found = lanes_of(again)
    assert found is not None
    assert (found.left, set(found.taken_by)) == (0, {"reservation", "maintenance"})
    assert [each.violation.code for each in again.broken] == ["reservation.slot_taken"]


def test_the_nearest_times_stand_before_and_after_and_are_accepted(province: Province) -> None:
    province.ask(span=span(9, 13, day=4))
    trial, nearest = suggested(province, span=span(10, 12, day=4))
    assert not trial.accepted
    wanted = [(12, 14, 3), (14, 16, 3), (16, 18, 3), (13, 15, 4), (15, 17, 4), (8, 10, 5)]
    assert [*nearest.spans] == [span(start, end, day=day) for start, end, day in wanted]
    assert nearest.provided == ()
    assert sum(each.start < trial.command.span.start for each in nearest.spans) == 3


def test_what_no_other_time_mends_is_named_first(province: Province) -> None:
    publish(province, must_read=["须知"])
    province.ask(rules_read=True)
    _, nearest = suggested(province)
    assert nearest.provided == ("reservations.notices_not_read",)
    assert nearest.spans


LAST_USED = [("2025-06-01", True), ("2025-09-10", False)]
"""Of a practice that lapses after six months: before the check, and between the check and the wish."""


@pytest.mark.parametrize(("last", "whatever_the_time"), LAST_USED)
def test_a_person_who_lapsed_is_told_what_to_mend_and_free_times_all_the_same(
    province: Province,
    last: str,
    whatever_the_time: bool,  # noqa: FBT001
) -> None:
    publish(province, training={"lapse_months": 6})
    stream, ended = standing_id(province.unit, province.client), datetime.fromisoformat(f"{last}T10:00:00+08:00")
    noted = UseNoted(reservation=uuid4(), resource=province.resource, ended_at=ended, minutes=60)
    province.add(stream, StandingOpened(unit=province.unit, user=province.client), noted)
    trial, nearest = suggested(province, span=span(day=12))
    lapsed, missing = "reservations.qualification_lapsed", "reservations.not_qualified"
    assert {each.violation.code for each in trial.broken} == {lapsed, missing}
    assert nearest.provided == ((missing, lapsed) if whatever_the_time else (missing,))
    assert (bool(nearest.spans), nearest.as_asked) == (True, whatever_the_time)


def test_a_time_that_somebody_holds_is_not_called_free(province: Province) -> None:
    publish(province, must_read=["须知"])
    assert suggested(province)[1].as_asked
    province.ask(rules_read=True)
    assert not suggested(province)[1].as_asked


def test_only_whoever_may_ask_may_check(province: Province) -> None:
    stranger = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=uuid4(), unit=uuid4())
    with pytest.raises(NotPermitted):
        check(province, stranger, on_behalf_of=province.client)
    with pytest.raises(NotPermitted):
        check(province, province.individual, on_behalf_of=province.client)


def test_giving_up_costs_what_is_published(province: Province) -> None:
    limit = OpeningLimitPublished(
        limit_version=1, cancel_minutes_before=120, no_show_charge=True, grace_minutes=20, text="x"
    )
    province.add(province.resource, limit)
    trial = check(province)
    assert trial.quote is not None
    steps = [(step.what, step.end, step.cost_fen) for step in cancellation_of(trial, trial.quote)]
    assert steps == [
        ("free", at(7), 0),
        ("late_cancel", at(9), 60_000),
        ("not_possible", at(9, 20), 0),
        ("no_show", None, 60_000),
    ]


def test_a_stale_memory_is_found_out(province: Province) -> None:
    """Another process publishes a rule: the check rests on what the log says, not on what it remembered."""
    assert check(province).accepted
    province.add(province.resource, OpeningLimitPublished(limit_version=1, earliest_minutes_before=60, text="x"))
    assert not check(province).accepted


def test_a_move_is_judged_as_the_command_judges_it(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask()
    province.ask(span=span(14, 16))
    for when, accepted in ((span(10, 12), True), (span(13, 15), False), (span(9, 11, day=1), False)):
        move = RescheduleReservation(reservation_id=asked.id, span=when, reason="核对")
        trial = province.home.bus.look(province.customer, partial(tried, command=move))
        assert trial.accepted is accepted, when
        assert _accepts(province, move) is accepted
        if accepted:
            back = RescheduleReservation(reservation_id=asked.id, span=span(), reason="改回")
            province.do(back, province.customer)


@pytest.mark.parametrize("seed", range(12))
def test_a_check_accepts_exactly_what_the_command_accepts_and_so_it_is_with_every_time_it_names(
    province: Province, seed: int
) -> None:
    dice = random.Random(seed)
    _furnish(province, dice)
    for _ in range(12):
        wish = _wish(dice)
        actor = dice.choice([province.customer, province.customer, province.individual, province.manager])
        if actor is province.manager:
            wish["on_behalf_of"] = province.client
            wish["overrides"] = dice.choice(
                [{}, {"reservations.quota_exceeded": "验收", "reservations.off_step": "验收"}]
            )
        trial, nearest = suggested(province, actor, **wish)
        if not nearest.provided:
            for each in dice.sample(nearest.spans, min(2, len(nearest.spans))):
                assert check(province, actor, **{**wish, "span": each}).accepted
        outcome = _outcome(province, actor, wish)
        assert (outcome is None) is trial.accepted, (seed, wish, outcome)
        if outcome is None:
            explained = explained_price(trial)
            assert explained is not None
            assert explained.quote == trial.quote == quoted(trial)
        elif not nearest.provided and nearest.spans:
            chosen = dice.choice(nearest.spans)
            assert _outcome(province, actor, {**wish, "span": chosen}) is None, (seed, wish, chosen)
        codes = set(getattr(outcome, "codes", ()))
        assert codes <= {each.violation.code for each in trial.broken}


def _furnish(home: Province, dice: random.Random) -> None:
    terms = {
        "capacity": dice.choice([1, 1, 2]),
        "confirmation": dice.choice(["automatic", "manual"]),
        "setup_minutes": dice.choice([0, 30]),
        "cleanup_minutes": dice.choice([0, 30]),
    }
    home.add(home.resource, opening(2, **terms))
    if dice.random() < 0.8:
        rules = every_kind()
        rules["quotas"] = [quota(limit=dice.choice([240, 600])), quota("每日", recurrence="daily", limit=180)]
        rules["merge_gap_minutes"] = dice.choice([None, 0, 30])
        rules["lead"]["earliest_minutes"] = dice.choice([0, 5 * 1440])
        publish(home, **rules)
    if dice.random() < 0.5:
        publish_for_unit(home, quotas=[quota("单位", scope="organisation", measure="reservations", limit=3)])


def _wish(dice: random.Random) -> dict[str, Any]:
    start = at(dice.randrange(7, 18), dice.choice([0, 0, 0, 30, 10]), day=dice.randrange(2, 9))
    when = Span(start=start, end=start + timedelta(minutes=dice.choice([30, 60, 60, 120, 120, 300, 45])))
    wish = obliging(when)
    wish["accessories"] = dice.choice([(), ("冷冻样品杆",)])
    wish["rules_read"] = dice.random() < 0.9
    wish["use_type"] = dice.choice(["use", "use", "use", "training"])
    return wish


def _outcome(home: Province, actor: Actor, wish: dict[str, Any]) -> Exception | None:
    try:
        home.do(command(home, **wish), actor)
    except (DomainError, ApplicationError) as refused:
        return refused
    return None


def _accepts(home: Province, move: RescheduleReservation) -> bool:
    try:
        home.do(move, home.customer)
    except (DomainError, ApplicationError):
        return False
    return True


def _log(home: Province) -> int:
    with home.home.database.reading() as cursor:
        row = cursor.execute("SELECT count(*) FROM events").fetchone()
    assert row is not None
    return int(row[0])
