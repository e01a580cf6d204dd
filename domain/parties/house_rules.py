# SPDX-License-Identifier: Apache-2.0
"""Publishing the house rules of a whole unit (JS 8(1), 15; CQ 12.c, 14.c; rulings 8.17, 8.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.house_rules_sound import require_sound
from domain.parties.events import UnitHouseRulesPublished
from domain.parties.unit import require_living

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.kernel.house_rules import HouseRules
    from domain.parties.unit import Unit
    from domain.policy import Edition


def publish_unit_house_rules(state: Unit, rules: HouseRules, *, edition: Edition) -> list[Event]:
    """Publish the next version, whole, for all instruments of the unit; what an instrument states stands before it.

    Raises `parties.unit_merged`, `parties.house_rules_unchanged` and everything that `require_sound` finds.
    """
    require_living(state)
    require_sound(rules)
    if state.house_rules and state.house_rules[-1] == rules:
        raise refusal("parties.house_rules_unchanged", field="rules", version=len(state.house_rules))
    version = len(state.house_rules) + 1
    basis = edition.basis("resource.sharing_rules_required", "resource.publication_items")
    return [UnitHouseRulesPublished(rules_version=version, rules=rules, basis=basis)]
