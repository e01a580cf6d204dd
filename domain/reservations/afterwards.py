# SPDX-License-Identifier: Apache-2.0
"""Entering a use after it took place: what of it is judged before the rules of every request are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.time import local_date
from domain.reservations.judged_events import RuleOverridden
from domain.reservations.rules.once import OVERLAPS_USE, full
from domain.reservations.usage import contract_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.afterwards_events import Origin
    from domain.reservations.facts import ContractStanding, Wish

OPEN_MONTHS = 3
"""How long a use may be entered after it took place.

Units report by quarter: what is older has been reported on and paid for, and no regulation asks for it later. An
earlier record is corrected (`CorrectUsage`), which says why and by whom.
"""
NAMED_TWICE = frozenset({"reservations.contract_does_not_cover"})
"""The rules of every request say it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastUse:
    """A use that took place: what would have been asked for, and what became of it.

    `used_minutes` is None where the whole span was used; `items` None where nobody counted.
    """

    wish: Wish
    used_minutes: int | None = None
    persons: int = 1
    successful: bool = True
    note: str = ""
    items: dict[str, int] | None = None
    lock_override: str | None = None
    """Why the unit's head enters a use of a time that is locked."""
    operator: UUID
    origin: Origin
    call_off: UUID | None = None
    """Of a framework: what ordered it; without, one is opened over the amount quoted (A32)."""


def first_open_day(today: date) -> date:
    """The earliest day of which uses may still be entered: the first of the month, three months back."""
    year, month = divmod(today.year * 12 + today.month - 1 - OPEN_MONTHS, 12)
    return date(year, month + 1, 1)


def once(
    rules: Rules, span: Span, full_of: Sequence[UUID], *, reason: str | None, approver: UUID, edition: Edition
) -> list[Event]:
    """Note the uses that leave no lane to one that completes a booking or is corrected; set aside with a reason."""
    if full_of and reason is not None:
        basis = edition.basis("resource.publication_items")
        return [RuleOverridden(rule=OVERLAPS_USE, approver=approver, reason=reason, basis=basis)]
    full(rules, span, full_of)
    return []


def broken_before(
    use: PastUse, *, contract: ContractStanding | None, external: bool, edition: Edition, now: datetime
) -> Sequence[Violation]:
    """The rules that only a past use can break, and that of the contract as it stood when the use began (JS-18.1)."""
    rules, span = Rules(), use.wish.span
    opened, day = first_open_day(local_date(now)), local_date(span.start)
    rules.require(span.end <= now, "reservations.end_in_future", field="span.end")
    rules.require(
        day >= opened,
        "reservations.period_locked",
        field="span.start",
        day=day.isoformat(),
        first=opened.isoformat(),
        months=OPEN_MONTHS,
    )
    used = use.used_minutes
    rules.require(
        used is None or used <= span.minutes,
        "reservations.more_than_measured",
        field="used_minutes",
        used_minutes=used or 0,
        measured_minutes=span.minutes,
    )
    contract_in_force(rules, contract, span.start, edition, needed=external)
    return [violation for violation in rules.broken if violation.code not in NAMED_TWICE]
