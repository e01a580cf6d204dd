# SPDX-License-Identifier: Apache-2.0
"""Have a notice tried anew that had been given up."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.work import Work
from domain.notices import delivery
from domain.notices.delivery import NOTICE


class RetryNotice(Command):
    """Try a notice anew once whatever stood in its way has been put right, as long as it is of use."""

    TARGET: ClassVar[str | None] = "notice"
    model_config = ConfigDict(json_schema_extra={"example": {"notice": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22"}})

    notice: UUID


def retry_notice(command: RetryNotice, work: Work) -> Result:
    """Raises `NotFound` and what `delivery.retry` raises."""
    found = work.load(NOTICE, command.notice)
    work.append(found.id, *delivery.retry(found.state, now=work.now))
    return Result(id=found.id)
