# SPDX-License-Identifier: Apache-2.0
"""Values of voucher programmes and claims."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.money import Fen, Ratio

FunderKind = Literal[
    "province",
    "prefecture_city",
    "county",
    "county_level_city",
    "provincial_or_higher_high_tech_zone",
    "municipality",
    "district",
    "municipal_high_tech_zone",
]
"""Every kind of authority there is; which of them may co-fund is the regime's to say (`voucher.co_funder_kinds`)."""


class Value(BaseModel):
    """Base of values: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Funder(Value):
    """A co-funder with its share and its budget of the programme (JS 22.a, A44). Shares sum to exactly 1."""

    legal_person: UUID
    kind: FunderKind
    share: Ratio
    budget_fen: Fen


class FundingPart(Value):
    """A part of an amount that one funder carries."""

    funder: UUID
    amount_fen: Fen


class Programme(Value):
    """What the authority decided about a programme. None where it decided "none" (A42); nothing here is a default."""

    subsidy_ratio: Ratio
    max_coverage_of_fee: Ratio
    annual_cap_fen: Fen | None
    validity_days: int | None = Field(default=None, gt=0)
    redemption_deadline_days: int | None = Field(default=None, gt=0)
    payee: Literal["provider", "beneficiary"]
    settlement_mode: Literal["deduction", "subsidy"]
    funders: tuple[Funder, ...]
    beneficiary_kinds: tuple[str, ...]
    eligible_services: tuple[str, ...]
    eligible_providers: tuple[str, ...]
    opens_on: date
    closes_on: date


class Invoice(Value):
    """A tax document that a claim rests on: unique by issuer, code and number (A43)."""

    issuer: str
    code: str
    number: str
    amount_fen: Fen
    issued_on: date


class Document(Value):
    """A file of a claim, known by its hash."""

    kind: Literal["contract", "invoice", "payment_proof", "result", "use_record", "other"]
    number: str
    digest: str


class Finding(Value):
    """One answer of the redemption check: what was compared, and whether it agrees."""

    rule: str
    holds: bool
    detail: str = ""


class BudgetLine(Value):
    """Budget classification of a payout (ruling 8.13)."""

    functional_code: str
    economic_code: str
    project_code: str
    document_number: str
