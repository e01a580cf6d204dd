# SPDX-License-Identifier: Apache-2.0
"""A day on which something of another room falls due: a reminder before it, a note after it, each once.

The deadline belongs to its subject; this only remembers, under an id that the subject and the day give, what has
been issued. A deadline that moves to another day is another deadline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.governance.events import DeadlinePassed, DeadlineReminded
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition

NAMESPACE = UUID("1c2f6d0a-5b0e-5e39-8d55-7d1b1f0a9c44")
REMINDER_DAYS = "practice.reminder_days"


@dataclass(frozen=True, slots=True)
class Due:
    """Which deadline: kind and subject, the item that tells several of a kind apart, and the last day."""

    kind: str
    subject: UUID
    item: str
    due_on: date

    @property
    def id(self) -> UUID:
        """The same in every process and every replay."""
        return uuid5(NAMESPACE, f"{self.kind}/{self.subject}/{self.item}/{self.due_on.isoformat()}")


@dataclass(frozen=True, slots=True)
class Issued:
    """What has been issued for a deadline."""

    reminded: bool = False
    passed: bool = False


def evolve(state: Issued | None, event: DeadlineReminded | DeadlinePassed) -> Issued:
    """What has been issued after an event."""
    before = state or Issued()
    return replace(before, passed=True) if isinstance(event, DeadlinePassed) else replace(before, reminded=True)


DEADLINE = Aggregate("governance.Deadline", evolve, (DeadlineReminded, DeadlinePassed))


def reminder_parameter(kind: str, edition: Edition) -> str:
    """The parameter that says how many days ahead to remind of a kind; one name holds where a kind has none."""
    own = f"practice.{kind}_reminder_days"
    return own if own in edition.parameters else REMINDER_DAYS


def remind(state: Issued | None, due: Due, *, stands: bool, edition: Edition) -> list[Event]:
    """Issue the reminder, also late. Raises `governance.deadline_lifted`, `governance.already_reminded`."""
    _require_standing(due, stands=stands)
    if state is not None and state.reminded:
        raise refusal("governance.already_reminded", kind=due.kind, due_on=due.due_on.isoformat())
    name = reminder_parameter(due.kind, edition)
    return [
        DeadlineReminded(
            kind=due.kind,
            subject=due.subject,
            item=due.item,
            due_on=due.due_on,
            days_before=edition.value(name),
            basis=edition.basis(name),
        )
    ]


def pass_by(state: Issued | None, due: Due, *, stands: bool, today: date) -> list[Event]:
    """Note that the day is over.

    Raises `governance.deadline_lifted`, `governance.deadline_already_passed`, `governance.deadline_not_over`.
    """
    _require_standing(due, stands=stands)
    if state is not None and state.passed:
        raise refusal("governance.deadline_already_passed", kind=due.kind, due_on=due.due_on.isoformat())
    if today <= due.due_on:
        raise refusal("governance.deadline_not_over", kind=due.kind, due_on=due.due_on.isoformat())
    return [DeadlinePassed(kind=due.kind, subject=due.subject, item=due.item, due_on=due.due_on)]


def _require_standing(due: Due, *, stands: bool) -> None:
    if not stands:
        raise refusal("governance.deadline_lifted", kind=due.kind, due_on=due.due_on.isoformat())
