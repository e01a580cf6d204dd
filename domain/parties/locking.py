# SPDX-License-Identifier: Apache-2.0
"""Locking the records of use of a unit up to a day (practice: period lock with explicit corrections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.parties.period_events import UnitPeriodLocked
from domain.parties.unit import require_living

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.parties.unit import Unit


def lock_period(
    state: Unit, *, through: date, head: UUID, reason: str, by: UUID, by_keeper: bool, today: date
) -> list[Event]:
    """Lock up to and with a day that is over. To open time again, or to name another head, is for the head that stands.

    Those who keep the register of units may do so too (`by_keeper`): a head may have left.
    Raises `parties.unit_merged`, `parties.lock_not_over`, `parties.lock_unchanged`, `parties.lock_for_head_only`.
    """
    require_living(state)
    rules, standing = Rules(), state.period
    rules.require(through < today, "parties.lock_not_over", field="through", day=through.isoformat())
    if standing is not None:
        same = (through, head) == (standing.locked_through, standing.head)
        rules.require(not same, "parties.lock_unchanged", field="through", day=through.isoformat())
        loosened = through < standing.locked_through or head != standing.head
        rules.require(
            by_keeper or not loosened or by == standing.head,
            "parties.lock_for_head_only",
            field="through" if through < standing.locked_through else "head",
            day=standing.locked_through.isoformat(),
            head=str(standing.head),
        )
    rules.enforce()
    return [UnitPeriodLocked(locked_through=through, head=head, reason=reason)]
