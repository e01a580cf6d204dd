# SPDX-License-Identifier: Apache-2.0
"""Take no more applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.vouchers import establishing
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from application.work import Work


class CloseVoucherProgramme(Command):
    """Close a programme for applications; vouchers granted stay valid."""

    TARGET: ClassVar[str | None] = "programme_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"programme_id": "3b2a1c0d-9e8f-5a7b-8c6d-0f1e2d3c4b5a", "reason": "预算已用完"}}
    )

    programme_id: UUID
    reason: Words


def close_voucher_programme(command: CloseVoucherProgramme, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    programme = work.load(PROGRAMME, command.programme_id)
    work.append(programme.id, *establishing.close(programme.state, reason=command.reason))
    return Result(id=programme.id)
