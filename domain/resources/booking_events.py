# SPDX-License-Identifier: Apache-2.0
"""What the keeper of a resource publishes about booking it, beside opening hours and limits."""

from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.house_rules import HouseRules


class HouseRulesPublished(Event):
    """The instrument's house rules in full; they bind the requests made after this (JS 15, CQ 14.c; ruling 8.17)."""

    TYPE: ClassVar[str] = "resources.HouseRulesPublished"

    rules_version: int
    rules: HouseRules


class AccessoriesLowered(Event):
    """Of an accessory fewer pieces are published than are held at some time: `exceeding` are who goes short then.

    They stand all the same, until they are moved or cancelled.
    """

    TYPE: ClassVar[str] = "resources.AccessoriesLowered"

    accessory: str
    quantity: int
    exceeding: tuple[UUID, ...]
