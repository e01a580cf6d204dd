# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.time import Span
from domain.resources import upkeep as decide
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from domain.resources.lanes import lane_holder
from domain.resources.resource import RESOURCE
from tests.domain.editions import JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import BLOCK, INSTRUMENT, MAINTENANCE, NOW, history, registered, span

SPAN = span("13:00", "15:00")
SCHEDULED = MaintenanceScheduled(maintenance=MAINTENANCE, span=SPAN, lanes=(1, 2), kind="calibration", reason="校准")
ENTERED = InternalBlockEntered(block=BLOCK, span=SPAN, lanes=(1,), purpose="教学")
PUBLISHED = history("published")


def schedule(**changes: Any) -> Outcome:  # noqa: ANN401 - any fact of the decision
    stated = {
        "maintenance": MAINTENANCE,
        "span": SPAN,
        "lanes": (1, 2),
        "kind": "calibration",
        "reason": "校准",
        "now": NOW,
    }
    return given(RESOURCE, *PUBLISHED).when(decide.schedule_maintenance, **(stated | changes))


def enter(**changes: Any) -> Outcome:  # noqa: ANN401 - any fact of the decision
    stated = {"block": BLOCK, "span": SPAN, "lanes": (1,), "purpose": "教学", "now": NOW, "edition": JIANGSU}
    return given(RESOURCE, *PUBLISHED).when(decide.enter_block, **(stated | changes))


def test_all_lanes_are_meant_unless_some_are_named() -> None:
    state = given(RESOURCE, *PUBLISHED).state
    assert decide.lanes_for(state, SPAN, None) == (1, 2)
    assert decide.lanes_for(state, SPAN, (2,)) == (2,)
    assert decide.lanes_for(given(RESOURCE, registered()).state, SPAN, None) == (1,)


def test_maintenance_takes_lanes_and_leaves_the_resource_published() -> None:
    state = schedule().then(SCHEDULED).state
    assert state.state == "published"
    assert state.own_holders() == {lane_holder(MAINTENANCE, 1), lane_holder(MAINTENANCE, 2)}
    assert INSTRUMENT not in state.own_holders()


@pytest.mark.parametrize("lanes", [(3,), (0,), (1, 1)])
def test_only_lanes_that_exist_are_taken(lanes: tuple[int, ...]) -> None:
    schedule(lanes=lanes).then_refused("resources.unknown_lane")
    enter(lanes=lanes).then_refused("resources.unknown_lane")


def test_maintenance_may_have_begun_today_but_is_not_entered_afterwards() -> None:
    assert schedule(span=span("08:00", "10:01")).refused is None
    schedule(span=span("08:00", "10:00")).then_refused("resources.maintenance_backdated")
    since_yesterday = Span(start=NOW - timedelta(days=1), end=NOW + timedelta(hours=1))
    schedule(span=since_yesterday).then_refused("resources.maintenance_backdated")


def test_maintenance_ends_once_and_not_after_its_plan() -> None:
    under_way = given(RESOURCE, *PUBLISHED, SCHEDULED)
    early = MaintenanceEnded(maintenance=MAINTENANCE, lanes=(1, 2), ended_at=SPAN.start + timedelta(minutes=30))
    outcome = under_way.when(decide.end_maintenance, maintenance=MAINTENANCE, now=early.ended_at).then(early)
    assert outcome.state.maintenances[0].effective == Span(start=SPAN.start, end=early.ended_at)
    late = under_way.when(decide.end_maintenance, maintenance=MAINTENANCE, now=SPAN.end + timedelta(hours=1))
    late.then(early.model_copy(update={"ended_at": SPAN.end}))
    given(RESOURCE, *PUBLISHED, SCHEDULED, early).when(
        decide.end_maintenance, maintenance=MAINTENANCE, now=NOW
    ).then_refused("resources.maintenance_over")
    under_way.when(decide.end_maintenance, maintenance=BLOCK, now=NOW).then_refused("resources.maintenance_unknown")


def test_maintenance_called_off_before_it_began_took_no_time() -> None:
    outcome = given(RESOURCE, *PUBLISHED, SCHEDULED).when(decide.end_maintenance, maintenance=MAINTENANCE, now=NOW)
    assert outcome.state.maintenances[0].effective is None
    assert given(RESOURCE, *PUBLISHED, SCHEDULED).state.maintenances[0].effective == SPAN


def test_JS_16_1_own_needs_are_entered_in_advance() -> None:
    enter().then(ENTERED)
    assert enter(span=Span(start=NOW, end=SPAN.end)).refused is None
    just_past = Span(start=NOW - timedelta(minutes=1), end=SPAN.end)
    refused = enter(span=just_past).then_refused("resources.block_in_the_past")
    assert refused.violations[0].citation == JIANGSU.citation("resource.internal_priority")


def test_a_block_is_lifted_once_before_it_is_over() -> None:
    lifted = InternalBlockLifted(block=BLOCK, lanes=(1,), reason="课程取消")
    kept = given(RESOURCE, *PUBLISHED, ENTERED)
    kept.when(decide.lift_block, block=BLOCK, reason="课程取消", now=NOW).then(lifted)
    kept.when(decide.lift_block, block=BLOCK, reason="…", now=SPAN.end).then_refused("resources.block_over")
    kept.when(decide.lift_block, block=MAINTENANCE, reason="…", now=NOW).then_refused("resources.block_unknown")
    given(RESOURCE, *PUBLISHED, ENTERED, lifted).when(decide.lift_block, block=BLOCK, reason="…", now=NOW).then_refused(
        "resources.block_over"
    )
