# SPDX-License-Identifier: Apache-2.0
"""What a predicate sees: the wish, for whom, what is offered, by which edition, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.house_rules import HouseRules

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.citation import Citation
    from domain.policy import Edition
    from domain.reservations.facts import Asker, Conduct, Offer, Wish

NO_RULES = HouseRules()
BY_THE_UNIT = "managing_unit"
"""Who may set a house rule aside for a user it asks for; never a rule of a regulation, a slot or a contract."""


@dataclass(frozen=True)
class Case:
    """One request, as every predicate of the table judges it."""

    wish: Wish
    asker: Asker
    offer: Offer
    edition: Edition
    now: datetime

    @property
    def house(self) -> HouseRules:
        """The house rules of instrument and unit together; nothing stated where none are published."""
        return self.offer.house.rules if self.offer.house else NO_RULES

    @property
    def conduct(self) -> Conduct:
        """How the user stands with the provider."""
        return self.asker.conduct

    @cached_property
    def published(self) -> Citation | None:
        """The article under which house rules and opening hours are published (JS 15, CQ 14.c)."""
        return self.edition.citation("resource.publication_items")

    @cached_property
    def versions(self) -> dict[str, str]:
        """Which versions of the house rules a refusal speaks of, as its parameters."""
        house = self.offer.house
        return {
            "resource_rules": str(house.resource_version or "-") if house else "-",
            "unit_rules": str(house.unit_version or "-") if house else "-",
        }


Predicate = Callable[[Case, Rules], None]
"""Notes each rule it finds broken."""
