# SPDX-License-Identifier: Apache-2.0
"""Whether the resource may be asked for at all (JS 14, 15, 19.c; CQ 14, 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case

COMMISSIONED = "commissioned_test"


def published(case: Case, rules: Rules) -> None:
    """It is published and neither suspended nor exempt."""
    rules.require(
        case.offer.state == "published",
        "reservations.resource_not_published",
        citation=case.edition.citation("resource.publication_channels"),
        field="resource_id",
        state=case.offer.state,
    )


def bookable(case: Case, rules: Rules) -> None:
    """It is served by reservation; samples sent to a commissioned test are not reserved for."""
    served = case.wish.entered_afterwards and case.wish.service_mode == COMMISSIONED
    rules.require(case.offer.bookable or served, "reservations.resource_not_bookable", field="resource_id")


def provider_takes_part(case: Case, rules: Rules) -> None:
    """A professional institution belongs to the platform on the day of use (JS-19.1)."""
    rules.require(case.offer.provider_takes_part, "reservations.provider_has_left", field="resource_id")


def customs_condition(case: Case, rules: Rules) -> None:
    """A duty-free import has a customs condition valid on the days of use (CQ-18.1)."""
    rules.require(
        case.offer.customs_valid,
        "reservations.customs_condition_not_valid",
        citation=case.edition.citation("resource.duty_free_needs_customs_condition"),
        field="span",
    )
