# SPDX-License-Identifier: Apache-2.0
"""What may not be shared: an exemption is claimed by the unit and confirmed by its competent department (A09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.events import ExemptionClaimed, ExemptionConfirmed, ExemptionEnded, ExemptionRefused
from domain.resources.state import SHAREABLE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource


def claim(state: Resource, *, ground: str, reason: str, review_on: date, edition: Edition, today: date) -> list[Event]:
    """Claim one of the regime's grounds; the resource is hidden at once (JS 9.b, CQ 5.a; JS-9.2, CQ-5.1).

    Raises `resources.wrong_state`, `resources.unknown_exemption_ground`, `resources.review_not_ahead`.
    """
    require_state(state, "claim_exemption", *SHAREABLE)
    grounds = edition.value("scope.exemption_grounds")
    rules = Rules()
    rules.require(
        ground in grounds,
        "resources.unknown_exemption_ground",
        citation=edition.citation("scope.exemption_grounds"),
        field="ground",
        ground=ground,
        known=", ".join(grounds),
    )
    rules.require(review_on > today, "resources.review_not_ahead", field="review_on")
    rules.enforce()
    return [
        ExemptionClaimed(
            ground=ground, reason=reason, review_on=review_on, basis=edition.basis("scope.exemption_grounds")
        )
    ]


def confirm(state: Resource, *, review_on: date, edition: Edition, today: date) -> list[Event]:
    """Let the exemption hold until its review. Raises `resources.wrong_state`, `resources.review_not_ahead`."""
    require_state(state, "confirm_exemption", "exempt_claimed")
    if review_on <= today:
        raise refusal("resources.review_not_ahead", field="review_on")
    return [ExemptionConfirmed(review_on=review_on, basis=edition.basis("scope.exemption_decider"))]


def refuse(state: Resource, *, reason: str, edition: Edition) -> list[Event]:
    """Say that the ground does not hold; the resource is in the gap list again. Raises `resources.wrong_state`."""
    require_state(state, "refuse_exemption", "exempt_claimed")
    return [ExemptionRefused(reason=reason, basis=edition.basis("scope.exemption_decider"))]


def end(state: Resource, *, reason: str, edition: Edition) -> list[Event]:
    """Say that the ground has lapsed (JS 9.a, CQ 5.a). Raises `resources.wrong_state`."""
    require_state(state, "end_exemption", "exempt")
    return [ExemptionEnded(reason=reason, basis=edition.basis("scope.exemption_decider"))]
