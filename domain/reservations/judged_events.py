# SPDX-License-Identifier: Apache-2.0
"""What a request was judged by, and what it holds beside its time (rulings 8.16, 8.17).

These stand beside the events of the request itself and are left out where no house rule is published.
"""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.event import Event
from domain.kernel.house_rules import Approver
from domain.kernel.price_facts import PriceFacts
from domain.kernel.time import Instant


class Part(BaseModel):
    """Base of the parts of these events."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuotaDraw(Part):
    """What the request takes from one counter: `amount` minutes or reservations of at most `cap` in the period."""

    quota: str
    account: str
    cap: int
    amount: int


class HeldAccessory(Part):
    """One piece of an accessory, held for the same time as the instrument. `id` is the accessory's own."""

    id: UUID
    name: str
    piece: int


class AskedApproval(Part):
    """An approval the request waits for, in order. `user` is a leader by name; none for the unit's staff."""

    approver: Approver
    user: UUID | None = None
    limit_hours: int | None = None
    on_time_out: Literal["approve", "reject"] = "reject"


class RequestJudged(Event):
    """Follows a request or a move: the house rules it was judged by, and what it draws on.

    `rules` are the names of the predicates that were asked; the versions are those in force at the request.
    """

    TYPE: ClassVar[str] = "reservations.RequestJudged"

    rules: tuple[str, ...]
    resource_rules: int | None
    unit_rules: int | None
    tags: tuple[str, ...] = ()
    group: UUID | None = None
    draws: tuple[QuotaDraw, ...] = ()
    accessories: tuple[HeldAccessory, ...] = ()
    approvals: tuple[AskedApproval, ...] = ()
    price: PriceFacts = Field(default_factory=PriceFacts)
    series: UUID | None = None
    fund_card: str | None = None
    held_from: Instant
    held_until: Instant
    """The time for which the accessories are held, set-up and clean-down included."""
    counted_group: UUID | None = None
    """The group whose counters it draws on though it is for none by name: the only one of the user."""


class Breach(Part):
    """How a rule was broken that was set aside.

    `what` tells one breach of the rule from another (which quota, closure, ban), `extent` by how much, as the rule
    counts: minutes, days, times; 0 where it is broken or not.
    """

    what: str
    extent: int


class RuleOverridden(Event):
    """Somebody entitled let a request in, or a move, although it breaks a rule that may be overridden.

    It holds for moves that break the same rule no further than `breaches`.
    """

    TYPE: ClassVar[str] = "reservations.RuleOverridden"

    rule: str
    approver: UUID
    reason: str
    breaches: tuple[Breach, ...] = ()


class OverrideCarriedOver(Event):
    """A move breaks a rule no further than was set aside for the reservation before: `approver` did so, with `reason`.

    `breaches` are those of the move.
    """

    TYPE: ClassVar[str] = "reservations.OverrideCarriedOver"

    rule: str
    approver: UUID
    reason: str
    breaches: tuple[Breach, ...]


class HoldingsReturned(Event):
    """What a request drew on or held goes back, because it ended, moved or was not used."""

    TYPE: ClassVar[str] = "reservations.HoldingsReturned"

    draws: tuple[QuotaDraw, ...] = ()
    accessories: tuple[HeldAccessory, ...] = ()
    reason: str
