# SPDX-License-Identifier: Apache-2.0
"""Which services of whom a programme's vouchers may pay for (JS 22.b, 30; CQ 19.b; A29, A43)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel.errors import Rules
from domain.policy import Edition
from domain.vouchers.programme import VoucherProgramme

HOLDERS = frozenset({"managing_unit", "resource_unit"})
"""What the regimes call those who hold resources."""

INSTITUTIONS = frozenset({"professional_institution", "service_institution"})
"""What the regimes call those who joined the platform to serve."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What was bought from whom by whom. A branch's `head` is the legal person it belongs to (ruling 8.20)."""

    provider: UUID
    provider_head: UUID | None
    provider_is_institution: bool
    customer: UUID | None
    customer_head: UUID | None
    external: bool
    service_mode: str | None

    @property
    def related(self) -> bool:
        """Whether provider and customer are one legal person, or the customer is its own staff (A29)."""
        providers = {self.provider, self.provider_head} - {None}
        customers = {self.customer, self.customer_head} - {None}
        return not self.external or bool(providers & customers)


def note_ineligible(rules: Rules, programme: VoucherProgramme, purchase: Purchase, edition: Edition) -> None:
    """Note `vouchers.related_parties`, `vouchers.provider_not_eligible`, `vouchers.service_not_eligible`."""
    related_allowed = edition.optional("voucher.related_party_allowed") is True
    rules.require(
        related_allowed or not purchase.related,
        "vouchers.related_parties",
        citation=edition.citation("voucher.related_party_allowed"),
    )
    roles = INSTITUTIONS if purchase.provider_is_institution else HOLDERS
    rules.require(
        bool(roles & set(programme.terms.eligible_providers)),
        "vouchers.provider_not_eligible",
        citation=edition.citation("voucher.eligible_providers"),
    )
    rules.require(
        purchase.service_mode in programme.terms.eligible_services,
        "vouchers.service_not_eligible",
        service=purchase.service_mode or "",
    )
