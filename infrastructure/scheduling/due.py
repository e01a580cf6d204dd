# SPDX-License-Identifier: Apache-2.0
"""Due and not yet processed: found by query, done by commands whose ids make a repetition harmless."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from psycopg.types.range import Range

from application.bus import Request
from application.errors import ApplicationError
from application.reservations.expire_reservation import ExpireReservation
from application.vouchers.expire_voucher import ExpireVoucher
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.reservations.reservation import RESERVATION
from projections.voucher_balances import grants_to_expire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from application.command import Command
    from infrastructure.bootstrap import Jurisdiction

SYSTEM_USER = UUID("00000000-0000-7000-8000-000000000001")
SYSTEM = Actor(user=SYSTEM_USER, role=Role.SYSTEM)
logger = logging.getLogger("tongchou.schedule")


def do_due_work(jurisdiction: Jurisdiction, now: datetime) -> int:
    """Do everything that is due; return how much was done. A refusal leaves the rest untouched."""
    done = 0
    for due, command in [*_requests_never_answered(jurisdiction, now), *_vouchers_past_validity(jurisdiction, now)]:
        command_id = uuid5(due, type(command).__name__)
        try:
            jurisdiction.bus.execute(Request(command, SYSTEM, command_id, command_id, occurred_at=now))
            done += 1
        except (DomainError, ApplicationError) as refused:
            logger.warning("%s of %s has to wait: %s", type(command).__name__, due, refused)
    return done


def _requests_never_answered(jurisdiction: Jurisdiction, now: datetime) -> Iterator[tuple[UUID, Command]]:
    """Requests whose start has come: they still hold their slot."""
    with jurisdiction.database.reading() as cursor:
        rows: Any = cursor.execute(
            "SELECT holder FROM slot_claims WHERE during && %s ORDER BY lower(during)", (Range(None, now, "[)"),)
        ).fetchall()
    for (holder,) in rows:
        recorded = jurisdiction.log.stream(holder)
        if not recorded or not isinstance(recorded[0].event, RESERVATION.events):
            continue
        state = RESERVATION.fold(event.event for event in recorded)
        if state is not None and state.state == "requested" and state.span.start <= now:
            yield holder, ExpireReservation(reservation_id=holder)


def _vouchers_past_validity(jurisdiction: Jurisdiction, now: datetime) -> Iterator[tuple[UUID, Command]]:
    with jurisdiction.database.reading() as cursor:
        due = grants_to_expire(cursor, local_date(now))
    for grant in due:
        yield grant, ExpireVoucher(grant_id=grant)
