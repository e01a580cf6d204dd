# SPDX-License-Identifier: Apache-2.0
"""A locked period: nobody but the unit's head touches it, and says why."""

from datetime import date
from uuid import UUID

import pytest

from domain.kernel.errors import Rules
from domain.kernel.period import Lock
from domain.reservations.period import within_open_time
from domain.reservations.period_events import LockSetAside

HEAD, OTHER = UUID(int=1), UUID(int=2)
LOCK = Lock(date(2026, 3, 31), HEAD)
LAST, OPEN = date(2026, 3, 31), date(2026, 4, 1)
CASES = [
    (None, (LAST,), OTHER, None, True),
    (LOCK, (OPEN,), OTHER, None, True),
    (LOCK, (LAST,), OTHER, None, False),
    (LOCK, (LAST,), OTHER, "补录", False),
    (LOCK, (LAST,), HEAD, None, False),
    (LOCK, (LAST,), HEAD, "补录", True),
    (LOCK, (OPEN, LAST), OTHER, None, False),
]


@pytest.mark.parametrize(("lock", "days", "actor", "reason", "accepted"), CASES)
def test_a_day_up_to_the_lock_needs_the_head_and_a_reason(
    lock: Lock | None,
    days: tuple[date, ...],
    actor: UUID,
    reason: str | None,
    accepted: bool,  # noqa: FBT001
) -> None:
    rules = Rules()
    leave = within_open_time(rules, lock, days, actor=actor, reason=reason)
    assert [violation.code for violation in rules.broken] == ([] if accepted else ["reservations.period_closed"])
    said = [LockSetAside(day=LAST, locked_through=LAST, head=HEAD, reason="补录")] if reason and accepted else []
    assert leave == said
