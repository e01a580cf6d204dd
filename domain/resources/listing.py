# SPDX-License-Identifier: Apache-2.0
"""The reasoned exception from the listing period (CQ 12.b 「原则上」, A21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.assessment import DAYS
from domain.resources.registry_events import ListingExceptionGranted
from domain.resources.state import LIVE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource


def grant_exception(
    state: Resource, *, reason: str, document: str, decided_on: date, today: date, edition: Edition
) -> list[Event]:
    """Excuse a late listing; the flag goes, the record and its dates stay (CQ-12.2).

    Raises `resources.wrong_state`, `resources.no_listing_duty` and, all at once, `resources.exception_without_reason`,
    `resources.exception_without_document`, `resources.exception_decided_ahead`, `resources.already_excused`.
    """
    require_state(state, "grant_listing_exception", *LIVE)
    citation = edition.citation(DAYS)
    if state.assessment is None or state.assessment.listing_due_on is None or not state.assessment.listing_binding:
        raise refusal("resources.no_listing_duty", citation=citation)
    rules = Rules()
    rules.require(not state.listing_excused, "resources.already_excused", citation=citation)
    rules.require(bool(reason.strip()), "resources.exception_without_reason", citation=citation, field="reason")
    rules.require(bool(document.strip()), "resources.exception_without_document", citation=citation, field="document")
    rules.require(decided_on <= today, "resources.exception_decided_ahead", citation=citation, field="decided_on")
    rules.enforce()
    return [
        ListingExceptionGranted(
            reason=reason.strip(), document=document.strip(), decided_on=decided_on, basis=edition.basis(DAYS)
        )
    ]
