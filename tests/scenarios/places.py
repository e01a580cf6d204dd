# SPDX-License-Identifier: Apache-2.0
"""What differs between the two regimes in one and the same story: names, kinds, ratios, papers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Place:
    """A jurisdiction with its parties' credit codes, and what its authority decided about vouchers."""

    jurisdiction: str
    university: str
    enterprise: str
    funders: tuple[tuple[str, str], ...]
    """Credit code and kind; they share alike."""
    unit_kind: str
    resource_type: str
    purpose: str
    providers: tuple[str, ...]
    subsidy_ratio: Decimal
    document: dict[str, str]
    income_class: str

    @property
    def voucher_fen(self) -> int:
        """What a voucher bears of a fee of 600.00 yuan."""
        return int(60_000 * self.subsidy_ratio)

    def funded(self, amount_fen: int) -> list[int]:
        """An amount by funder."""
        return [amount_fen // len(self.funders)] * len(self.funders)

    def shares(self) -> list[Any]:
        return [Decimal(1) / len(self.funders)] * len(self.funders)


JIANGSU = Place(
    jurisdiction="jiangsu",
    university="12993200DEMJ00011Y",
    enterprise="91993205DEMJ00142X",
    funders=(("12993200DEMJ0002XN", "province"), ("12993200DEMJ00046H", "prefecture_city")),
    unit_kind="provincial_university",
    resource_type="condition",
    purpose="scientific_research",
    providers=("managing_unit", "professional_institution"),
    subsidy_ratio=Decimal("0.30"),
    document={"kind": "fiscal_e_receipt", "code": "32010126", "number": "0000000001"},
    income_class="non_tax_revenue",
)
CHONGQING = Place(
    jurisdiction="chongqing",
    university="12995001DEMC00015Q",
    enterprise="91995001DEMC00138L",
    funders=(("11995001DEMC00250U", "municipality"),),
    unit_kind="university",
    resource_type="research_facility",
    purpose="technology_rd",
    providers=("resource_unit", "service_institution"),
    subsidy_ratio=Decimal("0.40"),
    document={"kind": "all_digital_invoice", "code": "", "number": "26500000000000000001"},
    income_class="unit_income",
)
PLACES = {place.jurisdiction: place for place in (JIANGSU, CHONGQING)}
