# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta
from typing import Any

import pytest

from domain.standing import bans, group
from domain.standing.events import BanLifted
from domain.standing.group import GROUP_STANDING, GroupBanLifted, GroupBanned, GroupMemberBanned, GroupMemberCleared
from domain.standing.standing import STANDING
from tests.domain.editions import JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.standing.samples import BOUND, FIRST, GROUP, NOW, OPENED, OTHER, RESOURCE, SECOND, THIRD, UNIT, USER

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def ban(*past: Any, **changes: Any) -> Outcome:  # noqa: ANN401 - events, and any fact
    facts = {
        "ban": FIRST,
        "scope": "unit",
        "resource": None,
        "until": NOW + DAY,
        "ground": "safety",
        "reason": "违规操作",
        "versions": BOUND,
        "published": True,
        "edition": JIANGSU,
        "now": NOW,
        **changes,
    }
    return given(STANDING, OPENED, *past).when(bans.ban, **facts)


def test_a_ban_holds_until_its_moment_and_the_moment_is_free() -> None:
    state = ban().state
    assert bans.running(state, NOW + DAY - MINUTE)
    assert not bans.running(state, NOW + DAY)
    assert bans.running(ban(until=None).state, NOW + 4000 * DAY)


def test_a_ban_of_one_instrument_keeps_from_that_one_alone() -> None:
    state = ban(scope="instrument", resource=RESOURCE).state
    assert bans.bans_on(state, RESOURCE, NOW)
    assert not bans.bans_on(state, OTHER, NOW)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    refused = ban(*ban().events, published=False, until=NOW).then_refused(
        "standing.no_conduct_rule_published", "standing.ban_ends_before_it_begins", "standing.already_banned"
    )
    assert refused.violations[0].citation is not None


@pytest.mark.parametrize(
    ("until", "refused"), [(NOW + DAY - MINUTE, True), (NOW + DAY, True), (NOW + DAY + MINUTE, False), (None, False)]
)
def test_who_is_banned_as_long_is_not_banned_again(until: Any, *, refused: bool) -> None:  # noqa: ANN401
    outcome = ban(*ban().events, ban=SECOND, until=until)
    assert (outcome.refused is not None) == refused


def test_a_ban_is_lifted_with_a_reason_once_and_not_after_its_end() -> None:
    past = given(STANDING, OPENED, *ban().events)
    lifted = BanLifted(ban=FIRST, reason="考核合格")
    how = {"ban": FIRST, "reason": "考核合格"}
    assert not bans.running(past.when(bans.lift, now=NOW, **how).then(lifted).state, NOW)
    past.when(bans.lift, now=NOW + DAY, **how).then_refused("standing.ban_not_in_force")
    past.when(bans.lift, now=NOW, **how | {"ban": SECOND}).then_refused("standing.ban_not_in_force")


def member(number: int, ban: Any, days: int = 30) -> GroupMemberBanned:  # noqa: ANN401
    return GroupMemberBanned(unit=UNIT, group=GROUP, user=type(USER)(int=number), ban=ban, until=NOW + days * DAY)


def note(*past: Any, joined: GroupMemberBanned, threshold: int = 2) -> Outcome:  # noqa: ANN401
    bound = {"resource_rules": 1, "unit_rules": None, "now": NOW}
    if not past:
        return given(GROUP_STANDING).when(group.note_member, None, joined, threshold=threshold, **bound)
    return given(GROUP_STANDING, *past).when(group.note_member, joined, threshold=threshold, **bound)


ONE, TWO = member(101, FIRST), member(102, SECOND, days=10)


def test_the_group_is_banned_with_the_member_that_reaches_the_threshold_until_the_first_is_free() -> None:
    note(joined=ONE).then(ONE)
    outcome = note(ONE, joined=TWO)
    assert [type(event) for event in outcome.events] == [GroupMemberBanned, GroupBanned]
    standing = group.banned(outcome.state, NOW)
    assert standing is not None
    assert (standing.until, standing.threshold, len(standing.members)) == (NOW + 10 * DAY, 2, 2)
    assert group.banned(outcome.state, NOW + 10 * DAY) is None


def test_the_same_member_twice_counts_once() -> None:
    note(ONE, joined=member(101, THIRD)).then(member(101, THIRD))


def test_members_whose_ban_is_over_do_not_count() -> None:
    over = member(103, THIRD, days=0)
    note(over, joined=ONE).then(ONE)


def test_the_group_is_free_when_too_few_members_are_banned() -> None:
    past = (ONE, *note(ONE, joined=TWO).events)
    cleared, free = GroupMemberCleared(ban=SECOND), GroupBanLifted(reason="属实")
    outcome = given(GROUP_STANDING, *past).when(group.clear_member, ban=SECOND, reason="属实", now=NOW)
    assert group.banned(outcome.then(cleared, free).state, NOW) is None
    given(GROUP_STANDING, *past).when(group.clear_member, ban=THIRD, reason="属实", now=NOW).then()
    three = (*past, member(104, THIRD))
    given(GROUP_STANDING, *three).when(group.clear_member, ban=SECOND, reason="属实", now=NOW).then(cleared)


def test_a_group_is_freed_by_hand_with_a_reason_and_only_while_banned() -> None:
    past = (ONE, *note(ONE, joined=TWO).events)
    lifted = GroupBanLifted(reason="整改")
    given(GROUP_STANDING, *past).when(group.lift, reason="整改", now=NOW).then(lifted)
    given(GROUP_STANDING, *past, lifted).when(group.lift, reason="整改", now=NOW).then_refused(
        "standing.ban_not_in_force"
    )
