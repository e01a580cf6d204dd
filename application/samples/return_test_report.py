# SPDX-License-Identifier: Apache-2.0
"""Send a report back to its author."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Sha256, Words
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.samples import reporting

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class ReturnTestReport(SampleCommand):
    """Send the report back with a reason; a new version is reviewed from the first round on."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "digest": "a" * 64, "reason": "缺不确定度"}}
    )

    order_id: UUID
    digest: Sha256
    reason: Words


def return_test_report(command: ReturnTestReport, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    decided = reporting.send_back(loaded.state, digest=command.digest, reviewer=work.actor.user, reason=command.reason)
    return finish(work, loaded, decided)
