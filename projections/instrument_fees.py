# SPDX-License-Identifier: Apache-2.0
"""Fee standards in full among the versions of a resource's fee standard."""

from datetime import date
from typing import Any

from domain.kernel.event import Recorded
from domain.resources.fee_events import FeeStandardPublished
from domain.resources.fee_standard import FeePrice, FeeStandard
from domain.resources.tariff import Tariff
from domain.resources.values import FeeLine
from projections.handlers import amend, known
from projections.instrument_tables import INSTRUMENTS, on
from projections.instrument_terms import outside_price
from projections.readmodel import Rows


@on
def _publish_standard(event: FeeStandardPublished, recorded: Recorded, rows: Rows) -> None:
    """Beside the prices, each with its unit as in a plain fee standard, all that is said about them."""
    earlier = known(rows, INSTRUMENTS, recorded.stream)["tariffs"]
    price_fen, price_per = outside_price(for_everybody(event.standard.lines))
    stated = event.model_dump(mode="json", exclude={"basis", "standard"})
    standard = event.standard.model_dump(mode="json", exclude={"lines"})
    lines = [line.model_dump(mode="json") | {"unit": line.unit} for line in event.standard.lines]
    tariffs = [*earlier, stated | {"lines": lines, "standard": standard}]
    amend(rows, INSTRUMENTS, recorded, tariffs=tariffs, price_fen=price_fen, price_per=price_per)


def for_everybody(lines: tuple[FeePrice, ...]) -> tuple[FeeLine, ...]:
    """The prices of users without a tag as plain ones: of prices by band that without band, else the first."""
    found: dict[object, FeePrice] = {}
    for line in lines:
        place = (line.user_kind, line.slot)
        if line.tag is None and (line.band is None or place not in found):
            found[place] = line
    return tuple(
        FeeLine(user_kind=line.user_kind, kind=line.kind, unit=line.unit, price_fen=line.price_fen)
        for line in found.values()
    )


def tariff_of(version: dict[str, Any]) -> Tariff:
    """A version of a row's `tariffs`, to compute prices by."""
    number, since = version["tariff_version"], date.fromisoformat(version["effective_from"])
    if "standard" not in version:
        lines = tuple(FeeLine.model_validate(line) for line in version["lines"])
        return Tariff(number, since, lines)
    stated = [{name: value for name, value in line.items() if name != "unit"} for line in version["lines"]]
    full = FeeStandard.model_validate({**version["standard"], "lines": stated})
    return Tariff(number, since, full.lines, full)
