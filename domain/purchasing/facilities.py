# SPDX-License-Identifier: Apache-2.0
"""What is shared already, as the registry shows it, and what is found of it before a purchase (CQ 22, A25)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from domain.kernel.money import Fen
from domain.purchasing.values import Value

if TYPE_CHECKING:
    from domain.purchasing.values import Purchase

Nearness = Literal["same_unit", "same_district", "same_city", "same_jurisdiction"]


@dataclass(frozen=True, slots=True)
class Sought:
    """One item looked for."""

    name: str
    class_code: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, for whom: the unit and where it is."""

    items: tuple[Sought, ...]
    unit: UUID | None = None
    city: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Facility:
    """A shared facility as the registry shows it. Published ones alone: exempt ones are seen by nobody."""

    resource: UUID
    unit: UUID
    names: tuple[str, ...]
    model: str
    class_code: str
    city: str
    district: str
    original_value_fen: int


class Usage(Value):
    """How much a facility is used over whole months, in minutes; both rates side by side (A28, ruling 8.25).

    A rate is a ratio with four decimals, None where there is nothing to divide by.
    """

    first_month: str
    last_month: str
    used_minutes: int
    external_minutes: int
    opened_minutes: int
    rated_minutes: int
    utilisation: str | None
    rated_utilisation: str | None


class Reason(Value):
    """Why a facility is a candidate, and for how many points."""

    code: Literal["same_class", "same_model", "similar_name", "same_unit", "same_district", "same_city"]
    points: int
    detail: str = ""


class Candidate(Value):
    """A shared facility that may serve as well. `item` is the place of the item it resembles, from 0."""

    resource: UUID
    unit: UUID
    item: int
    name: str
    model: str
    class_code: str
    city: str
    district: str
    nearness: Nearness
    original_value_fen: Fen
    points: int
    reasons: tuple[Reason, ...]
    usage: Usage | None = None


class Matches(Value):
    """What was found at a position of the log: how many in all, the first of them listed."""

    count: int
    candidates: tuple[Candidate, ...]
    position: int


def search_for(purchase: Purchase, *, unit: UUID, city: str, district: str) -> Search:
    """What to look for before a purchase."""
    items = tuple(Sought(item.name, item.class_code, item.model) for item in purchase.items)
    return Search(items, unit, city, district)
