# SPDX-License-Identifier: Apache-2.0
"""What the keeper of a resource publishes about booking it, beside opening hours and limits."""

from typing import ClassVar

from domain.kernel.event import Event
from domain.kernel.house_rules import HouseRules


class HouseRulesPublished(Event):
    """The instrument's house rules in full; they bind the requests made after this (JS 15, CQ 14.c; ruling 8.17)."""

    TYPE: ClassVar[str] = "resources.HouseRulesPublished"

    rules_version: int
    rules: HouseRules
