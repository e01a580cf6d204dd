# SPDX-License-Identifier: Apache-2.0
"""Answer a request in substance, before it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.standing import for_provider
from domain.reservations import answering

if TYPE_CHECKING:
    from application.work import Work


class AnswerReservation(Command):
    """Answer a request. The first answer ends the response time (JS 29); an automatic receipt is none."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "text": "请说明样品是否含磁性成分",
            }
        }
    )

    reservation_id: UUID
    text: Words


def answer_reservation(command: AnswerReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    work.append(loaded.id, *answering.answer(loaded.state, text=command.text))
    return Result(loaded.id)
