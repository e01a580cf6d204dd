# SPDX-License-Identifier: Apache-2.0
"""Revise the price of a purchase."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.purchasing.permits import asked, edition_of
from application.work import Work
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.purchasing import pricing
from domain.purchasing.events import Stage
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.values import FundingShare, Price


class RevisePurchasePrice(Command):
    """State another price for each item, or the prices of the contract (A15, A17).

    Across a band, what was routed, opined, excepted and approved is void; the answer says so.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "stage": "contract",
                "prices": [{"currency": "USD", "bare": 28000000, "rate": "7.120000", "rate_on": "2026-03-02"}],
                "funding": [{"source": "provincial_fiscal_funds", "amount_fen": 199360000}],
                "reason": "招标结果",
            }
        }
    )

    review: UUID
    stage: Stage
    prices: Annotated[tuple[Price, ...], Field(min_length=1, max_length=200)]
    set_price_fen: Fen | None = None
    funding: Annotated[tuple[FundingShare, ...], Field(max_length=50)]
    reason: Words


def revise_purchase_price(command: RevisePurchasePrice, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `pricing.revise` raises."""
    found = asked(work, command.review)
    events = pricing.revise(
        found.state,
        stage=command.stage,
        prices=command.prices,
        set_price_fen=command.set_price_fen,
        funding=command.funding,
        reviser=work.actor.user,
        reason=command.reason,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    after = work.load(PURCHASE_REVIEW, found.id).state
    data = {"state": after.state, "band": after.band, "former_band": found.state.band}
    return Result(id=found.id, data={**data, "finding": after.finding.model_dump(mode="json")})
