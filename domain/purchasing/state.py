# SPDX-License-Identifier: Apache-2.0
"""What a purchase review is at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.actor import Role
from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.purchasing.events import Conclusion, Declaration, WarningMatch
    from domain.purchasing.rule import Band, Finding
    from domain.purchasing.values import Purchase

Standing = Literal[
    "requested",
    "not_required",
    "routed",
    "duplicate_checked",
    "under_review",
    "opinion_issued",
    "exception_granted",
    "approved",
    "refused",
    "procured",
    "cancelled",
]


@dataclass(frozen=True, slots=True)
class Mandate:
    """By what a third party reviews this request."""

    institution: UUID
    number: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the reviewer concluded, and when."""

    conclusion: Conclusion
    issued_by: UUID
    issued_on: date
    warnings: tuple[WarningMatch, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """By what a purchase goes without review."""

    document_number: str
    granted_by: UUID


@dataclass(frozen=True, slots=True)
class PurchaseReview:
    """A request as it stands. What a change of band voids is None or empty again."""

    number: str
    unit: UUID
    legal_person: UUID
    requested_on: date
    purchase: Purchase
    finding: Finding
    askers: frozenset[UUID]
    """Everybody who asked for it or set its price: none of them reviews or approves it (A23)."""
    warnings: tuple[WarningMatch, ...]
    mandates: tuple[Mandate, ...] = ()
    state: Standing = "requested"
    reviewer_role: str | None = None
    reviewer: UUID | None = None
    matches: int | None = None
    panel: tuple[Declaration, ...] = ()
    experts: frozenset[UUID] = frozenset()
    opinion: Opinion | None = None
    exemption: Exemption | None = None
    approved_on: date | None = None

    @property
    def band(self) -> Band:
        """The band of its price as last found."""
        return self.finding.band

    @property
    def reviewers(self) -> frozenset[UUID]:
        """The persons who review it."""
        return frozenset(item.person for item in self.panel)

    def mandate_on(self, institution: UUID, day: date) -> Mandate | None:
        """The latest mandate of an institution that is valid on a day."""
        valid = [
            mandate
            for mandate in self.mandates
            if mandate.institution == institution and (mandate.valid_until is None or day <= mandate.valid_until)
        ]
        return valid[-1] if valid else None


def require_state(review: PurchaseReview, step: str, *allowed: Standing) -> None:
    """Refuse a step that the lifecycle does not have from here: `purchasing.wrong_state`."""
    if review.state not in allowed:
        raise refusal(
            "purchasing.wrong_state",
            review_state=review.state,
            review_step=step,
            possible_review_state=", ".join(allowed),
        )


def is_one_of(role: Role, names: tuple[str, ...]) -> bool:
    """Whether the actor's role is named; the system acts for all."""
    return role is Role.SYSTEM or role.value in names
