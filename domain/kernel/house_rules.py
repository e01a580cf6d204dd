# SPDX-License-Identifier: Apache-2.0
"""What a unit or the keeper of an instrument publishes about booking: house rules (JS 15, CQ 14.c; ruling 8.17).

The same shape is published for a whole unit and for one instrument; each item left out says nothing, and the other
level decides. A house rule binds only where it was published before the request, and the refusal names its version.
"""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.kernel.money import Fen

Minutes = Annotated[int, Field(ge=0, le=5 * 366 * 24 * 60)]
Hours = Annotated[int, Field(ge=1, le=366 * 24)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]

Recurrence = Literal["daily", "weekday", "weekend", "weekly", "monthly", "yearly"]
QuotaScope = Literal["user", "group", "organisation"]
Outcome = Literal["normal", "late", "leave_early", "overtime", "late_and_overtime", "late_and_early", "no_show"]
Approver = Literal["group_leader", "instrument_manager"]


NOTHING: tuple[object, ...] = (None, (), {})
"""How an item reads that says nothing."""


class Rule(BaseModel):
    """Base of the parts: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lead(Rule):
    """How many minutes before the start something may be done; None leaves it to the next level, 0 is no limit."""

    earliest_minutes: Minutes | None = None
    latest_minutes: Minutes | None = None
    change_minutes: Minutes | None = None
    cancel_minutes: Minutes | None = None


class TimeBand(Rule):
    """A named part of the week: ISO weekdays, minutes after local midnight, half-open."""

    name: Name
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    start_minute: int = Field(ge=0, lt=1440)
    end_minute: int = Field(gt=0, le=1440)


class BookingBand(TimeBand):
    """A band of house rules; with `open_to_tags` its time is only for users with one of these tags."""

    open_to_tags: tuple[Tag, ...] = Field(default=(), max_length=20)


class LengthRule(Rule):
    """Bounds on the length of a use, and what it starts on; of a band where one is named. Minutes."""

    band: Name | None = None
    min_minutes: Minutes | None = None
    max_minutes: Minutes | None = None
    step_minutes: Minutes | None = None
    align_minutes: Minutes | None = None


class Quota(Rule):
    """At most `limit` minutes or reservations in each period, for each user, group or organisation.

    `tags` narrows it to users with one of them. The period is that of the start of use, in Asia/Shanghai.
    """

    name: Name
    scope: QuotaScope
    recurrence: Recurrence
    measure: Literal["minutes", "reservations"]
    limit: int = Field(ge=1, le=10**7)
    tags: tuple[Tag, ...] = ()


class ApprovalStep(Rule):
    """One approval. Where nobody decides within `limit_hours`, the declared outcome comes by itself."""

    approver: Approver
    limit_hours: Hours | None = None
    on_time_out: Literal["approve", "reject"] = "reject"
    exempt_tags: tuple[Tag, ...] = ()
    exempt_up_to_fen: Fen | None = None


class TrainingRule(Rule):
    """Only qualified users; a qualification lapses after `lapse_months` without use, where that is said."""

    valid_months: int = Field(default=24, ge=1, le=120)
    lapse_months: int | None = Field(default=None, ge=1, le=120)
    reminder_days: int = Field(default=7, ge=1, le=90)


class FeedbackRule(Rule):
    """Feedback is owed after each use; what is older than `block_after_hours` keeps from further booking."""

    block_after_hours: Hours = 24
    questions: tuple[Name, ...] = ()


class Points(Rule):
    """Points that one outcome of a use costs."""

    outcome: Outcome
    points: int = Field(ge=0, le=100)
    enabled: bool = True


class ConductRule(Rule):
    """How a use is judged, and what follows; lengths in minutes.

    The judgement comes `judged_after_hours` after the end, points are taken `appeal_hours` later, so that the user can
    object before. Below `ban_below` points a ban of
    `ban_days` follows; with `group_ban_members` banned members their whole group is banned.
    """

    early_start_minutes: Minutes = 15
    late_after_minutes: Minutes = 15
    leave_early_minutes: Minutes = 30
    overtime_after_minutes: Minutes = 15
    judged_after_hours: Hours = 24
    appeal_hours: Hours = 24
    starting_points: int = Field(default=100, ge=1, le=1000)
    points: tuple[Points, ...] = ()
    notify_below: int | None = Field(default=None, ge=0, le=1000)
    ban_below: int | None = Field(default=None, ge=0, le=1000)
    ban_days: int = Field(default=30, ge=1, le=3650)
    group_ban_members: int | None = Field(default=None, ge=1, le=1000)


class Accessory(Rule):
    """Something used together with the instrument, of which there are `quantity`."""

    name: Name
    quantity: int = Field(ge=1, le=1000)


class CreditRule(Rule):
    """How much an organisation from outside may owe the unit, in fen, and still book; a tag of its user may allow more.

    Whoever comes for no organisation is counted alone.
    """

    limit_fen: Fen
    by_tag: dict[Tag, Fen] = Field(default_factory=dict, max_length=50)

    def line_for(self, tags: Collection[str]) -> int:
        """The line of somebody with these tags: the highest that any of them allows."""
        return max([self.limit_fen, *(fen for tag, fen in self.by_tag.items() if tag in tags)])


class HouseRules(Rule):
    """All that a unit or an instrument's keeper may publish about booking; None or nothing leaves it open."""

    lead: Lead | None = None
    lead_by_tag: dict[Tag, Lead] = Field(default_factory=dict, max_length=50)
    bands: tuple[BookingBand, ...] = Field(default=(), max_length=20)
    lengths: tuple[LengthRule, ...] = Field(default=(), max_length=20)
    quotas: tuple[Quota, ...] = Field(default=(), max_length=12)
    approval: tuple[ApprovalStep, ...] | None = Field(default=None, max_length=5)
    training: TrainingRule | None = None
    feedback: FeedbackRule | None = None
    conduct: ConductRule | None = None
    accessories: tuple[Accessory, ...] = Field(default=(), max_length=50)
    merge_gap_minutes: Minutes | None = None
    waiting_list: bool | None = None
    daily_sample_intake: int | None = Field(default=None, ge=1, le=100_000)
    use_types: tuple[str, ...] | None = None
    credit: CreditRule | None = None
    must_read: tuple[Name, ...] = Field(default=(), max_length=20)
    questions: tuple[Name, ...] = Field(default=(), max_length=30)


def merged(unit: HouseRules | None, resource: HouseRules | None) -> HouseRules:
    """The rules of both levels together: each item of the instrument stands before that of its unit.

    Lead times by tag keep their own order (`lead_time`), so both levels' are not mixed here: those of the instrument
    stand. Quotas of both bind.
    """
    if unit is None or resource is None:
        return resource or unit or HouseRules()
    stated = {
        name: getattr(resource, name) for name in HouseRules.model_fields if getattr(resource, name) not in NOTHING
    }
    return unit.model_copy(update=stated | {"quotas": (*unit.quotas, *resource.quotas)})
