# SPDX-License-Identifier: Apache-2.0
"""Publish a fee standard."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.permits import held, provider_of
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.resources import pricing
from domain.resources.values import FeeLine


class PublishTariff(Command):
    """Publish the next version of the fee standard, in force from a day on (JS 15, 21.e; CQ 16.a). Prices in fen."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "effective_from": "2026-03-01",
                "lines": [{"user_kind": "enterprise", "kind": "running_cost", "unit": "hour", "price_fen": 28000}],
            }
        }
    )

    resource: UUID
    effective_from: date
    lines: tuple[FeeLine, ...]


def publish_tariff(command: PublishTariff, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `pricing.publish_tariff` raises."""
    found = held(work, command.resource)
    events = pricing.publish_tariff(
        found.state,
        lines=command.lines,
        effective_from=command.effective_from,
        provider=provider_of(work.load(UNIT, found.state.unit).state),
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
