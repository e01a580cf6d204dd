# SPDX-License-Identifier: Apache-2.0
"""The steps of an approval: who is asked, until when, and what was decided (practice; JS 16.a, CQ 14.a)."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.kernel.house_rules import Approver
from domain.kernel.money import Fen
from domain.kernel.time import Instant, Span

Decision = Literal["approve", "reject"]


class ApprovalAsked(Event):
    """One approver is asked; the reservation is `requested` and holds its time until the last one has agreed.

    `span` and `fee_fen` are what is asked about, as it stood then.

    `leader` is whom the step names; none for the staff of the unit. Where nobody decides before `due_at`, the outcome
    `on_time_out`, which was published before the request, comes by itself.
    """

    TYPE: ClassVar[str] = "reservations.ApprovalAsked"

    resource: UUID
    unit: UUID
    user: UUID
    group: UUID | None = None
    span: Span
    fee_fen: Fen
    step: int = Field(ge=1)
    steps: int = Field(ge=1)
    approver: Approver
    leader: UUID | None = None
    asked_at: Instant
    due_at: Instant | None = None
    on_time_out: Decision = "reject"


class ApprovalStepDecided(Event):
    """A step is over. `timed_out` is the declared outcome of nobody's decision, with the day it was due."""

    TYPE: ClassVar[str] = "reservations.ApprovalStepDecided"

    step: int = Field(ge=1)
    approver: Approver
    decision: Decision
    reason: str = ""
    timed_out: bool = False
    due_at: Instant | None = None
