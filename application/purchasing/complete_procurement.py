# SPDX-License-Identifier: Apache-2.0
"""Record a completed procurement."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.purchasing.permits import asked, edition_of
from application.succession import living
from application.work import Work
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.purchasing import procuring
from domain.purchasing.events import Asset
from domain.purchasing.values import Price


class CompleteProcurement(Command):
    """Record what was bought, at which prices, under which asset numbers, and when it was accepted (CQ 12.b, 22.d).

    `item` is the place of the item in the request, from 0. The resource is registered under the same asset number.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "contract_number": "CG-2026-031",
                "prices": [{"bare": 180000000, "tax_and_duty": 18000000, "accessories": 1999999}],
                "assets": [{"item": 0, "asset_number": "JS-U01-20260044"}],
                "accepted_on": "2026-03-02",
            }
        }
    )

    review: UUID
    contract_number: Code
    prices: Annotated[tuple[Price, ...], Field(min_length=1, max_length=200)]
    set_price_fen: Fen | None = None
    assets: Annotated[tuple[Asset, ...], Field(min_length=1, max_length=10_000)]
    accepted_on: date


def complete_procurement(command: CompleteProcurement, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `KeyTaken` (asset number), and what `procuring.complete` raises."""
    found = asked(work, command.review)
    events = procuring.complete(
        found.state,
        contract_number=command.contract_number,
        prices=command.prices,
        set_price_fen=command.set_price_fen,
        assets=command.assets,
        accepted_on=command.accepted_on,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
        buyer=living(work, found.state.unit),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
