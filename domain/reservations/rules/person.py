# SPDX-License-Identifier: Apache-2.0
"""For whom and for what (JS 4, 14; CQ 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case

UNIT_KINDS = frozenset({"university", "research_institute", "enterprise", "social_rd_organisation"})
"""Kinds of users who come for a unit or organisation, not for themselves."""
OTHER_UNITS = "other_unit"


def purpose(case: Case, rules: Rules) -> None:
    """The purpose is one that open service is for."""
    purposes = case.edition.value("scope.service_purposes")
    rules.require(
        case.wish.purpose in purposes,
        "reservations.purpose_not_served",
        citation=case.edition.citation("scope.service_purposes"),
        field="purpose",
        purpose=case.wish.purpose,
        allowed=", ".join(purposes),
    )


def audience(case: Case, rules: Rules) -> None:
    """A user from outside is of a kind that the regime serves."""
    rules.require(
        not case.asker.external or _is_served(case.asker.user_kind, case.edition.value("scope.audience")),
        "reservations.user_kind_not_served",
        citation=case.edition.citation("scope.audience"),
        field="on_behalf_of",
        user_kind=case.asker.user_kind,
    )


def user_active(case: Case, rules: Rules) -> None:
    """The user still takes part."""
    rules.require(case.asker.active, "reservations.user_not_active", field="on_behalf_of")


def user_belongs(case: Case, rules: Rules) -> None:
    """The user speaks for the organisation on record."""
    rules.require(case.asker.belongs, "reservations.user_of_another_organisation", field="on_behalf_of")


def organisation(case: Case, rules: Rules) -> None:
    """Whoever is no individual has an organisation on record."""
    rules.require(
        case.asker.customer is not None or case.asker.user_kind == "individual",
        "reservations.user_without_organisation",
        field="on_behalf_of",
        user_kind=case.asker.user_kind,
    )


def _is_served(user_kind: str, served: tuple[str, ...]) -> bool:
    """Whether the regime's audience names the kind; one regime says only units beside individuals (JS 14, CQ 4)."""
    return user_kind in served or (user_kind in UNIT_KINDS and OTHER_UNITS in served)
