# SPDX-License-Identifier: Apache-2.0
"""A charge of a locked day: nobody but the unit's head changes it, and says why."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.billing.charge_events import ChargeLockSetAside
from domain.billing.order import ORDER, Order
from domain.billing.period import open_charge
from domain.kernel.errors import DomainError
from domain.kernel.period import Lock
from tests.domain.billing.examples import delivered, opened

HEAD, OTHER = UUID(int=1), UUID(int=2)


def charged() -> tuple[Order, date]:
    found = ORDER.fold([opened(), delivered()])
    assert found is not None
    assert found.used_on is not None
    return found, found.used_on


@pytest.mark.parametrize(
    ("later", "actor", "reason", "accepted"),
    [
        (0, OTHER, None, False),
        (0, OTHER, "审计", False),
        (0, HEAD, None, False),
        (0, HEAD, "审计", True),
        (1, OTHER, None, True),
    ],
)
def test_a_charge_up_to_the_lock_needs_the_head_and_a_reason(
    later: int,
    actor: UUID,
    reason: str | None,
    accepted: bool,  # noqa: FBT001
) -> None:
    found, day = charged()
    lock = Lock(date.fromordinal(day.toordinal() - later), HEAD)
    if not accepted:
        with pytest.raises(DomainError) as refused:
            open_charge(found, lock, actor=actor, reason=reason)
        [told] = refused.value.violations
        assert (told.code, told.field, told.parameters["head"]) == ("billing.period_closed", "lock_override", str(HEAD))
        return
    said = open_charge(found, lock, actor=actor, reason=reason)
    leave = ChargeLockSetAside(day=day, locked_through=lock.through, head=HEAD, reason=reason or "")
    assert said == ([] if later else [leave])
    assert ORDER.fold(said, found) == found, "the leave itself changes nothing"


def test_what_is_not_charged_or_not_locked_is_open() -> None:
    found, _ = charged()
    assert open_charge(found, None, actor=OTHER, reason=None) == []
    assert open_charge(replace(found, delivery=None), Lock(date(2099, 1, 1), HEAD), actor=OTHER, reason=None) == []
