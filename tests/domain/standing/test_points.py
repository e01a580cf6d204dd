# SPDX-License-Identifier: Apache-2.0
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.kernel.event import Event
from domain.kernel.house_rules import ConductRule
from domain.standing import points
from domain.standing.bans import running
from domain.standing.events import BanLifted, PointsDeducted, PointsRestored, UserBanned
from domain.standing.ids import penalty_ban_id
from domain.standing.standing import STANDING
from tests.domain.given import Outcome, given
from tests.domain.standing.samples import BOUND, FIRST, GROUP, NOW, OPENED, RULE, SECOND, THIRD


def deduct(
    *past: Event, cost: int = 30, reservation: UUID = FIRST, rule: ConductRule = RULE, now: datetime = NOW
) -> Outcome:
    return given(STANDING, OPENED, *past).when(
        points.deduct,
        reservation=reservation,
        outcome="no_show",
        points=cost,
        rule=rule,
        versions=BOUND,
        group=GROUP,
        due_at=NOW,
        now=now,
    )


def taken(cost: int, left: int, *, reservation: UUID = FIRST, notify: bool = False) -> PointsDeducted:
    return PointsDeducted(
        reservation=reservation,
        outcome="no_show",
        points=cost,
        starting=100,
        left=left,
        notify_below=80,
        ban_below=60,
        notify=notify,
        due_at=NOW,
        versions=BOUND,
    )


def test_points_are_taken_once_for_each_use() -> None:
    deduct(cost=5).then(taken(5, 95))
    deduct(taken(5, 95), cost=5).then()
    deduct(cost=0).then()
    state = deduct(taken(5, 95), cost=5, reservation=SECOND).then(taken(5, 90, reservation=SECOND)).state
    assert (state.points, state.lost) == (90, 10)


@pytest.mark.parametrize(("cost", "notify"), [(20, False), (21, True)])
def test_the_threshold_of_the_notice_is_told_when_it_is_crossed(cost: int, *, notify: bool) -> None:
    deduct(cost=cost).then(taken(cost, 100 - cost, notify=notify))
    again = deduct(taken(21, 79, notify=True), cost=1, reservation=SECOND)
    again.then(taken(1, 78, reservation=SECOND))


@pytest.mark.parametrize(("cost", "banned"), [(40, False), (41, True)])
def test_below_the_published_threshold_a_ban_follows_and_at_it_none(cost: int, *, banned: bool) -> None:
    outcome = deduct(cost=cost)
    assert [type(event) for event in outcome.events] == [PointsDeducted, UserBanned][: 2 if banned else 1]
    if banned:
        ban = outcome.events[1]
        assert isinstance(ban, UserBanned)
        assert (ban.scope, ban.until, ban.below, ban.group) == ("unit", NOW + timedelta(days=30), 60, GROUP)
        assert ban.ban == penalty_ban_id(FIRST, NOW)
        assert running(outcome.state, NOW + timedelta(days=30, seconds=-1))
        assert not running(outcome.state, NOW + timedelta(days=30))


def test_without_a_threshold_nobody_is_banned_and_points_stop_at_nought() -> None:
    lenient = RULE.model_copy(update={"ban_below": None, "notify_below": None})
    outcome = deduct(cost=100, rule=lenient)
    (event,) = outcome.events
    assert isinstance(event, PointsDeducted)
    assert (event.left, event.notify) == (0, False)
    (again,) = deduct(event, cost=100, rule=lenient, reservation=SECOND).events
    assert isinstance(again, PointsDeducted)
    assert again.left == 0


def test_an_annulled_judgement_gives_its_points_back_once_and_ends_the_ban_that_they_brought() -> None:
    banned = deduct(cost=41).events
    back = PointsRestored(reservation=FIRST, points=41, left=100, reason="属实")
    lifted = BanLifted(ban=penalty_ban_id(FIRST, NOW), reason="属实")
    outcome = given(STANDING, OPENED, *banned).when(points.restore, reservation=FIRST, reason="属实", now=NOW)
    state = outcome.then(back, lifted).state
    assert (state.points, state.bans, state.lost) == (100, (), 0)
    again = given(STANDING, OPENED, *banned, back, lifted)
    again.when(points.restore, reservation=FIRST, reason="属实", now=NOW).then()


def test_a_ban_stands_while_the_points_left_are_still_too_few() -> None:
    history = (*deduct(cost=30).events, *deduct(*deduct(cost=30).events, cost=30, reservation=SECOND).events)
    third = deduct(*history, cost=30, reservation=THIRD).events
    outcome = given(STANDING, OPENED, *history, *third).when(points.restore, reservation=FIRST, reason="属实", now=NOW)
    outcome.then(PointsRestored(reservation=FIRST, points=30, left=40, reason="属实"))


def test_the_unit_gives_back_at_most_what_was_lost() -> None:
    past = given(STANDING, OPENED, taken(30, 70))
    past.when(points.grant, points=31, reason="协助", now=NOW).then_refused("standing.more_than_lost")
    back = PointsRestored(reservation=None, points=30, left=100, reason="协助")
    state = past.when(points.grant, points=30, reason="协助", now=NOW).then(back).state
    assert (state.points, state.lost) == (100, 0)


def test_what_was_given_back_by_grace_does_not_come_back_twice() -> None:
    back = PointsRestored(reservation=None, points=30, left=100, reason="协助")
    outcome = given(STANDING, OPENED, taken(30, 70), back).when(
        points.restore, reservation=FIRST, reason="属实", now=NOW
    )
    (event,) = outcome.events
    assert isinstance(event, PointsRestored)
    assert event.left == 100
    assert (outcome.state.points, outcome.state.lost) == (100, 0)
