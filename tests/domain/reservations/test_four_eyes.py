# SPDX-License-Identifier: Apache-2.0
"""Whose word stands behind what is objected to."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.event import Event, Meta, Recorded
from domain.reservations.events import NoShowContested, NoShowRecorded, UsageCorrected, UsageStarted
from domain.reservations.four_eyes import require_impartial, require_measured, require_not_own
from domain.reservations.reservation import RESERVATION
from tests.domain.reservations.samples import REQUESTED, at

RESERVED = RESERVATION.fold([REQUESTED])
MAKER, OTHER = UUID(int=81), UUID(int=82)


def by_maker(event: Event) -> Recorded:
    actor, nobody = Actor(user=MAKER, role=Role.MANAGING_UNIT), UUID(int=0)
    meta = Meta(occurred_at=at(10), actor=actor, command_id=nobody, command="Any", correlation_id=nobody)
    return Recorded(nobody, 1, 1, at(10), event, meta)


def refused(event: Event, actor: UUID, *, contested: bool = True) -> tuple[str, ...]:
    assert RESERVED is not None
    try:
        require_impartial(replace(RESERVED, contested=contested), [by_maker(event)], actor)
    except DomainError as error:
        return error.codes
    return ()


def started(minutes: int) -> Event:
    return UsageStarted(started_at=at(10) - timedelta(minutes=minutes), contract=None, operated_by=MAKER)


CORRECTED = UsageCorrected(started_at=at(9), ended_at=at(10), used_minutes=60, reason="按日志")
OWN = ("reservations.own_record",)


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        (NoShowRecorded(), OWN),
        (NoShowContested(reason="已到场"), OWN),
        (CORRECTED, OWN),
        (started(1), OWN),
        (started(0), ()),
    ],
)
def test_who_recorded_stated_corrected_or_objected_does_not_decide(event: Event, codes: tuple[str, ...]) -> None:
    assert refused(event, MAKER) == codes
    assert refused(event, OTHER) == ()
    assert refused(event, MAKER, contested=False) == (), "a mistake may be taken back"


def test_nobody_decides_for_themselves() -> None:
    assert RESERVED is not None
    assert refused(started(0), RESERVED.user, contested=False) == ("reservations.own_conduct",)
    with pytest.raises(DomainError, match="own_request"):
        require_not_own(RESERVED, RESERVED.user, "reservations.own_request")
    require_not_own(RESERVED, OTHER, "reservations.own_request")
    for stated in ({"ended_at": at(10), "used_minutes": None}, {"ended_at": None, "used_minutes": 0}):
        with pytest.raises(DomainError, match="time_is_measured"):
            require_measured(RESERVED, RESERVED.user, **stated)
        require_measured(RESERVED, OTHER, **stated)
    require_measured(RESERVED, RESERVED.user, ended_at=None, used_minutes=None)
