# SPDX-License-Identifier: Apache-2.0
"""Lead times by precedence: tag on the instrument, instrument, opening limit, tag at the unit, unit."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.house_rules import HouseRules, Lead
from domain.reservations.rules.lead_time import Bound, Item, lead_time

ITEMS: tuple[Item, ...] = ("earliest_minutes", "latest_minutes", "change_minutes", "cancel_minutes")
LEVELS = ("tag_at_instrument", "instrument", "opening_limit", "tag_at_unit", "unit")


def rules(item: Item, own: int | None, by_tag: int | None) -> HouseRules:
    tagged = {"vip": Lead(**{item: by_tag})} if by_tag is not None else {}
    return HouseRules(lead=Lead(**{item: own}), lead_by_tag=tagged)


def asked(item: Item, *stated: int | None, tags: tuple[str, ...] = ("vip",)) -> Bound | None:
    tag_here, here, limit, tag_unit, unit = stated
    return lead_time(
        item,
        resource=rules(item, here, tag_here),
        unit=rules(item, unit, tag_unit),
        tags=tags,
        opening_limit=limit,
    )


@pytest.mark.parametrize("item", ITEMS)
def test_the_first_that_says_something_decides_in_every_combination(item: Item) -> None:
    for says in product((False, True), repeat=5):
        stated = [place + 1 if said else None for place, said in enumerate(says)]
        expected = next((Bound(place + 1, LEVELS[place]) for place, said in enumerate(says) if said), None)  # type: ignore[arg-type]
        assert asked(item, *stated) == expected


@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_zero_is_no_limit_and_nobody_further_down_is_asked(place: int) -> None:
    stated: list[int | None] = [9, 9, 9, 9, 9]
    stated[:place] = [None] * place
    stated[place] = 0
    assert asked("latest_minutes", *stated) is None


def test_a_tag_one_does_not_have_says_nothing() -> None:
    assert asked("latest_minutes", 5, 7, None, None, None, tags=()) == Bound(7, "instrument")
    assert asked("latest_minutes", 5, 7, None, None, None, tags=("other",)) == Bound(7, "instrument")


@given(st.lists(st.integers(0, 100), min_size=1, max_size=5), st.sampled_from(ITEMS))
def test_of_several_tags_the_one_that_binds_least(minutes: list[int], item: Item) -> None:
    leads = {f"t{place}": Lead(**{item: each}) for place, each in enumerate(minutes)}
    found = lead_time(item, resource=HouseRules(lead_by_tag=leads), unit=None, tags=tuple(leads), opening_limit=None)
    least = max(minutes) if item == "earliest_minutes" else min(minutes)
    assert found == (None if 0 in minutes else Bound(least, "tag_at_instrument"))


def test_nothing_published_is_no_limit() -> None:
    assert lead_time("latest_minutes", resource=None, unit=None, tags=(), opening_limit=None) is None
