# SPDX-License-Identifier: Apache-2.0
"""To which groups a user belongs, as the groups have it."""

from uuid import UUID

import pytest

from domain.kernel.event import Event
from domain.parties.group import Group, Member
from domain.parties.membership import MEMBERSHIPS, MembershipBegan, MembershipEnded, Memberships, followed

USER, LEADER, GROUP, OTHER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
BEGAN, ENDED = MembershipBegan(user=USER, group=GROUP), MembershipEnded(user=USER, group=GROUP)
WITH = Group(UUID(int=9), "低温物理课题组", LEADER, {USER: Member(UUID(int=9))})
WITHOUT = Group(UUID(int=9), "低温物理课题组", LEADER)
LED = Group(UUID(int=9), "低温物理课题组", USER)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (None, WITH, [BEGAN]),
        (None, LED, [BEGAN]),
        (None, WITHOUT, []),
        (Memberships(USER, (GROUP,)), WITH, []),
        (Memberships(USER, (GROUP,)), WITHOUT, [ENDED]),
        (Memberships(USER, (OTHER,)), WITH, [BEGAN]),
    ],
)
def test_only_what_has_changed_is_noted(before: Memberships | None, after: Group, events: list[Event]) -> None:
    assert followed(before, USER, GROUP, after) == events


def test_groups_stand_in_the_order_of_joining() -> None:
    other = MembershipBegan(user=USER, group=OTHER)
    assert MEMBERSHIPS.fold([BEGAN, other]) == Memberships(USER, (GROUP, OTHER))
    assert MEMBERSHIPS.fold([BEGAN, other, ENDED, BEGAN]) == Memberships(USER, (OTHER, GROUP))
    assert MEMBERSHIPS.fold([BEGAN, ENDED]) == Memberships(USER)
