# SPDX-License-Identifier: Apache-2.0
"""Let a voucher run out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.kernel.time import local_date
from domain.vouchers import lapsing
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from application.work import Work


class ExpireVoucher(Command):
    """The unused rest lapses after the last day (6.6); issued by the system."""

    TARGET: ClassVar[str | None] = "grant_id"
    model_config = ConfigDict(json_schema_extra={"example": {"grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f"}})

    grant_id: UUID


def expire_voucher(command: ExpireVoucher, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    grant = work.load(GRANT, command.grant_id)
    lapsed = lapsing.expire(grant.state, grant.id, today=local_date(work.now))
    work.append(grant.id, *lapsed)
    return Result(id=grant.id)
