# SPDX-License-Identifier: Apache-2.0
"""What happens to a reservation (lifecycle 6.3 with ruling 8.16)."""

from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.kernel.quote import Quote
from domain.kernel.time import Instant, Span

UseType = Literal["use", "training", "teaching", "commissioned_test", "data_analysis"]
ProjectType = Literal["teaching", "research", "social_service", "national_fund", "provincial_fund", "school_fund"]
ServiceMode = Literal["self_operated", "operator_assisted", "commissioned_test", "remote"]


class ReservationRequested(Event):
    """A user asks for time. `held` is `span` with set-up and clean-down; it is claimed on `lane` from now on.

    `external` means: for another legal person than the provider's, or an outside individual (JS 4, CQ 4, A29).
    """

    TYPE: ClassVar[str] = "reservations.ReservationRequested"

    resource: UUID
    unit: UUID
    provider: UUID
    user: UUID
    user_kind: str
    customer: UUID | None
    external: bool
    span: Span
    held: Span
    lane: int
    purpose: str
    use_type: UseType
    project_type: ProjectType
    service_mode: ServiceMode
    samples: int = 0
    quote: Quote
    opening_version: int
    limit_version: int | None = None
    grace_minutes: int = 15
    no_show_charge: bool = False
    contract: UUID | None = None
    voucher_grant: UUID | None = None
    requested_by: UUID
    answers: dict[str, str] = Field(default_factory=dict)
    replaces: UUID | None = None
    external_id: str | None = None


class ReservationAnswered(Event):
    """The provider's first substantive answer fixes the response time (JS 29, A27)."""

    TYPE: ClassVar[str] = "reservations.ReservationAnswered"

    text: str


class ReservationConfirmed(Event):
    """The provider agrees, or the published rule does at once (`automatic`)."""

    TYPE: ClassVar[str] = "reservations.ReservationConfirmed"

    automatic: bool


class ReservationRejected(Event):
    """The provider declines under a published limit or its own needs (JS 15, 16.a)."""

    TYPE: ClassVar[str] = "reservations.ReservationRejected"

    ground: Literal["opening_limit", "own_needs", "safety", "qualification", "incomplete"]
    reason: str


class ReservationCancelled(Event):
    """Given up by the user or the provider. `late` means after the published last moment to cancel."""

    TYPE: ClassVar[str] = "reservations.ReservationCancelled"

    by: Literal["user", "provider", "system"]
    reason: str
    late: bool = False


class ReservationExpired(Event):
    """Not answered before the start."""

    TYPE: ClassVar[str] = "reservations.ReservationExpired"


class ReservationRescheduled(Event):
    """Moved with both sides' consent; lineage and answers stay."""

    TYPE: ClassVar[str] = "reservations.ReservationRescheduled"

    span: Span
    held: Span
    lane: int
    quote: Quote
    opening_version: int
    reason: str
    consent: str = ""
    """How the other side agreed, where the published rule does not move at once."""


class NoShowRecorded(Event):
    """Nobody came before the grace time ended."""

    TYPE: ClassVar[str] = "reservations.NoShowRecorded"

    note: str = ""


class NoShowContested(Event):
    """The user says otherwise (ruling 8.16)."""

    TYPE: ClassVar[str] = "reservations.NoShowContested"

    reason: str


class NoShowAnnulled(Event):
    """The record of a no-show no longer counts (ruling 8.16)."""

    TYPE: ClassVar[str] = "reservations.NoShowAnnulled"

    reason: str


class UsageStarted(Event):
    """Use begins, under a contract signed by both sides (JS 18.a, 20.a; CQ 14.b, 18)."""

    TYPE: ClassVar[str] = "reservations.UsageStarted"

    started_at: Instant
    contract: UUID | None
    operated_by: UUID


class UsageCompleted(Event):
    """Use ends; the source of utilisation and of the sharing record (JS 13, A; CQ 14.b)."""

    TYPE: ClassVar[str] = "reservations.UsageCompleted"

    started_at: Instant
    ended_at: Instant
    used_minutes: int = Field(ge=0)
    samples: int = Field(ge=0, default=0)
    persons: int = Field(ge=1, default=1)
    successful: bool = True
    note: str = ""


class UsageAborted(Event):
    """Use ends by fault or for safety; the hours used are kept."""

    TYPE: ClassVar[str] = "reservations.UsageAborted"

    started_at: Instant
    ended_at: Instant
    used_minutes: int = Field(ge=0)
    ground: Literal["fault", "safety", "power", "other"]
    reason: str


class UserRatingRecorded(Event):
    """The user's rating, once a use; a later one is a new event (JS 26.b, 29; CQ 20.a)."""

    TYPE: ClassVar[str] = "reservations.UserRatingRecorded"

    score: Decimal = Field(ge=1, le=5, decimal_places=1)
    comment: str = ""


class UsageCorrected(Event):
    """A corrected record of use; the original stays (JS 13, CQ 23.a)."""

    TYPE: ClassVar[str] = "reservations.UsageCorrected"

    started_at: Instant
    ended_at: Instant
    used_minutes: int = Field(ge=0)
    samples: int = Field(ge=0, default=0)
    reason: str
