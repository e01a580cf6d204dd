# SPDX-License-Identifier: Apache-2.0
"""What happens to a user's standing with a unit. The stream names both once, in its first event."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.event import Event
from domain.kernel.house_rules import Outcome, Tag
from domain.kernel.time import Instant

BanScope = Literal["instrument", "unit", "global"]
BanGround = Literal["points", "safety", "breach", "unpaid", "other"]


class Part(BaseModel):
    """Base of the parts of these events."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Versions(Part):
    """The versions of the house rules that bind (ruling 8.17): those published before the request."""

    resource_rules: int | None = None
    unit_rules: int | None = None


class StandingOpened(Event):
    """The first thing worth noting of a user with a unit; no unit for what holds with all of them."""

    TYPE: ClassVar[str] = "standing.StandingOpened"

    unit: UUID | None
    user: UUID


class TagGiven(Event):
    """The unit gives the user a tag, for all of its instruments or one, for ever or to a last day."""

    TYPE: ClassVar[str] = "standing.TagGiven"

    tag: Tag
    resource: UUID | None = None
    valid_until: date | None = None
    reason: str


class TagTaken(Event):
    """The tag no longer holds."""

    TYPE: ClassVar[str] = "standing.TagTaken"

    tag: Tag
    resource: UUID | None = None
    reason: str


class QualificationApplied(Event):
    """The user asks to be qualified for an instrument."""

    TYPE: ClassVar[str] = "standing.QualificationApplied"

    resource: UUID
    note: str = ""


class QualificationRefused(Event):
    """The unit refuses; the user may apply anew."""

    TYPE: ClassVar[str] = "standing.QualificationRefused"

    resource: UUID
    reason: str


class QualificationApproved(Event):
    """The user may work on the instrument alone, both days included; after `lapse_months` without use it lapses.

    `training` is the one passed, where there was one. `remind_on` is the day of the reminder before the last.
    """

    TYPE: ClassVar[str] = "standing.QualificationApproved"

    resource: UUID
    valid_from: date
    valid_until: date
    remind_on: date
    lapse_months: int | None = None
    training: UUID | None = None
    versions: Versions


class QualificationRenewed(Event):
    """A qualification runs to a later day."""

    TYPE: ClassVar[str] = "standing.QualificationRenewed"

    resource: UUID
    valid_until: date
    remind_on: date
    lapse_months: int | None = None
    reason: str
    versions: Versions


class QualificationReminded(Event):
    """A qualification comes to its end: on its last day, or because the instrument was not used."""

    TYPE: ClassVar[str] = "standing.QualificationReminded"

    resource: UUID
    ground: Literal["expiry", "disuse"]
    ends_on: date


class QualificationLapsed(Event):
    """Its last day is over, or the months without use are; `ended_on` is the last day on which it held."""

    TYPE: ClassVar[str] = "standing.QualificationLapsed"

    resource: UUID
    ground: Literal["expiry", "disuse"]
    ended_on: date


class QualificationWithdrawn(Event):
    """The unit takes a qualification back."""

    TYPE: ClassVar[str] = "standing.QualificationWithdrawn"

    resource: UUID
    reason: str


class UseNoted(Event):
    """A use that published rules look back upon: on disuse, feedback or a tier of price.

    `minutes` are those charged or measured; `feedback_owed` says that the rules bound ask for feedback, since the
    end or, where that was entered later, since `feedback_from`: nobody owes what could not be given yet.
    """

    TYPE: ClassVar[str] = "standing.UseNoted"

    reservation: UUID
    resource: UUID
    ended_at: Instant
    minutes: int = Field(ge=0)
    feedback_owed: bool = False
    feedback_from: Instant | None = None


class UseCorrected(Event):
    """The record of a noted use was corrected; feedback stays owed or given as it was."""

    TYPE: ClassVar[str] = "standing.UseCorrected"

    reservation: UUID
    ended_at: Instant
    minutes: int = Field(ge=0)


class FeedbackGiven(Event):
    """The user answered the published questions after a use."""

    TYPE: ClassVar[str] = "standing.FeedbackGiven"

    reservation: UUID
    answers: dict[str, str]
    score: Decimal | None = Field(default=None, ge=1, le=5, decimal_places=1)


class PointsDeducted(Event):
    """A use had an outcome that costs points, and the time to object is over.

    `left` of `starting` points; `due_at` is when the penalty fell due. `notify` says that the points have now fallen
    below the published threshold.
    """

    TYPE: ClassVar[str] = "standing.PointsDeducted"

    reservation: UUID
    outcome: Outcome
    points: int = Field(ge=1)
    starting: int
    left: int
    notify_below: int | None = None
    ban_below: int | None = None
    notify: bool = False
    due_at: Instant
    versions: Versions


class PointsRestored(Event):
    """Points come back: of a judgement that was annulled, or by the unit's own grace (no reservation)."""

    TYPE: ClassVar[str] = "standing.PointsRestored"

    reservation: UUID | None
    points: int = Field(ge=1)
    left: int
    reason: str


class UserBanned(Event):
    """The user may not book: one instrument, with the unit, or anywhere.

    Without `until` it holds until it is lifted. A ban by points names the reservation, and the threshold at which it
    falls away again where points come back; a ban by hand was decided by the actor. `group` counts its members.
    """

    TYPE: ClassVar[str] = "standing.UserBanned"

    ban: UUID
    scope: BanScope
    resource: UUID | None = None
    until: Instant | None
    ground: BanGround
    reason: str
    reservation: UUID | None = None
    below: int | None = None
    group: UUID | None = None
    decision: str | None = None
    """The number of the decision that a ban from everywhere rests on."""
    versions: Versions | None = None


class BanLifted(Event):
    """A ban ends before its day; it stays in history with the reason."""

    TYPE: ClassVar[str] = "standing.BanLifted"

    ban: UUID
    reason: str
