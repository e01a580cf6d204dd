# SPDX-License-Identifier: Apache-2.0
"""Put a version in force, or a document out of force, by a registered decision (JS 5, CQ 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.decision import APPROVAL, require_body, require_standing
from domain.governance.document import require_draft, require_living
from domain.governance.events import DocumentAdopted, DocumentRepealed
from domain.governance.yearly import NONE_YET, PlansOfYear, require_free_year, year_taken
from domain.kernel.errors import Rules, refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.governance.decision import Decision
    from domain.governance.document import Document
    from domain.kernel.event import Event
    from domain.policy import Edition

COUNCIL_DECIDES = "governance.council_decides"
OTHERS = ("council", "council_office", "science_department")
"""Who may decide what no text reserves to the council: itself, its office, and the department the office sits in."""


def adopt(
    state: Document,
    *,
    document_version: int,
    decision_id: UUID,
    decision: Decision,
    effective_from: date,
    edition: Edition,
    plans: PlansOfYear = NONE_YET,
) -> list[Event]:
    """Let the latest draft be in force from a day on; the version before it ends on the day before.

    The committee's opinion is not asked for: it is advisory (JS 6, CQ 9). `plans` are those of an annual plan's year.
    Raises `governance.document_repealed`, `governance.not_a_draft`, `governance.decision_annulled`,
    `governance.decision_of_another_body`, and at once `governance.effective_before_decided`,
    `governance.version_out_of_order`, `governance.year_has_a_plan`.
    """
    require_living(state)
    require_draft(state, document_version)
    _require_authority(state, decision, edition)
    rules = Rules()
    _not_before_decided(rules, decision, effective_from)
    before = state.adopted[-1].effective_from if state.adopted else None
    rules.require(
        before is None or before < effective_from,
        "governance.version_out_of_order",
        field="effective_from",
        last="" if before is None else before.isoformat(),
    )
    require_free_year(rules, state, plans, effective_from, citation=edition.citation(COUNCIL_DECIDES))
    rules.enforce()
    return [
        *year_taken(state, plans),
        DocumentAdopted(
            document_version=document_version,
            decision=decision_id,
            decision_reference=decision.number,
            decided_on=decision.decided_on,
            effective_from=effective_from,
            basis=edition.basis(APPROVAL, COUNCIL_DECIDES),
        ),
    ]


def repeal(
    state: Document,
    *,
    decision_id: UUID,
    decision: Decision,
    effective_from: date,
    successor: UUID | None,
    reason: str,
    edition: Edition,
) -> list[Event]:
    """Let no version be in force from a day on; who may adopt a document may repeal it.

    Raises `governance.document_repealed`, `governance.never_in_force`, `governance.decision_annulled`,
    `governance.decision_of_another_body`, `governance.effective_before_decided`.
    """
    require_living(state)
    if not state.adopted:
        raise refusal("governance.never_in_force")
    _require_authority(state, decision, edition)
    rules = Rules()
    _not_before_decided(rules, decision, effective_from)
    rules.enforce()
    return [
        DocumentRepealed(
            decision=decision_id,
            decision_reference=decision.number,
            decided_on=decision.decided_on,
            effective_from=effective_from,
            successor=successor,
            reason=reason,
            basis=edition.basis(APPROVAL, COUNCIL_DECIDES),
        )
    ]


def _require_authority(state: Document, decision: Decision, edition: Edition) -> None:
    require_standing(decision, edition, field="decision_reference")
    reserved = state.kind in edition.value(COUNCIL_DECIDES) and edition.value(APPROVAL)
    bodies = ("council",) if reserved else OTHERS
    require_body(decision, bodies, edition, COUNCIL_DECIDES, field="decision_reference")


def _not_before_decided(rules: Rules, decision: Decision, effective_from: date) -> None:
    rules.require(
        effective_from >= decision.decided_on,
        "governance.effective_before_decided",
        field="effective_from",
        decided_on=decision.decided_on.isoformat(),
    )
