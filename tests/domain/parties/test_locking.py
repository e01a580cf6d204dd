# SPDX-License-Identifier: Apache-2.0
"""Locking records of use: forwards by any of the unit, back by its head alone."""

from datetime import date
from uuid import UUID

import pytest

from domain.parties import locking
from domain.parties.events import UnitMerged
from domain.parties.period_events import UnitPeriodLocked
from domain.parties.unit import UNIT
from tests.domain.given import given
from tests.domain.parties.examples import OTHER_CENTRE, unit

HEAD, OTHER = UUID(int=1), UUID(int=2)
MARCH, FEBRUARY, TODAY = date(2026, 3, 31), date(2026, 2, 28), date(2026, 4, 1)
LOCKED = UnitPeriodLocked(locked_through=MARCH, head=HEAD, reason="季报已上报")
STEPS = [
    ((), MARCH, HEAD, OTHER, False, ()),
    ((), TODAY, HEAD, OTHER, False, ("parties.lock_not_over",)),
    ((LOCKED,), MARCH, HEAD, HEAD, False, ("parties.lock_unchanged",)),
    ((LOCKED,), FEBRUARY, HEAD, OTHER, False, ("parties.lock_for_head_only",)),
    ((LOCKED,), FEBRUARY, HEAD, HEAD, False, ()),
    ((LOCKED,), FEBRUARY, HEAD, OTHER, True, ()),
    ((LOCKED,), MARCH, OTHER, OTHER, False, ("parties.lock_for_head_only",)),
    ((LOCKED,), MARCH, OTHER, HEAD, False, ()),
    ((LOCKED,), TODAY, OTHER, OTHER, False, ("parties.lock_not_over", "parties.lock_for_head_only")),
]


@pytest.mark.parametrize(("past", "through", "head", "by", "by_keeper", "broken"), STEPS)
def test_a_lock_goes_forward_and_only_its_head_loosens_it(
    past: tuple[UnitPeriodLocked, ...],
    through: date,
    head: UUID,
    by: UUID,
    by_keeper: bool,  # noqa: FBT001
    broken: tuple[str, ...],
) -> None:
    facts = {"through": through, "head": head, "reason": "说明", "by": by, "by_keeper": by_keeper, "today": TODAY}
    outcome = given(UNIT, unit(), *past).when(locking.lock_period, **facts)
    if broken:
        outcome.then_refused(*broken)
    else:
        outcome.then(UnitPeriodLocked(locked_through=through, head=head, reason="说明"))


def test_a_unit_that_has_ended_locks_nothing() -> None:
    merged = UnitMerged(successor=OTHER_CENTRE, decision_reference="〔2026〕1号")
    facts = {"through": MARCH, "head": HEAD, "reason": "x", "by": HEAD, "by_keeper": False, "today": TODAY}
    given(UNIT, unit(), merged).when(locking.lock_period, **facts).then_refused("parties.unit_merged")
