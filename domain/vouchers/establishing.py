# SPDX-License-Identifier: Apache-2.0
"""What an authority must decide before a programme can grant anything (JS 22, CQ 19; A40-A44)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.policy import Edition
from domain.vouchers.agreeing import decided_for_all, note_contradictions
from domain.vouchers.events import ProgrammeBudgetRaised, VoucherProgrammeClosed, VoucherProgrammeEstablished
from domain.vouchers.granting import ANY_USER
from domain.vouchers.programme import VoucherProgramme
from domain.vouchers.values import Programme

OWN_AUTHORITIES = ("province", "municipality")
"""The grantor's own level, which funds first; the lists of co-funders name only those that join it."""


def establish(
    *,
    number: str,
    title_zh: str,
    title_en: str,
    decision_reference: str,
    decided_by: str,
    decided_on: date,
    terms: Programme,
    edition: Edition,
) -> list[Event]:
    """Open a programme with everything decided and nothing assumed.

    Raises, all at once: `vouchers.ratio_unset`, `vouchers.coverage_unset`, `vouchers.validity_undecided`,
    `vouchers.ratio_is_the_whole_fee`, `vouchers.shares_do_not_sum_to_one`, `vouchers.funder_kind_not_allowed`,
    `vouchers.funder_repeated`, `vouchers.eligibility_unset`, `vouchers.beneficiary_kind_not_allowed`,
    `vouchers.provider_kind_not_allowed`, `vouchers.payee_not_allowed`, `vouchers.mode_contradicts_payee`,
    `vouchers.contradicts_decision`, `vouchers.closes_before_it_opens`.
    """
    rules = Rules()
    _money(rules, terms, edition)
    _funders(rules, terms, edition)
    _parties(rules, terms, edition)
    note_contradictions(rules, terms, edition)
    rules.require(terms.opens_on <= terms.closes_on, "vouchers.closes_before_it_opens", field="programme.closes_on")
    rules.enforce()
    return [
        VoucherProgrammeEstablished(
            number=number,
            title_zh=title_zh,
            title_en=title_en,
            year=terms.opens_on.year,
            decision_reference=decision_reference,
            decided_by=decided_by,
            decided_on=decided_on,
            programme=terms,
            basis=edition.basis(
                "voucher.grantor",
                "voucher.co_funder_kinds",
                "voucher.subsidy_ratio",
                "voucher.payee",
                "voucher.use_mode",
                *decided_for_all(edition),
            ),
        )
    ]


def _money(rules: Rules, terms: Programme, edition: Edition) -> None:
    ratio = edition.citation("voucher.subsidy_ratio")
    rules.require(terms.subsidy_ratio > 0, "vouchers.ratio_unset", citation=ratio, field="programme.subsidy_ratio")
    rules.require(terms.max_coverage_of_fee > 0, "vouchers.coverage_unset", field="programme.max_coverage_of_fee")
    # None is a decision too, but it must have been taken (A42).
    rules.require(
        "validity_days" in terms.model_fields_set, "vouchers.validity_undecided", field="programme.validity_days"
    )
    # "A certain ratio" of a subsidy is part of a fee; a deduction (抵扣) may reach the whole of it (A40).
    whole_allowed = edition.optional("voucher.use_mode") is not None
    rules.require(
        terms.subsidy_ratio < 1 or whole_allowed,
        "vouchers.ratio_is_the_whole_fee",
        citation=ratio,
        field="programme.subsidy_ratio",
    )


def _funders(rules: Rules, terms: Programme, edition: Edition) -> None:
    whole = sum((funder.share for funder in terms.funders), Decimal(0))
    rules.require(
        whole == 1, "vouchers.shares_do_not_sum_to_one", field="programme.funders", sum=f"{whole.normalize():f}"
    )
    known = {funder.legal_person for funder in terms.funders}
    rules.require(len(known) == len(terms.funders), "vouchers.funder_repeated", field="programme.funders")
    listed = edition.optional("voucher.co_funder_kinds")
    cited = edition.citation("voucher.co_funder_kinds")
    for place, funder in enumerate(terms.funders):
        own = place == 0 and funder.kind in OWN_AUTHORITIES
        allowed = own or listed is None or funder.kind in listed
        rules.require(
            allowed, "vouchers.funder_kind_not_allowed", citation=cited, field="programme.funders", kind=funder.kind
        )


def _parties(rules: Rules, terms: Programme, edition: Edition) -> None:
    chosen = bool(terms.beneficiary_kinds and terms.eligible_services and terms.eligible_providers)
    rules.require(chosen, "vouchers.eligibility_unset", citation=edition.citation("voucher.beneficiary_kinds"))
    admitted = edition.value("voucher.beneficiary_kinds")
    cited = edition.citation("voucher.beneficiary_kinds")
    for kind in terms.beneficiary_kinds:
        # Where the regime speaks of eligible users in general, the programme says which.
        allowed = kind in admitted or ANY_USER in admitted
        rules.require(allowed, "vouchers.beneficiary_kind_not_allowed", citation=cited, kind=kind)
    providers = edition.value("voucher.eligible_providers")
    cited = edition.citation("voucher.eligible_providers")
    for kind in terms.eligible_providers:
        rules.require(kind in providers, "vouchers.provider_kind_not_allowed", citation=cited, kind=kind)
    payee = edition.optional("voucher.payee")
    cited = edition.citation("voucher.payee")
    rules.require(payee in (None, terms.payee), "vouchers.payee_not_allowed", citation=cited, field="programme.payee")
    agrees = (terms.settlement_mode == "deduction") == (terms.payee == "provider")
    rules.require(agrees, "vouchers.mode_contradicts_payee", field="programme.settlement_mode")


def raise_budget(programme: VoucherProgramme, *, funder: UUID, amount_fen: int, decision_reference: str) -> list[Event]:
    """A co-funder adds to its budget. Raises `vouchers.not_a_funder`, `vouchers.nothing_added`."""
    programme.funder(funder)
    if amount_fen <= 0:
        raise refusal("vouchers.nothing_added", field="amount_fen")
    return [ProgrammeBudgetRaised(funder=funder, amount_fen=amount_fen, decision_reference=decision_reference)]


def close(programme: VoucherProgramme, *, reason: str) -> list[Event]:
    """No more applications. Raises `vouchers.programme_closed` for a second time."""
    if programme.closed:
        raise refusal("vouchers.programme_closed", number=programme.number)
    return [VoucherProgrammeClosed(reason=reason)]
