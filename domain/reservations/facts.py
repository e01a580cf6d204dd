# SPDX-License-Identifier: Apache-2.0
"""What a decision on a reservation must know of other rooms, as plain facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.errors import DomainError
    from domain.kernel.house_rules import HouseRules
    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.reservations.events import ProjectType, ServiceMode, UseType
    from domain.reservations.judged_events import RuleOverridden


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for."""

    span: Span
    purpose: str
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    samples: int = 0
    contract: UUID | None = None
    voucher_grant: UUID | None = None
    requested_by: UUID
    answers: dict[str, str] = field(default_factory=dict)
    external_id: str | None = None
    accessories: tuple[str, ...] = ()
    group: UUID | None = None
    items: dict[str, int] = field(default_factory=dict)
    fund_card: str | None = None
    series: UUID | None = None
    rules_read: bool = False
    price_kind: str | None = None
    """The kind of user that the unit's staff states for a temporary customer, and why (`kind_reason`)."""
    kind_reason: str = ""
    overrides: dict[str, str] = field(default_factory=dict)
    """The rules that the unit's staff sets aside for this request, each with its reason."""
    granted: tuple[RuleOverridden, ...] = ()
    """What the staff set aside for the reservation before that is to be moved."""
    entered_afterwards: bool = False
    """A use that took place already: judged by everything but when one may ask, and on which grid."""
    held_already: bool = False
    """A time that is held and passes to another user: judged by everything but when one may ask."""
    counted_group: UUID | None = None
    """The group whose counters the request drew on though it named none: a move stays with it."""
    moves: bool = False
    """Another time for what was asked before: for which group was said then and is not said anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Banned:
    """A ban in force: `scope` is instrument, unit, group or global; no end means until it is lifted."""

    scope: str
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How the user stands with the provider at the moment of the request, told by the room `standing`.

    `feedback_owed` tells since when feedback is missing, use by use. `last_used` is of this instrument.
    """

    tags: frozenset[str] = frozenset()
    tags_here: frozenset[str] = frozenset()
    """Of `tags` those given for this instrument."""
    bans: tuple[Banned, ...] = ()
    points: int | None = None
    feedback_owed: tuple[datetime, ...] = ()
    qualified: bool = False
    qualified_until: date | None = None
    last_used: datetime | None = None
    minutes_this_year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderDemand:
    """When a group's leader wants to approve this user's bookings, of their own accord."""

    exempt_up_to_fen: int | None = None
    limit_hours: int | None = None
    on_time_out: Literal["approve", "reject"] = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """The group that a request is made for, as its leader has set it, told by the room `parties`.

    `books` says whether the user may book for it today; `limits` are the user's, in fen by period.
    """

    group: UUID
    name: str
    leader: UUID
    books: bool
    limits: Mapping[str, int] = field(default_factory=dict)
    demand: LeaderDemand | None = None
    used: Mapping[str, int] = field(default_factory=dict)
    """What was drawn of the user's limits before."""
    kept: Mapping[str, int] = field(default_factory=dict)
    """What the reservation to be moved draws of them already."""


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group that the user may book for today."""

    group: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What the asker's organisation owes the unit, as far as the read model of bills has come; `bills` the oldest."""

    unpaid_fen: int = 0
    bills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The house rules in force at the request, with the versions they stand in (ruling 8.17)."""

    rules: HouseRules
    resource: HouseRules | None
    unit: HouseRules | None
    resource_version: int | None
    unit_version: int | None
    used: Mapping[str, int] = field(default_factory=dict)
    """What others' and earlier requests have drawn of the counters this one draws on."""
    kept: Mapping[str, int] = field(default_factory=dict)
    """What the reservation to be moved draws of them already: so much is no new draw."""
    debt: Debt | None = None
    """Asked for where a credit line is published, of users from outside who ask for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Closed time, announced before, that a request would lie in; `level` is unit or instrument."""

    closure: UUID
    level: str
    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """For whom. `customer` is the legal person the user works for, none for an individual.

    `belongs` is false where the actor speaks for another legal person than the one on record, `owns_voucher` where
    the voucher named was granted to somebody else.
    """

    user: UUID
    user_kind: str
    customer: UUID | None
    external: bool
    active: bool
    belongs: bool = True
    owns_voucher: bool = True
    staff: bool = False
    """Whether the unit's own staff asks, for somebody else: it may then set house rules aside."""
    conduct: Conduct = field(default_factory=Conduct)
    group: GroupFacts | None = None
    """The group named with the request."""
    groups: tuple[OwnGroup, ...] = ()
    """Where a quota counts by group and the request names none: those that the user may book for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The opening hours and terms published for the day, and how the span stands to them. Lengths in minutes."""

    version: int
    slot_minutes: int
    min_minutes: int
    max_minutes: int
    setup_minutes: int
    cleanup_minutes: int
    on_grid: bool
    within_hours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The opening limit published before the request (ruling 8.17). Minutes before the start of use."""

    version: int
    excluded_user_kinds: tuple[str, ...] = ()
    earliest_minutes_before: int | None = None
    latest_minutes_before: int | None = None
    grace_minutes: int = 15
    no_show_charge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the provider offers for the span asked for.

    `price` is the quote, or the refusal that says why there is none. `customs_valid` is true where no customs
    condition is needed. `contract_covers` is None where no contract is named. `provider_takes_part` is false for a
    professional institution that has left the platform (JS-19.1).
    """

    resource: UUID
    unit: UUID
    provider: UUID
    state: str
    bookable: bool
    provider_takes_part: bool = True
    opening: Opening | None
    limit: Limit | None
    customs_valid: bool
    price: Quote | DomainError
    contract_covers: bool | None = None
    house: House | None = None
    closed: tuple[Closed, ...] = ()
    """What closes every lane during the span, or a part of it."""
    closed_lanes: frozenset[int] = frozenset()
    """Lanes that are closed during the span, or a part of it."""
    full_of: tuple[UUID, ...] = ()
    """The recorded uses that leave no lane to another one of the same time; looked for where a use is entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractStanding:
    """How a contract named for a use stands.

    `in_force_from` is the second signature, None while the contract is not in force; `covers` speaks of resource,
    customer and day.
    """

    contract: UUID
    in_force_from: datetime | None
    covers: bool
