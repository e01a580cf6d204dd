# SPDX-License-Identifier: Apache-2.0
"""Publish a fee standard in full."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, JsonValue

from application.command import Command, Result
from application.resources.permits import held, provider_of
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.resources import publishing_fees
from domain.resources.fee_standard import FeeStandard

NIGHT: list[JsonValue] = [
    {"name": "night", "weekdays": [1, 2, 3, 4, 5, 6, 7], "start_minute": 0, "end_minute": 480},
    {"name": "night", "weekdays": [1, 2, 3, 4, 5, 6, 7], "start_minute": 1320, "end_minute": 1440},
]


class PublishFeeStandard(Command):
    """Publish the next version of the fee standard with bands, minimums and discounts (JS 15, 21.e; CQ 16.a).

    A price without band holds in all time that no band of its line covers. A rate is what is left to pay: 0.8 takes a
    fifth off. Rates multiply: tag, tier, band.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "effective_from": "2026-03-02",
                "standard": {
                    "lines": [
                        {"user_kind": "enterprise", "kind": "running_cost", "model": "used_time", "price_fen": 28000},
                        {"user_kind": "enterprise", "kind": "material", "model": "start_up", "price_fen": 5000},
                    ],
                    "bands": NIGHT,
                    "band_discounts": [{"band": "night", "rate": "0.5"}],
                    "tag_discounts": [{"tag": "partner", "rate": "0.9"}],
                    "tiers": [
                        {"from_hours": 0, "until_hours": 100, "rate": "1"},
                        {"from_hours": 100, "until_hours": None, "rate": "0.8"},
                    ],
                },
            }
        }
    )

    resource: UUID
    effective_from: date
    standard: FeeStandard


def publish_fee_standard(command: PublishFeeStandard, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `publishing_fees.publish_fee_standard` raises."""
    found = held(work, command.resource)
    events = publishing_fees.publish_fee_standard(
        found.state,
        standard=command.standard,
        effective_from=command.effective_from,
        provider=provider_of(work.load(UNIT, found.state.unit).state),
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"tariff_version": len(found.state.tariffs) + 1})
