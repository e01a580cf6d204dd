# SPDX-License-Identifier: Apache-2.0
"""The terms a resource is offered on: costs, fee standard, opening hours, limits, customs conditions."""

from datetime import date
from typing import Any

from domain.kernel.event import Recorded
from domain.kernel.money import Fen
from domain.resources.custody_events import CustomsSupervisionEnded
from domain.resources.events import (
    CostSheetRecorded,
    CustomsConditionRecorded,
    OpeningLimitPublished,
    OpeningPublished,
    TariffPublished,
)
from domain.resources.values import FeeLine
from projections.handlers import amend, known
from projections.instrument_tables import INSTRUMENTS, on
from projections.readmodel import Rows


@on
def _record_costs(event: CostSheetRecorded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, cost_sheet=event.model_dump(mode="json", exclude={"basis"}))


@on
def _publish_tariff(event: TariffPublished, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, INSTRUMENTS, recorded.stream)["tariffs"]
    price_fen, price_per = outside_price(event.lines)
    tariffs = [*earlier, event.model_dump(mode="json", exclude={"basis"})]
    amend(rows, INSTRUMENTS, recorded, tariffs=tariffs, price_fen=price_fen, price_per=price_per)


@on
def _publish_opening(event: OpeningPublished, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, INSTRUMENTS, recorded.stream)["openings"]
    amend(rows, INSTRUMENTS, recorded, openings=[*earlier, event.model_dump(mode="json", exclude={"basis"})])


@on
def _publish_limit(event: OpeningLimitPublished, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, opening_limit=event.model_dump(mode="json", exclude={"basis"}))


@on
def _record_customs(event: CustomsConditionRecorded, recorded: Recorded, rows: Rows) -> None:
    condition = event.model_dump(mode="json", exclude={"basis"})
    periods = [*_customs_periods(recorded, rows), [condition["valid_from"], condition["valid_until"]]]
    amend(rows, INSTRUMENTS, recorded, customs=condition, customs_periods=periods)


@on
def _release_from_customs(event: CustomsSupervisionEnded, recorded: Recorded, rows: Rows) -> None:
    periods = [*_customs_periods(recorded, rows), [event.ended_on.isoformat(), date.max.isoformat()]]
    amend(rows, INSTRUMENTS, recorded, customs_periods=periods)


def outside_price(lines: tuple[FeeLine, ...]) -> tuple[Fen | None, str | None]:
    """The cheapest price for a kind of user from outside: of one hour, else of one sample, item or use."""
    outside = [line for line in lines if line.user_kind != "internal"]
    for unit in ("hour", "sample", "item", "use"):
        kinds = {line.user_kind for line in outside if line.unit == unit}
        totals = [
            sum(line.price_fen for line in outside if (line.user_kind, line.unit) == (kind, unit)) for kind in kinds
        ]
        if totals:
            return min(totals), unit
    return None, None


def _customs_periods(recorded: Recorded, rows: Rows) -> list[Any]:
    return list(known(rows, INSTRUMENTS, recorded.stream)["customs_periods"])
