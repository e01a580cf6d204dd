# SPDX-License-Identifier: Apache-2.0
"""From application to voucher: who is admitted, checked, granted how much, and who carries it (lifecycle 6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.policy import Edition
from domain.vouchers.accounts import commitment
from domain.vouchers.events import (
    VoucherApplicationRejected,
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherGranted,
)
from domain.vouchers.grant import Grant, require_state
from domain.vouchers.programme import VoucherProgramme

Purpose = Literal["new_technology", "new_product", "new_process"]
TECH_SME = "tech_sme"
SME_RULE = "voucher.sme_evidence_rule"
"""How the proof of a technology SME bridges its yearly lapse; the authority decides it (ruling 8.22)."""
ANY_USER = "eligible_user"


def admits(programme: VoucherProgramme, kind: str) -> bool:
    """Whether a programme is for this kind of party. Being a technology SME is proven by evidence later (A45)."""
    kinds = programme.terms.beneficiary_kinds
    return kind in kinds or ANY_USER in kinds or (TECH_SME in kinds and kind == "enterprise")


def needs_sme_evidence(programme: VoucherProgramme, kind: str) -> bool:
    """Whether only the evidence of a technology SME opens the programme to this kind of party."""
    kinds = programme.terms.beneficiary_kinds
    return TECH_SME in kinds and kind not in kinds and ANY_USER not in kinds


def apply(  # noqa: PLR0913 - the particulars of an application
    programme: VoucherProgramme,
    programme_id: UUID,
    *,
    number: str,
    beneficiary: UUID,
    beneficiary_kind: str,
    applicant: UUID,
    requested_fen: int,
    purpose: Purpose,
    today: date,
    edition: Edition,
) -> list[Event]:
    """A party asks for a voucher (JS 22.b, CQ 19.a).

    What exceeds a whole year's cap could never be granted, and is refused at once.
    Raises `vouchers.programme_not_open`, `vouchers.beneficiary_not_admitted`, `vouchers.nothing_requested`,
    `vouchers.annual_cap_exceeded`.
    """
    rules = Rules()
    rules.require(programme.takes_applications_on(today), "vouchers.programme_not_open", day=today.isoformat())
    rules.require(
        admits(programme, beneficiary_kind),
        "vouchers.beneficiary_not_admitted",
        citation=edition.citation("voucher.beneficiary_kinds"),
        kind=beneficiary_kind,
    )
    rules.require(requested_fen > 0, "vouchers.nothing_requested", field="requested_fen")
    cap = programme.terms.annual_cap_fen
    within = cap is None or requested_fen <= cap
    rules.require(within, "vouchers.annual_cap_exceeded", field="requested_fen", left_fen=cap or 0)
    rules.enforce()
    return [
        VoucherApplied(
            programme=programme_id,
            number=number,
            year=today.year,
            beneficiary=beneficiary,
            beneficiary_is_person=beneficiary_kind == "individual",
            applicant=applicant,
            requested_fen=requested_fen,
            purpose=purpose,
            basis=edition.basis("voucher.beneficiary_kinds"),
        )
    ]


def check(
    grant: Grant,
    *,
    checker: UUID,
    evidence_number: str | None,
    evidence_valid_until: date | None,
    sme: bool = False,
    today: date,
    edition: Edition,
) -> list[Event]:
    """A person finds the evidence valid today (JS-22.2, CQ-19.1).

    `sme`: the evidence is that of a technology SME, for which the authority has to decide the rule of proof first.
    Raises `policy.decision_missing`, `vouchers.no_valid_evidence`, `vouchers.checker_is_applicant`.
    """
    require_state(grant, "check", "applied")
    rules = Rules()
    undecided = sme and edition.optional(SME_RULE) is None
    rules.require(not undecided, "policy.decision_missing", citation=edition.citation(SME_RULE), parameter=SME_RULE)
    cited = edition.citation("voucher.beneficiary_kinds")
    valid = evidence_number is not None and (evidence_valid_until is None or today <= evidence_valid_until)
    rules.require(valid, "vouchers.no_valid_evidence", citation=cited)
    rules.require(checker != grant.applicant, "vouchers.checker_is_applicant")
    rules.enforce()
    return [
        VoucherEligibilityChecked(
            checker=checker,
            evidence_number=evidence_number or "",
            evidence_valid_until=evidence_valid_until,
            basis=edition.basis("voucher.beneficiary_kinds", *([SME_RULE] if sme else [])),
        )
    ]


def reject(grant: Grant, *, role: Role, reason: str) -> list[Event]:
    """No voucher: said by the centre before the check, by a grantor after it (6.6).

    Raises `vouchers.not_for_this_role`.
    """
    require_state(grant, "reject", "applied", "checked")
    if (role is Role.SERVICE_CENTRE) != (grant.state == "applied"):
        raise refusal("vouchers.not_for_this_role", role=role.value, state=grant.state)
    return [VoucherApplicationRejected(reason=reason)]


def grant_voucher(  # noqa: PLR0913 - the facts of a grant
    grant: Grant,
    grant_id: UUID,
    programme: VoucherProgramme,
    *,
    amount_fen: int,
    grantor: UUID,
    grantor_role: Role,
    decision_reference: str,
    evidence_valid: bool,
    budget_left: Mapping[UUID, int],
    cap_left_fen: int | None,
    today: date,
    edition: Edition,
) -> list[Event]:
    """Issue a voucher, carried by the co-funders by their shares (JS 22.a, CQ 19.a, A44).

    `budget_left` and `cap_left_fen` say early and clearly what the claims enforce at commit.
    Raises `vouchers.not_a_grantor`, `vouchers.checker_is_grantor`, `vouchers.no_valid_evidence`,
    `vouchers.nothing_granted`, `vouchers.more_than_requested`, `vouchers.annual_cap_exceeded`,
    `vouchers.budget_exhausted`.
    """
    require_state(grant, "grant", "checked")
    rules = Rules()
    may_grant = edition.citation("voucher.grantor")
    rules.require(grantor_role in edition.value("voucher.grantor"), "vouchers.not_a_grantor", citation=may_grant)
    rules.require(grantor != grant.checker, "vouchers.checker_is_grantor")
    kinds = edition.citation("voucher.beneficiary_kinds")
    rules.require(evidence_valid, "vouchers.no_valid_evidence", citation=kinds)
    rules.require(amount_fen > 0, "vouchers.nothing_granted", field="amount_fen")
    rules.require(
        amount_fen <= grant.requested_fen,
        "vouchers.more_than_requested",
        field="amount_fen",
        requested_fen=grant.requested_fen,
    )
    funding = programme.split(amount_fen)
    cap = programme.terms.annual_cap_fen
    room = cap if cap_left_fen is None else cap_left_fen
    rules.require(
        room is None or amount_fen <= room, "vouchers.annual_cap_exceeded", field="amount_fen", left_fen=room or 0
    )
    for part in funding:
        left = budget_left.get(part.funder, 0)
        rules.require(part.amount_fen <= left, "vouchers.budget_exhausted", funder=str(part.funder), left_fen=left)
    rules.enforce()
    return [
        VoucherGranted(
            programme=grant.programme,
            beneficiary=grant.beneficiary,
            year=today.year,
            amount_fen=amount_fen,
            funding=funding,
            annual_cap_fen=cap,
            valid_until=_last_day(programme, today),
            grantor=grantor,
            decision_reference=decision_reference,
            granted_on=today,
            entries=commitment(grant.programme, grant_id, funding),
            basis=edition.basis("voucher.grantor", "voucher.subsidy_ratio", "voucher.funding_split"),
        )
    ]


def _last_day(programme: VoucherProgramme, today: date) -> date:
    days = programme.terms.validity_days
    return programme.terms.closes_on if days is None else today + timedelta(days=days)
