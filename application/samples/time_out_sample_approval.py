# SPDX-License-Identifier: Apache-2.0
"""Let the declared outcome come of an approval of samples that nobody has decided in time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.samples.sides import ORDER_ID, SampleCommand, finish
from domain.kernel.time import Instant
from domain.samples import approving
from domain.samples.order import SAMPLE_ORDER

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class TimeOutSampleApproval(SampleCommand):
    """Approve or decline as was declared for nobody's decision; issued by the system, once, when it is due."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "due_at": "2026-03-04T09:00:00+08:00"}}
    )

    order_id: UUID
    due_at: Instant


def time_out_sample_approval(command: TimeOutSampleApproval, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(SAMPLE_ORDER, command.order_id)
    return finish(work, loaded, approving.time_out(loaded.state, now=work.now))
