# SPDX-License-Identifier: Apache-2.0
"""Decline a request, with its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.ending import give_back, release_voucher
from application.reservations.standing import for_provider
from domain.reservations import answering
from domain.reservations.answering import Ground

if TYPE_CHECKING:
    from application.work import Work


class RejectReservation(Command):
    """Decline a request under a published limit or for own needs (JS 15, 16.a); the time is free again."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "ground": "own_needs",
                "reason": "该时段用于本单位国家重点研发计划课题",
            }
        }
    )

    reservation_id: UUID
    ground: Ground
    reason: Words


def reject_reservation(command: RejectReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    decided = answering.reject(loaded.state, ground=command.ground, reason=command.reason, edition=work.edition())
    work.append(loaded.id, *decided)
    give_back(work, loaded, "reservation rejected")
    release_voucher(work, loaded, "reservation rejected")
    return Result(loaded.id, {"state": "rejected"})
