# SPDX-License-Identifier: Apache-2.0
"""Which lead time binds: by tag on the instrument, by the instrument, by tag at the unit, by the unit.

The first that says something decides. Where it says 0 there is no limit, and nobody further down is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.kernel.house_rules import HouseRules

Item = Literal["earliest_minutes", "latest_minutes", "change_minutes", "cancel_minutes"]
Level = Literal["tag_at_instrument", "instrument", "opening_limit", "tag_at_unit", "unit"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A lead time in minutes before the start, and who states it."""

    minutes: int
    level: Level


def lead_time(
    item: Item,
    *,
    resource: HouseRules | None,
    unit: HouseRules | None,
    tags: Collection[str],
    opening_limit: int | None,
) -> Bound | None:
    """The lead time that binds, or None where there is no limit.

    `opening_limit` is what the published opening limit says of the same thing: it speaks for the instrument where its
    house rules do not.
    """
    stated: tuple[tuple[Level, int | None], ...] = (
        ("tag_at_instrument", _by_tag(item, resource, tags)),
        ("instrument", _own(item, resource)),
        ("opening_limit", opening_limit),
        ("tag_at_unit", _by_tag(item, unit, tags)),
        ("unit", _own(item, unit)),
    )
    for level, minutes in stated:
        if minutes is not None:
            return Bound(minutes, level) if minutes or level == "opening_limit" else None
    return None


def _own(item: Item, rules: HouseRules | None) -> int | None:
    stated: int | None = getattr(rules.lead, item) if rules and rules.lead else None
    return stated


def _by_tag(item: Item, rules: HouseRules | None, tags: Collection[str]) -> int | None:
    """Of several tags that speak of it, the one that binds least."""
    if rules is None:
        return None
    leads = (lead for tag, lead in rules.lead_by_tag.items() if tag in tags)
    stated: list[int] = [minutes for lead in leads if (minutes := getattr(lead, item)) is not None]
    if not stated or 0 in stated:
        return 0 if stated else None
    return max(stated) if item == "earliest_minutes" else min(stated)
