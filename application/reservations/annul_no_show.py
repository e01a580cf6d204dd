# SPDX-License-Identifier: Apache-2.0
"""Let the record of a no-show no longer count; its charge falls away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from application.reservations.standing import for_provider
from application.standing.restoring import restore_points_of
from domain.billing.events import ServiceOrderVoided
from domain.billing.order import ORDER
from domain.kernel.errors import refusal
from domain.reservations import attendance
from domain.reservations.four_eyes import require_impartial

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation


class AnnulNoShow(Command):
    """Annul a recorded no-show, with a reason (ruling 8.16). A charge already billed must be undone there first.

    Whoever recorded it may take it back while nobody objects; an objection is decided by another member of the staff.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "reason": "门禁记录显示用户按时到场",
            }
        }
    )

    reservation_id: UUID
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head annuls a charge of locked time")


def annul_no_show(command: AnnulNoShow, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    require_impartial(loaded.state, work.history(loaded.id), work.actor.user)
    annul_recorded(work, loaded, command.reason, command.lock_override)
    return Result(loaded.id, {"state": "no_show", "annulled": True})


def annul_recorded(work: Work, loaded: Loaded[Reservation], reason: str, lock_override: str | None) -> None:
    """Annul the record with all that followed from it: its charge, and the points and bans it cost."""
    work.append(loaded.id, *attendance.annul(loaded.state, reason=reason))
    _void_charge(work, loaded.id, reason, lock_override)
    restore_points_of(work, loaded, reason)


def _void_charge(work: Work, reservation: UUID, reason: str, lock_override: str | None) -> None:
    order = work.claims.owner("order.reservation", f"no_show:{reservation}")
    if order is None:
        return
    found = work.load(ORDER, order)
    charged = found.state
    if charged.state in ("voided", "refunded"):
        return
    if charged.state not in ("opened", "delivered"):
        raise refusal("reservations.charge_already_billed", order=str(order), state=charged.state)
    work.append(order, ServiceOrderVoided(reason=reason), *unlocked(work, found, lock_override))
