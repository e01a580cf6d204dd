# SPDX-License-Identifier: Apache-2.0
"""The quote that docs/fees.md prints line by line is what the fee standard it states comes to."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from api.http.explaining.fee_words import said
from domain.kernel.price_facts import PriceFacts
from domain.resources.explained import Use
from domain.resources.fee_standard import DurationTier, FeeStandard, MinimumCharge, TagDiscount
from domain.resources.tariff import Tariff, explain_quote
from infrastructure.words import load_words
from tests.domain.resources.test_fee_standard import NIGHT, at, price

PAGE = Path(__file__).parents[3] / "docs" / "fees.md"
STEP = re.compile(r"^\| (\d) \| (.+) \| (−?\d+) \|$", re.MULTILINE)


def test_the_quote_of_the_page_is_what_its_fee_standard_comes_to() -> None:
    night = [band.model_copy(update={"start_minute": 1200}) if band.start_minute else band for band in NIGHT]
    full = FeeStandard(
        lines=(
            price(30_000),
            price(20_000, band="night"),
            price(5_000, "start_up", "start_up"),
            price(1_500, "per_item", "consumables", item="grid"),
        ),
        bands=tuple(night),
        minimums=(MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=40_000),),
        tag_discounts=(TagDiscount(tag="partner", rate=Decimal("0.9")),),
        tiers=(
            DurationTier(from_hours=0, until_hours=50, rate=Decimal(1)),
            DurationTier(from_hours=50, rate=Decimal("0.85")),
        ),
    )
    standard = Tariff(version=4, effective_from=date(2026, 1, 1), lines=full.lines, full=full)
    facts = PriceFacts(tags=("partner",), minutes_so_far=52 * 60, items={"grid": 3})
    explained = explain_quote(standard, "enterprise", Use(minutes=100, start=at(19, day=4), facts=facts))
    kinds = load_words().terms["kind"]
    told = [(str(step.line), said(step, "en", kinds)["text"], step.amount_fen) for step in explained.steps]
    printed = [(line, text, int(fen.replace("−", "-"))) for line, text, fen in STEP.findall(PAGE.read_text("utf-8"))]
    assert printed == told
    assert f"**{explained.quote.total_fen}**" in PAGE.read_text("utf-8")
