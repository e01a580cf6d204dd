# SPDX-License-Identifier: Apache-2.0
"""The review itself: independent persons, experts' advice, and an opinion in its mandatory parts (JS 12.e, CQ 22.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.purchasing.checking import require_checked
from domain.purchasing.events import Declaration, ExpertOpinionAttached, ReviewOpinionIssued, ReviewStarted
from domain.purchasing.rule import REVIEWERS_OF
from domain.purchasing.state import is_one_of, require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.actor import Role
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.events import Conclusion, WarningMatch
    from domain.purchasing.state import PurchaseReview


@dataclass(frozen=True, slots=True)
class Form:
    """An opinion as it is handed in. `parts` holds a text for each of the contents; more than those is welcome."""

    parts: dict[str, str]
    conclusion: Conclusion
    conditions: str = ""
    remarks: str = ""


def start(
    review: PurchaseReview, *, role: Role, starter: UUID, panel: tuple[Declaration, ...], edition: Edition
) -> list[Event]:
    """Begin, with what each reviewing person declares of his interests (A23).

    Raises `purchasing.duplicate_check_missing`, `purchasing.wrong_state`, `purchasing.not_the_reviewer`,
    `purchasing.not_on_the_panel`, `purchasing.person_twice`, `purchasing.reviewer_is_asker`,
    `purchasing.conflict_of_interest`.
    """
    require_checked(review, edition)
    require_state(review, "start_review", "routed", "duplicate_checked")
    require_reviewer(review, role)
    persons = [item.person for item in panel]
    rules = Rules()
    rules.require(starter in persons, "purchasing.not_on_the_panel", field="panel")
    rules.require(len(set(persons)) == len(persons), "purchasing.person_twice", field="panel")
    rules.require(
        review.askers.isdisjoint(persons),
        "purchasing.reviewer_is_asker",
        citation=edition.citation(REVIEWERS_OF[review.band]),
        field="panel",
    )
    rules.require(
        not any(item.conflict for item in panel),
        "purchasing.conflict_of_interest",
        citation=edition.citation(REVIEWERS_OF[review.band]),
        field="panel",
        organiser=edition.value("review.organiser"),
    )
    rules.enforce()
    return [ReviewStarted(panel=panel, basis=edition.basis("review.duplicate_check_required", "review.organiser"))]


def advise(
    review: PurchaseReview, declaration: Declaration, *, advice: Conclusion, text: str, document_digest: str | None
) -> list[Event]:
    """Attach an expert's advice (CQ 9).

    Raises `purchasing.wrong_state`, `purchasing.reviewer_is_asker`, `purchasing.expert_is_reviewer`,
    `purchasing.expert_advised`, `purchasing.expert_in_conflict`.
    """
    require_state(review, "attach_expert_opinion", "under_review")
    expert = declaration.person
    rules = Rules()
    rules.require(expert not in review.askers, "purchasing.reviewer_is_asker")
    rules.require(expert not in review.reviewers, "purchasing.expert_is_reviewer")
    rules.require(expert not in review.experts, "purchasing.expert_advised")
    rules.require(not declaration.conflict, "purchasing.expert_in_conflict", field="conflict")
    rules.enforce()
    return [ExpertOpinionAttached(expert=expert, advice=advice, text=text, document_digest=document_digest)]


def issue_opinion(
    review: PurchaseReview,
    form: Form,
    *,
    role: Role,
    issuer: UUID,
    warnings: tuple[WarningMatch, ...],
    edition: Edition,
    today: date,
) -> list[Event]:
    """Conclude, with a text for each mandatory part (JS-12.4, CQ-22.4).

    What the warning catalogue says is shown and stays on the opinion; it refuses nothing.
    Raises `purchasing.duplicate_check_missing`, `purchasing.wrong_state`, `purchasing.not_the_reviewer`,
    `purchasing.not_on_the_panel`, `purchasing.opinion_part_missing`, `purchasing.conditions_missing`.
    """
    require_checked(review, edition)
    require_state(review, "issue_opinion", "under_review")
    require_reviewer(review, role)
    rules = Rules()
    rules.require(issuer in review.reviewers, "purchasing.not_on_the_panel")
    for part in edition.value("review.opinion_contents"):
        rules.require(
            bool(form.parts.get(part, "").strip()),
            "purchasing.opinion_part_missing",
            citation=edition.citation("review.opinion_contents"),
            field=f"parts.{part}",
            part=part,
        )
    stated = form.conclusion != "conditional" or bool(form.conditions.strip())
    rules.require(stated, "purchasing.conditions_missing", field="conditions")
    rules.enforce()
    kept = dict.fromkeys((*review.warnings, *warnings))
    return [
        ReviewOpinionIssued(
            parts=form.parts,
            conclusion=form.conclusion,
            conditions=form.conditions,
            remarks=form.remarks,
            issued_by=issuer,
            issued_on=today,
            warnings=tuple(kept),
            matches_shown=review.matches or 0,
            basis=edition.basis("review.opinion_contents", "review.warning_catalogue"),
        )
    ]


def require_reviewer(review: PurchaseReview, role: Role) -> None:
    """Refuse whoever was not given the review: `purchasing.not_the_reviewer`."""
    reviewer_role = review.reviewer_role or ""
    if not is_one_of(role, (reviewer_role,)):
        raise refusal("purchasing.not_the_reviewer", role=role.value, reviewer_role=reviewer_role)
