# SPDX-License-Identifier: Apache-2.0
"""Decisions that others refer to, registered by whom it takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from application.bus import Request
from application.governance.record_decision import RecordDecision
from domain.governance.claims import number_of
from domain.governance.values import Minutes, Seat
from domain.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.governance.values import Body
    from infrastructure.bootstrap import Jurisdiction

YEAR_BEGAN = date(2026, 1, 1)
ATTENDED = Minutes(seats=(Seat(seat="示例成员单位"),))


def decided(
    home: Jurisdiction,
    number: str,
    *,
    body: Body = "council",
    decided_on: date = YEAR_BEGAN,
    now: datetime | None = None,
) -> str:
    """The number of a decision that is in the register, at the latest from now on."""
    if home.claims.owner(number_of(body), number) is None:
        command = RecordDecision(
            number=number,
            body=body,
            title="示例决定",
            decided_on=decided_on,
            digest="d" * 64,
            minutes=ATTENDED,
        )
        key = uuid4()
        home.bus.execute(Request(command, Actor(user=uuid4(), role=Role.SYSTEM), key, key, occurred_at=now))
    return number
