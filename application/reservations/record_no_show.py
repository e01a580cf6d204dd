# SPDX-License-Identifier: Apache-2.0
"""Note that nobody came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Command, Result
from application.reservations.ending import charge, free_accessories, release_voucher
from application.reservations.standing import for_provider
from domain.reservations import attendance

if TYPE_CHECKING:
    from application.work import Work


class RecordNoShow(Command):
    """Note that nobody came before the grace time ended; a charge falls due if one was published."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10", "note": "电话未接通"}}
    )

    reservation_id: UUID
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


def record_no_show(command: RecordNoShow, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    work.append(loaded.id, *attendance.record_no_show(loaded.state, note=command.note, now=work.now))
    free_accessories(work, loaded, "no-show")
    release_voucher(work, loaded, "no-show")
    order = charge(work, loaded, "no_show")
    return Result(loaded.id, {"state": "no_show", "order_id": str(order) if order else None})
