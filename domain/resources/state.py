# SPDX-License-Identifier: Apache-2.0
"""What a resource is at a moment, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import refusal
from domain.resources.opening import opening_in_force

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.house_rules import HouseRules
    from domain.policy.closing import Closure
    from domain.resources.duty import DutyRoster
    from domain.resources.lanes import Hold
    from domain.resources.opening import Opening
    from domain.resources.records import Assessment, Description, Project
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
class Lease:
    """A finance lease (CQ 15.c); `ended_on` is the first day without it where it ended early."""

    lessor: UUID
    lessee: UUID
    contract_number: str
    valid_from: date
    valid_until: date
    ended_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day <= self.valid_until and (self.ended_on is None or day < self.ended_on)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it is in force on some day of a period, both ends included."""
        start = max(first, self.valid_from)
        return start <= min(last, self.valid_until) and (self.ended_on is None or start < self.ended_on)


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
    house_rules: tuple[HouseRules, ...] = ()
    """Every version published, the first one first: version n stands at place n - 1."""
    duty_rosters: tuple[DutyRoster, ...] = ()
    """Those of the unit that answers for it now, the first one first."""
    duty_version: int = 0
    customs: tuple[Period, ...] = ()
    supervision_ended_on: date | None = None
    operators: tuple[Period, ...] = ()
    ever_operated: tuple[Period, ...] = ()
    leases: tuple[Lease, ...] = ()
    maintenances: tuple[Hold, ...] = ()
    blocks: tuple[Hold, ...] = ()
    closures: tuple[Closure, ...] = ()
    described: Description | None = None
    assessment: Assessment | None = None
    project: Project | None = None
    returns: int = 0
    conceded_return: int = 0
    listing_excused: bool = False
    review_on: date | None = None
    """Until when an exemption was claimed or confirmed last."""

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
        """Whether a recorded customs condition covers the day, or supervision was over by then (CQ 18)."""
        released = self.supervision_ended_on is not None and self.supervision_ended_on <= day
        return released or any(condition.covers(day) for condition in self.customs)

    def customs_cover(self, first: date, last: date) -> bool:
        """Whether customs allow use on every day of a period, both ends included: conditions may follow each other."""
        day = first
        while day <= last:
            if self.supervision_ended_on is not None and self.supervision_ended_on <= day:
                return True
            ends = [condition.valid_until for condition in self.customs if condition.covers(day)]
            if not ends or max(ends) >= last:
                return bool(ends)
            day = max(ends) + timedelta(days=1)
        return True

    def operates(self, operator: UUID, day: date) -> bool:
        """Whether an operator is authorised on a day (JS 23, CQ 15.b)."""
        return any(item.subject == str(operator) and item.covers(day) for item in self.operators)

    def operated_within(self, operator: UUID, first: date, last: date) -> bool:
        """Whether a legal person was ever authorised for some day of a period, even if that ended early since."""
        mine = (item for item in self.ever_operated if item.subject == str(operator))
        return any(max(first, item.valid_from) <= min(last, item.valid_until) for item in mine)

    def owner_on(self, day: date) -> UUID:
        """Who owns the resource on a day: the lessor of a lease, else the unit's legal person (CQ 15.c)."""
        lease = next((lease for lease in self.leases if lease.covers(day)), None)
        return lease.lessor if lease else self.legal_person

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
        possible = ", ".join(allowed)
        raise refusal("resources.wrong_state", state=state.state, command=command, possible_state=possible)
