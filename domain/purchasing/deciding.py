# SPDX-License-Identifier: Apache-2.0
"""What an authority decides on the basis of the opinion, or in its stead (JS 12.f, 12.g; CQ 22.c, 22.d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.purchasing.events import PurchaseApproved, PurchaseRefused, ReviewExceptionGranted
from domain.purchasing.state import is_one_of, require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.actor import Role
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.state import PurchaseReview


def grant_exception(
    review: PurchaseReview,
    *,
    role: Role,
    grantor: UUID,
    reason: str,
    document_number: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Let a purchase go without review: 「原则上」 leaves room for a reasoned exception (JS-12.5, CQ-22.5, A21).

    Raises `purchasing.wrong_state`, `purchasing.no_exceptions`, `purchasing.not_the_authority`,
    `purchasing.exception_without_reason`, `purchasing.exception_without_document`, `purchasing.decider_is_asker`.
    """
    require_state(review, "grant_exception", "requested")
    authorities = edition.value("review.exception_authority")
    cited = edition.citation("review.no_review_exception_allowed")
    rules = Rules()
    rules.require(edition.value("review.no_review_exception_allowed"), "purchasing.no_exceptions", citation=cited)
    _require_authority(rules, role, authorities, "review.exception_authority", edition)
    rules.require(bool(reason.strip()), "purchasing.exception_without_reason", citation=cited, field="reason")
    documented = bool(document_number.strip())
    rules.require(documented, "purchasing.exception_without_document", citation=cited, field="document_number")
    rules.require(grantor not in review.askers, "purchasing.decider_is_asker")
    rules.enforce()
    return [
        ReviewExceptionGranted(
            authority=role.value,
            granted_by=grantor,
            reason=reason,
            document_number=document_number,
            granted_on=today,
            basis=edition.basis("review.no_review_exception_allowed", "review.exception_authority"),
        )
    ]


def approve(
    review: PurchaseReview,
    *,
    role: Role,
    approver: UUID,
    decision_reference: str,
    reason: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Let the purchase happen on an opinion, or on an exception (JS-12.5, CQ-22.5, A22).

    Raises `purchasing.not_reviewed`, `purchasing.wrong_state`, `purchasing.opinion_expired`,
    `purchasing.reason_missing`, and what `_require_independent` notes.
    """
    _require_reviewed(review, edition)
    opinion, exemption = review.opinion, review.exemption
    age_days = None if opinion is None else (today - opinion.issued_on).days
    rules = Rules()
    _require_independent(rules, review, role, approver, edition)
    against = opinion is not None and opinion.conclusion == "negative"
    rules.require(not against or bool(reason.strip()), "purchasing.reason_missing", field="reason")
    validity = edition.optional("review.opinion_validity_days")
    rules.require(
        validity is None or age_days is None or age_days <= validity,
        "purchasing.opinion_expired",
        citation=edition.citation("review.opinion_validity_days"),
        age_days=age_days or 0,
        validity_days=validity or 0,
    )
    rules.enforce()
    return [
        PurchaseApproved(
            authority=role.value,
            approved_by=approver,
            approved_on=today,
            decision_reference=decision_reference,
            conclusion=opinion.conclusion if opinion else None,
            reason=reason,
            exception_document=exemption.document_number if exemption else None,
            opinion_age_days=age_days,
            opinion_old=age_days is not None and age_days > edition.value("review.opinion_warning_days"),
            basis=edition.basis(
                "review.approver",
                "review.no_review_effect",
                "review.opinion_validity_days",
                "review.opinion_warning_days",
            ),
        )
    ]


def refuse(
    review: PurchaseReview, *, role: Role, refuser: UUID, decision_reference: str, reason: str, edition: Edition
) -> list[Event]:
    """Do not let the purchase happen. Raises `purchasing.wrong_state` and what `_require_independent` notes."""
    require_state(review, "refuse_purchase", "opinion_issued")
    rules = Rules()
    _require_independent(rules, review, role, refuser, edition)
    rules.enforce()
    return [
        PurchaseRefused(
            authority=role.value,
            refused_by=refuser,
            decision_reference=decision_reference,
            reason=reason,
            basis=edition.basis("review.approver"),
        )
    ]


def _require_reviewed(review: PurchaseReview, edition: Edition) -> None:
    """Where a review is required, nothing is approved before its opinion, unless an exception was granted."""
    if review.finding.required and review.state in ("requested", "routed", "duplicate_checked", "under_review"):
        raise refusal(
            "purchasing.not_reviewed",
            citation=edition.citation("review.no_review_effect"),
            overridable_by=edition.value("review.exception_authority")[0],
            effects=", ".join(edition.value("review.no_review_effect")),
        )
    require_state(review, "approve_purchase", "opinion_issued", "exception_granted")


def _require_independent(rules: Rules, review: PurchaseReview, role: Role, person: UUID, edition: Edition) -> None:
    """Opinion and decision are two events by two roles and two persons (JS 12.f, CQ 22.c; 6.10).

    Notes `purchasing.not_the_authority`, `purchasing.decider_is_asker`, `purchasing.decider_is_reviewer`,
    `purchasing.decider_granted_exception`.
    """
    _require_authority(rules, role, edition.value("review.approver"), "review.approver", edition)
    rules.require(person not in review.askers, "purchasing.decider_is_asker")
    apart = person not in review.reviewers and role.value != review.reviewer_role
    rules.require(apart, "purchasing.decider_is_reviewer", citation=edition.citation("review.approver"))
    granted = review.exemption is not None and review.exemption.granted_by == person
    rules.require(not granted, "purchasing.decider_granted_exception")


def _require_authority(
    rules: Rules, role: Role, authorities: tuple[str, ...], parameter: str, edition: Edition
) -> None:
    rules.require(
        is_one_of(role, authorities),
        "purchasing.not_the_authority",
        citation=edition.citation(parameter),
        role=role.value,
        may=", ".join(authorities),
    )
