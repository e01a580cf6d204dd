# SPDX-License-Identifier: Apache-2.0
"""Take samples in under a number and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.samples.apply_for_test import Text
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.samples import intake

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class ReceiveSamples(SampleCommand):
    """Take the samples in. The order gets the next number of its unit and year, each sample a label."""

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID, "count": 4, "condition": "完好"}})

    order_id: UUID
    count: int = Field(ge=1, le=10_000)
    condition: Text = ""


def receive_samples(command: ReceiveSamples, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    unit = work.load(UNIT, loaded.state.applied.unit).state
    series = f"YP-{unit.code}-{local_date(work.now).year}"
    number = document_number(series, work.claims.last_number(series))
    decided = intake.receive(loaded.state, number=number, count=command.count, condition=command.condition)
    result = finish(work, loaded, decided, number=number)
    result.data["labels"] = list(intake.labels(number, command.count))
    return result
