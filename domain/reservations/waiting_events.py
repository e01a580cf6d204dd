# SPDX-License-Identifier: Apache-2.0
"""What happens to somebody's place on a waiting list (practice: sample count, length, range of days)."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.event import Event
from domain.kernel.time import Instant, Span
from domain.reservations.events import ProjectType, ServiceMode, UseType

WaitingMode = Literal["book", "notify"]


class Place(BaseModel):
    """An instrument waited for, and the unit that runs it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resource: UUID
    unit: UUID


class Request(BaseModel):
    """What is asked for as soon as there is time: a request without its time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: str
    use_type: UseType = "use"
    project_type: ProjectType = "research"
    service_mode: ServiceMode = "operator_assisted"
    samples: int = 0
    contract: UUID | None = None
    voucher_grant: UUID | None = None
    answers: dict[str, str] = Field(default_factory=dict)
    accessories: tuple[str, ...] = ()
    group: UUID | None = None
    items: dict[str, int] = Field(default_factory=dict)
    fund_card: str | None = None
    rules_read: bool = False


class WaitlistJoined(Event):
    """A user waits for `minutes` on one of several instruments, wholly inside `[earliest, latest)`.

    On each day between `from_minute` and `until_minute` after local midnight. `book` has it requested for them as soon
    as there is time, `notify` has them told, once.
    """

    TYPE: ClassVar[str] = "reservations.WaitlistJoined"

    user: UUID
    requested_by: UUID
    places: tuple[Place, ...]
    minutes: int
    earliest: Instant
    latest: Instant
    from_minute: int = 0
    until_minute: int = 1440
    mode: WaitingMode
    request: Request


class WaitlistLeft(Event):
    """The user waits no longer."""

    TYPE: ClassVar[str] = "reservations.WaitlistLeft"

    reason: str


class WaitlistServed(Event):
    """Time was free and was requested for the user, by the same rules as every request."""

    TYPE: ClassVar[str] = "reservations.WaitlistServed"

    reservation: UUID
    resource: UUID
    unit: UUID
    user: UUID
    span: Span


class WaitlistNotified(Event):
    """Time was free and the user was told; it is not kept for them."""

    TYPE: ClassVar[str] = "reservations.WaitlistNotified"

    resource: UUID
    unit: UUID
    user: UUID
    span: Span


class WaitlistPassedOver(Event):
    """Time was free, but the user's request would have been refused; the place is kept, and tried again later."""

    TYPE: ClassVar[str] = "reservations.WaitlistPassedOver"

    resource: UUID
    spans: tuple[Span, ...]
    codes: tuple[str, ...]
    passed_at: Instant


class WaitlistLapsed(Event):
    """The range of days is over. `due_at` is when that was, however late it was noted."""

    TYPE: ClassVar[str] = "reservations.WaitlistLapsed"

    due_at: Instant
