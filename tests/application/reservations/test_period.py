# SPDX-License-Identifier: Apache-2.0
"""A locked period on the real database: entering, completing and correcting uses, and who may all the same."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from application.parties.lock_period import LockPeriod
from application.reservations.correct_usage import CorrectUsage
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.parties.events import UserRegistered
from tests.application.reservations.province import Province, at
from tests.application.reservations.test_recording import codes, enter

DAY = at(9).date()
NEXT = at(12, day=10)
WHY = "审计要求补录"


@pytest.fixture
def head(province: Province) -> Actor:
    """The person who answers for the unit; the lock is set by somebody else of it."""
    person = uuid4()
    named = Personal.of(person, "负责人")
    province.seed(person, UserRegistered(name=named, user_kind="university", legal_person=province.university))
    return Actor(user=person, role=Role.MANAGING_UNIT, organisation=province.university, unit=province.unit)


def lock(province: Province, head: Actor, **changes: Any) -> None:  # noqa: ANN401 - any field
    facts = {"unit": province.unit, "through": DAY, "head": head.user, "reason": "已上报", **changes}
    province.do(LockPeriod(**facts), province.manager, NEXT)


def test_no_use_of_a_locked_day_is_entered_but_by_the_head(province: Province, head: Actor) -> None:
    lock(province, head)
    for actor, reason in ((province.manager, WHY), (head, None)):
        with pytest.raises(DomainError) as refused:
            enter(province, actor, NEXT, user_id=province.staff, lock_override=reason)
        assert codes(refused) == ["reservations.period_closed"]
    after = Span(start=at(9, day=4), end=at(10, day=4))
    enter(province, province.manager, NEXT, user_id=province.staff, span=after)
    done = enter(province, head, NEXT, user_id=province.staff, lock_override=WHY)
    assert "LockSetAside" in province.types(done.id)


def test_a_record_is_neither_corrected_within_locked_time_nor_moved_out_of_it(province: Province, head: Actor) -> None:
    use = enter(province, user_id=province.client, contract_id=province.contract().id)
    lock(province, head)
    for day in (3, 4):
        with pytest.raises(DomainError) as refused:
            _correct(province, province.manager, use.id, day, None)
        assert codes(refused) == ["reservations.period_closed"]
    _correct(province, head, use.id, 3, WHY)
    assert province.types(use.id)[-1] == "LockSetAside"


def test_only_the_head_opens_the_time_again(province: Province, head: Actor) -> None:
    lock(province, head)
    earlier = LockPeriod(unit=province.unit, through=at(9, day=2).date(), head=head.user, reason="补录")
    with pytest.raises(DomainError) as refused:
        province.do(earlier, province.manager, NEXT)
    assert codes(refused) == ["parties.lock_for_head_only"]
    province.do(earlier, head, NEXT)
    assert enter(province, province.manager, NEXT, user_id=province.staff).data["state"] == "completed"


def test_the_head_is_one_of_the_units_own_people(province: Province) -> None:
    with pytest.raises(DomainError) as refused:
        lock(province, province.customer)
    assert codes(refused) == ["parties.head_of_another_organisation"]


def _correct(province: Province, actor: Actor, use: UUID, day: int, reason: str | None) -> None:
    corrected = CorrectUsage(
        reservation_id=use,
        started_at=at(9, 7, day=day),
        ended_at=at(10, day=day),
        reason="按日志更正",
        lock_override=reason,
    )
    province.do(corrected, actor, NEXT)
