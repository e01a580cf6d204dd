# SPDX-License-Identifier: Apache-2.0
"""The funded project that formed a resource: its acceptance is the limit of the submission (JS 11.b, A10, A79)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.registry_events import ProjectAccepted, ProjectLinked
from domain.resources.state import LIVE, require_state

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

DEADLINE = "resource.submission_deadline"
BEFORE_ACCEPTANCE = "before_project_acceptance"


def link(
    state: Resource,
    *,
    project_number: str,
    project_title: str,
    planned_acceptance_at: datetime,
    edition: Edition,
    by_reference: bool = False,
) -> list[Event]:
    """Name the project and the planned moment of its acceptance; said again, it corrects both.

    A unit that applies the regime `by_reference` is shown its duty and not held to it (JS 32; JS-32.1).
    Raises `resources.wrong_state`, `resources.project_already_accepted`.
    """
    require_state(state, "link_project", *LIVE)
    _require_not_accepted(state, edition)
    tied = edition.optional(DEADLINE) == BEFORE_ACCEPTANCE
    return [
        ProjectLinked(
            project_number=project_number,
            project_title=project_title,
            planned_acceptance_at=planned_acceptance_at,
            binding=tied and not by_reference,
            advisory=tied and by_reference,
            basis=edition.basis(DEADLINE, "scope.by_reference_kinds"),
        )
    ]


def accept(state: Resource, *, accepted_at: datetime, document: str, now: datetime, edition: Edition) -> list[Event]:
    """Record that the project was accepted, when, and by which document.

    Raises `resources.wrong_state`, `resources.no_project`, `resources.project_already_accepted`,
    `resources.acceptance_ahead`.
    """
    require_state(state, "accept_project", *LIVE)
    citation = edition.citation(DEADLINE)
    if state.project is None:
        raise refusal("resources.no_project", citation=citation)
    _require_not_accepted(state, edition)
    rules = Rules()
    rules.require(accepted_at <= now, "resources.acceptance_ahead", citation=citation, field="accepted_at")
    rules.enforce()
    return [
        ProjectAccepted(
            project_number=state.project.number,
            accepted_at=accepted_at,
            document=document,
            basis=edition.basis(DEADLINE),
        )
    ]


def _require_not_accepted(state: Resource, edition: Edition) -> None:
    if state.project is not None and state.project.accepted_at is not None:
        raise refusal(
            "resources.project_already_accepted", citation=edition.citation(DEADLINE), number=state.project.number
        )
