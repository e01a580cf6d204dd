# SPDX-License-Identifier: Apache-2.0
"""Whose counter a request draws on where a quota counts by group."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.house_rules import HouseRules
from domain.reservations.admission import broken_rules
from domain.reservations.facts import Asker, Conduct, House, OwnGroup, Wish
from domain.reservations.rules.quotas import counted_group, counts_by_group, quota_draws
from tests.domain.editions import JIANGSU
from tests.domain.reservations.samples import ASKER, NOW, OFFER, USER, WISH

FIRST, SECOND = OwnGroup(UUID(int=71), "低温物理课题组"), OwnGroup(UUID(int=72), "薄膜课题组")
QUOTA = {"name": "每组", "scope": "group", "recurrence": "weekly", "measure": "minutes", "limit": 240}


def house(**changes: Any) -> House:  # noqa: ANN401 - any item of a quota
    rules = HouseRules.model_validate({"quotas": [{**QUOTA, **changes}]})
    return House(rules=rules, resource=None, unit=rules, resource_version=None, unit_version=1)


def whose(wish: Wish, asker: Asker) -> UUID:
    (draw,) = quota_draws(wish, asker, replace(OFFER, house=house()))
    return UUID(draw.account.split(":")[3])


@pytest.mark.parametrize(
    ("named", "before", "groups", "counted"),
    [
        (None, None, (), USER),
        (None, None, (FIRST,), FIRST.group),
        (SECOND.group, None, (), SECOND.group),
        (None, SECOND.group, (), SECOND.group),
    ],
)
def test_named_then_the_only_one_then_that_of_before_then_the_user(
    named: UUID | None, before: UUID | None, groups: tuple[OwnGroup, ...], counted: UUID
) -> None:
    wish = replace(WISH, group=named, counted_group=before)
    asker = replace(ASKER, groups=groups)
    assert whose(wish, asker) == counted
    assert counted_group(wish, asker) == (None if named else (counted if counted != USER else None))


@pytest.mark.parametrize(("groups", "codes"), [((), []), ((FIRST,), []), ((FIRST, SECOND), ["group_to_be_named"])])
def test_of_several_one_must_be_named(groups: tuple[OwnGroup, ...], codes: list[str]) -> None:
    asker = replace(ASKER, groups=groups)
    found = broken_rules(wish=WISH, asker=asker, offer=replace(OFFER, house=house()), edition=JIANGSU, now=NOW)
    assert [each.code.removeprefix("reservations.") for each in found] == codes


@pytest.mark.parametrize(
    ("changes", "tags", "counts"),
    [({}, (), True), ({"scope": "user"}, (), False), ({"tags": ["a"]}, (), False), ({"tags": ["a"]}, ("a",), True)],
)
def test_groups_are_asked_for_only_where_a_quota_counts_by_them(
    changes: dict[str, Any],
    tags: tuple[str, ...],
    counts: bool,  # noqa: FBT001 - an example
) -> None:
    conduct = Conduct(tags=frozenset(tags))
    assert counts_by_group(house(**changes), conduct.tags) is counts
    assert counts_by_group(None, conduct.tags) is False
