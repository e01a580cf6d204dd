# SPDX-License-Identifier: Apache-2.0
"""Checks of quality, returns that were wrong, and confirmations that a record still holds (JS 10.d, 13; CQ 23.a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.registry_events import QualityChecked, ResourceDataConfirmed, ReturnConceded
from domain.resources.state import LIVE, SHAREABLE, require_state

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

DIMENSIONS = "resource.quality_dimensions"


def check(
    state: Resource,
    *,
    dimension: str,
    passed: bool,
    finding: str,
    fields: tuple[str, ...],
    evidence: str,
    edition: Edition,
) -> list[Event]:
    """Record a check of one of the regime's dimensions; what fails says what was found, and where the proof is.

    Raises `resources.wrong_state`, `resources.unknown_quality_dimension`, `resources.finding_required`,
    `resources.evidence_required`.
    """
    require_state(state, "check_quality", *LIVE)
    dimensions, citation = edition.value(DIMENSIONS), edition.citation(DIMENSIONS)
    rules = Rules()
    rules.require(
        dimension in dimensions,
        "resources.unknown_quality_dimension",
        citation=citation,
        field="dimension",
        dimension=dimension,
        known=", ".join(dimensions),
    )
    rules.require(passed or bool(finding), "resources.finding_required", citation=citation, field="finding")
    rules.require(passed or bool(evidence), "resources.evidence_required", citation=citation, field="evidence")
    rules.enforce()
    return [
        QualityChecked(
            dimension=dimension,
            passed=passed,
            finding=finding,
            fields=fields,
            evidence=evidence,
            basis=edition.basis(DIMENSIONS),
        )
    ]


def concede_return(state: Resource, *, reason: str, edition: Edition) -> list[Event]:
    """Say that the last return was the platform's own error; the submission it returned counts after all (A10).

    The state stays as it is: the unit submits again, but is not late for it. Raises `resources.wrong_state`,
    `resources.no_return_to_concede`.
    """
    require_state(state, "concede_return", *LIVE)
    if state.returns == state.conceded_return:
        raise refusal("resources.no_return_to_concede", citation=edition.citation("resource.submission_deadline"))
    basis = edition.basis("resource.submission_deadline")
    return [ReturnConceded(return_count=state.returns, reason=reason, basis=basis)]


def confirm(state: Resource, *, edition: Edition) -> list[Event]:
    """Say that all that is recorded still holds, so that the record is fresh again. Raises `resources.wrong_state`."""
    require_state(state, "confirm_data", *SHAREABLE)
    return [ResourceDataConfirmed(basis=edition.basis("resource.update_latency_max"))]
