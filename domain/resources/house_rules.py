# SPDX-License-Identifier: Apache-2.0
"""Publishing the house rules of one resource (JS 15, CQ 14.c; rulings 8.17, 8.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.house_rules_sound import require_sound
from domain.resources.booking_events import HouseRulesPublished
from domain.resources.state import SHAREABLE, require_state

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.kernel.house_rules import HouseRules
    from domain.policy import Edition
    from domain.resources.state import Resource


def publish_house_rules(state: Resource, rules: HouseRules, *, edition: Edition) -> list[Event]:
    """Publish the next version, whole: what it leaves out is left to the unit's house rules.

    Raises `resources.wrong_state`, `resources.not_bookable`, `resources.house_rules_unchanged` and everything that
    `require_sound` finds.
    """
    require_state(state, "publish_house_rules", *SHAREABLE)
    if not state.bookable:
        raise refusal("resources.not_bookable")
    require_sound(rules)
    if state.house_rules and state.house_rules[-1] == rules:
        raise refusal("resources.house_rules_unchanged", field="rules", version=len(state.house_rules))
    version = len(state.house_rules) + 1
    return [
        HouseRulesPublished(rules_version=version, rules=rules, basis=edition.basis("resource.publication_items")),
    ]
