# SPDX-License-Identifier: Apache-2.0
"""What a resource is at a moment, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import refusal
from domain.resources.opening import opening_in_force

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.resources.lanes import Hold
    from domain.resources.opening import Opening
    from domain.resources.tariff import Tariff
    from domain.resources.values import CostElement, FundingShare, PublicationItems

Standing = Literal[
    "draft", "submitted", "accepted", "certified", "published", "suspended", "exempt_claimed", "exempt", "withdrawn"
]

LIVE: tuple[Standing, ...] = (
    "draft",
    "submitted",
    "accepted",
    "certified",
    "published",
    "suspended",
    "exempt_claimed",
    "exempt",
)
SHAREABLE: tuple[Standing, ...] = LIVE[:6]
"""Neither exempt, nor claimed to be, nor withdrawn."""


@dataclass(frozen=True, slots=True)
class CostSheet:
    """Costs behind the fee standard."""

    version: int
    elements: tuple[CostElement, ...]
    accounting_period: str


@dataclass(frozen=True, slots=True)
class OpeningLimit:
    """A published limit; None means no limit of that kind. Minutes before the start of use."""

    version: int
    excluded_user_kinds: tuple[str, ...]
    earliest_minutes_before: int | None
    latest_minutes_before: int | None
    cancel_minutes_before: int | None
    grace_minutes: int
    no_show_charge: bool
    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """Something valid from a day to a day, both included: a customs condition or an operator's authorisation."""

    subject: str
    valid_from: date
    valid_until: date

    def covers(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as it stands."""

    unit: UUID
    legal_person: UUID
    type: str
    bookable: bool
    holding: Literal["physical", "information"]
    asset_number: str
    name_zh: str
    original_value_fen: int
    funding: tuple[FundingShare, ...]
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    model: str = ""
    manufacturer: str = ""
    origin_country: str = ""
    class_code: str = ""
    subject_code: str = ""
    acquired_on: date | None = None
    accepted_on: date | None = None
    location: str = ""
    city: str = ""
    district: str = ""
    large: bool = False
    duty_free: bool = False
    description: str = ""
    external_id: str | None = None
    state: Standing = "draft"
    received_by: UUID | None = None
    certificate: str | None = None
    items: PublicationItems | None = None
    portal_url: str = ""
    cost_sheets: tuple[CostSheet, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    openings: tuple[Opening, ...] = ()
    limits: tuple[OpeningLimit, ...] = ()
    customs: tuple[Period, ...] = ()
    operators: tuple[Period, ...] = ()
    maintenances: tuple[Hold, ...] = ()
    blocks: tuple[Hold, ...] = ()

    def tariff_on(self, day: date) -> Tariff | None:
        """The fee standard in force on a day; of two for the same day the later one."""
        past = [tariff for tariff in self.tariffs if tariff.effective_from <= day]
        return past[-1] if past else None

    def opening_on(self, day: date) -> Opening | None:
        """Opening hours and booking terms in force on a day."""
        return opening_in_force(self.openings, day)

    @property
    def limit(self) -> OpeningLimit | None:
        """The latest published limit; one published after a request is not in the state yet (ruling 8.17)."""
        return self.limits[-1] if self.limits else None

    def customs_valid_on(self, day: date) -> bool:
        """Whether a recorded customs condition covers the day (CQ 18)."""
        return any(condition.covers(day) for condition in self.customs)

    def operates(self, operator: UUID, day: date) -> bool:
        """Whether an operator is authorised on a day (JS 23, CQ 15.b)."""
        return any(item.subject == str(operator) and item.covers(day) for item in self.operators)

    def capacity_on(self, day: date) -> int:
        """The number of lanes; one before any opening is published."""
        opening = self.opening_on(day)
        return opening.terms.capacity if opening else 1

    def own_holders(self) -> frozenset[UUID]:
        """Ids under which the resource itself holds lanes, so that all other holders are reservations."""
        return frozenset(holder for hold in (*self.maintenances, *self.blocks) for holder in hold.holders)


def require_state(state: Resource, command: str, *allowed: Standing) -> None:
    """Refuse a step that the lifecycle does not have from here: `resources.wrong_state`."""
    if state.state not in allowed:
        raise refusal("resources.wrong_state", state=state.state, command=command)
